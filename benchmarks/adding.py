"""What 1 % new segments cost beside the whole: joining clusters and the map, and how fast clusters are read.

    .venv/bin/python benchmarks/adding.py [--size 10000]

The segments and their vectors are made up; importing and embedding them is not measured.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from layout import NEW, made_up

from ogp_sensemaker.app import clustering, ingest, regrouping
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.domain.intake import Intake, NewSegment
from ogp_sensemaker.domain.source import SegmentKind
from ogp_sensemaker.store import clusters, derived, rows, segments
from ogp_sensemaker.store.project import Project, create


def bring(project: Project, vectors: np.ndarray, name: str) -> None:
    known = set(segments.ids(project))
    made = tuple(
        NewSegment(str(n), f"Remark {name} {n} on topic {n % 97}", str(n), SegmentKind.NOTE)
        for n in range(len(vectors))
    )
    ingest.save(project, Intake("notes", name, "Notes", name, "utf-8", segments=made))
    new = [(s, text) for s, text in segments.readings(project) if s not in known]
    with project.writing():
        derived.save_vectors(project, new, vectors, "made up/1")


def timed(what: str, do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    took = time.perf_counter() - began
    print(f"  {what:<44} {took:8.3f} s", flush=True)
    return took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    size = parser.parse_args().size
    chance = np.random.default_rng(0)
    vectors = made_up(size, chance)
    old = int(size * (1 - NEW))
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "p.ogps", "Bench") as project:
        bring(project, vectors[:old], "a")
        print(f"{old:,} segments, then {size - old:,} more")
        whole = [
            timed("grouping all", lambda: list(clustering.run(project))),
            timed("the map of all", lambda: list(clustering.place_missing(project))),
        ]
        bring(project, vectors[old:], "b")
        more = [
            timed("the new ones join", lambda: list(clustering.join_new(project))),
            timed("the new ones on the map", lambda: list(clustering.place_missing(project))),
        ]
        for what, one, all_ in zip(
            ("joining", "the map", "both"), (*more, sum(more)), (*whole, sum(whole)), strict=True
        ):
            print(f"  {what}: {one / all_:.1%} of the whole")
        found = clusters.clusters(project)
        regrouping.merge(project, [found[1].id], found[0].id)
        regrouping.pin(project, found[2].id)
        timed("split a cluster in three", lambda: regrouping.split(project, found[0].id, 3))
        timed("list the clusters", lambda: clusters.clusters(project))
        timed("members of a cluster", lambda: clusters.members(project, found[0].id))
        timed("codes of a cluster", lambda: rows.cluster_codes(project, found[0].id))
        timed("membership of every segment", lambda: clusters.memberships(project))
        timed("ids of a cluster by filter", lambda: segments.ids(project, SegmentFilter(cluster=found[0].id)))
        timed("ids of what is in no cluster", lambda: segments.ids(project, SegmentFilter(unclustered=True)))
        timed("all ids in the order of clusters", lambda: segments.ids(project, sort=Sort.CLUSTER))
        timed("a page of 60 rows", lambda: rows.page(project, list(range(100, 160))))


if __name__ == "__main__":
    main()
