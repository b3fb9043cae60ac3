"""Killed at any moment, the project opens, is sound, and holds every action that had been acknowledged."""

import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from ogp_sensemaker.app import coding, ingest
from ogp_sensemaker.app.checking import check
from ogp_sensemaker.store import derived, journal
from ogp_sensemaker.store.project import create, open_for_reading, open_for_writing
from tests.conftest import intake

MOMENTS = 50


def work(path: Path, acknowledged: int, seed: int) -> None:
    """Import, save vectors and code for ever; writes the id of each action to a pipe once it is done."""
    chance = random.Random(seed)
    with open_for_writing(path, "Ana") as project:
        while True:
            name = f"notes/{chance.random()}.txt"
            ingest.save(project, intake(*(f"Remark {n} of {name}." for n in range(40)), name=name, sha=name))
            _tell(acknowledged, project.connection.execute("SELECT max(id) FROM action").fetchone()[0])
            todo = derived.without_vector(project, "test")
            with project.writing():
                derived.save_vectors(project, todo, np.ones((len(todo), 384), np.float32), "test")
            for _ in range(5):
                segment = chance.randint(1, 40)
                _tell(acknowledged, coding.code_segments(project, [segment], 1 + segment % 2).action_id)
                _tell(acknowledged, coding.write_memo(project, f"Memo {chance.random()}", segment_id=segment).action_id)


def _tell(pipe: int, action_id: int) -> None:
    os.write(pipe, action_id.to_bytes(4, "big"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL, which this system does not have")
def test_killed_at_fifty_random_moments(tmp_path: Path) -> None:
    from ogp_sensemaker.app import codebook
    from ogp_sensemaker.domain.codebook import CodeKind

    path = tmp_path / "killed.ogps"
    with create(path, "Ana") as project:
        codebook.add_code(project, "One", CodeKind.DIRECTION)
        codebook.add_code(project, "Two", CodeKind.DIRECTION)
    chance = random.Random(7)
    lost = 0
    for moment in range(MOMENTS):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            work(path, writer, moment)
        os.close(writer)
        # Every other time only once it has done something, on however slow a machine; else perhaps while opening.
        first = os.read(reader, 4) if moment % 2 else b""
        time.sleep(chance.uniform(0.02, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as told:
            ids = first + told.read()
        acknowledged = [int.from_bytes(ids[n : n + 4], "big") for n in range(0, len(ids) - len(ids) % 4, 4)]
        # A writer opens first: it is what takes back the half-written transaction.
        with open_for_writing(path, "Ana") as project:
            assert [i for i in check(project) if i.wrong] == []
            have = {entry.action_id for entry in journal.history(project)}
            lost += len(set(acknowledged) - have)
    assert lost == 0
    with open_for_reading(path) as project:
        assert len(journal.history(project)) > MOMENTS // 2
