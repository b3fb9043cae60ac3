"""The file: made whole or not at all, held by one program, and refused in one sentence when it cannot be used."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ogp_sensemaker.app import coding
from ogp_sensemaker.app.checking import check
from ogp_sensemaker.errors import ProjectError
from ogp_sensemaker.store import project as store
from ogp_sensemaker.store import segments
from ogp_sensemaker.store.project import Project, create, open_for_reading, open_for_writing


def contents(path: Path) -> bytes:
    return path.read_bytes()


def test_one_file_and_nothing_beside_it(tmp_path: Path) -> None:
    create(tmp_path / "a.ogps", "Ana").close()
    assert [p.name for p in tmp_path.iterdir()] == ["a.ogps"]


def test_a_place_that_is_taken(project: Project) -> None:
    before = contents(project.path)
    with pytest.raises(ProjectError, match="is there already"):
        create(project.path, "Ben")
    assert contents(project.path) == before


def test_a_newer_file_is_refused_untouched(project: Project) -> None:
    project.close()
    with sqlite3.connect(project.path) as connection:
        connection.execute(f"PRAGMA user_version = {store.VERSION + 1}")
    before = contents(project.path)
    for open_ in (open_for_reading, lambda path: open_for_writing(path, "Ana")):
        with pytest.raises(ProjectError, match="newer version of ogp-sensemaker"):
            open_(project.path)
    assert contents(project.path) == before


@pytest.mark.parametrize("data", [b"", b"Dear all, here is the file.\n" * 100, b"PK\x03\x04" + bytes(4000)])
def test_a_file_that_is_no_project(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ogps"
    path.write_bytes(data)
    for open_ in (open_for_reading, lambda path: open_for_writing(path, "Ana")):
        with pytest.raises(ProjectError, match="is not an ogp-sensemaker project"):
            open_(path)
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == ["a.ogps"]


def test_another_database_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "a.ogps"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(ProjectError, match="is not an ogp-sensemaker project"):
        open_for_reading(path)


def test_a_damaged_file(consultation: Project) -> None:
    consultation.close()
    data = bytearray(contents(consultation.path))
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    consultation.path.write_bytes(data)
    for open_ in (open_for_reading, lambda path: open_for_writing(path, "Ana")):
        with pytest.raises(ProjectError, match="is damaged"):
            open_(consultation.path)
    assert contents(consultation.path) == bytes(data)


def test_a_file_with_somebody_elses_code(project: Project) -> None:
    project.close()
    with sqlite3.connect(project.path) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON segment BEGIN DELETE FROM source; END")
    with pytest.raises(ProjectError, match="holds code"):
        open_for_writing(project.path, "Ana")


def test_a_second_program(project: Project) -> None:
    script = (
        "import sys; from pathlib import Path; from ogp_sensemaker.store.project import open_for_writing\n"
        "from ogp_sensemaker.errors import ProjectError\n"
        "try: open_for_writing(Path(sys.argv[1]), 'Ben')\n"
        "except ProjectError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(project.path)], capture_output=True, text=True, check=True)
    assert f"process {os.getpid()}" in done.stdout
    assert "close it there first" in done.stdout
    with open_for_reading(project.path) as reader:  # others may look meanwhile
        assert segments.count(reader) == 0


def test_a_folder_where_nothing_can_be_written() -> None:
    with pytest.raises(ProjectError, match="Nothing can be written in the folder /proc"):
        create(Path("/proc/a.ogps"), "Ana")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="does not exist"):
        create(tmp_path / "no" / "a.ogps", "Ana")
    with pytest.raises(ProjectError, match="There is no project"):
        open_for_reading(tmp_path / "b.ogps")
    with pytest.raises(ProjectError, match="is a folder"):
        open_for_reading(tmp_path)


def test_a_full_disk(consultation: Project) -> None:
    pages = consultation.connection.execute("PRAGMA page_count").fetchone()[0]
    consultation.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match="disk is full"):
        coding.write_memo(consultation, "word " * 100_000, segment_id=1)
    consultation.connection.execute("PRAGMA max_page_count = 0")
    assert consultation.connection.execute("SELECT count(*) FROM memo").fetchone() == (0,)
    assert not any(issue.wrong for issue in check(consultation))
    coding.write_memo(consultation, "It goes on.", segment_id=1)


def test_a_reader_can_never_write(consultation: Project) -> None:
    with open_for_reading(consultation.path) as reader:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM segment")
        with pytest.raises(ProjectError, match="for reading only"):
            coding.code_segments(reader, [1], 1)
