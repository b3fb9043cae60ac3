"""The demonstration: without any network, the same twice, and with everything that it promises."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.models, pytest.mark.slow]

# Every address of another machine is refused in Python; where the system lets us, there is no network at all.
SCRIPT = """
import socket, sys

def refuse(*_, **__):
    raise AssertionError("the demo wanted the network")

real = socket.socket
class Unconnected(real):
    def __init__(self, family=socket.AF_INET, *args, **kwargs):
        if family in (socket.AF_INET, socket.AF_INET6):
            refuse()
        super().__init__(family, *args, **kwargs)

socket.socket = Unconnected
socket.getaddrinfo = socket.create_connection = refuse
from ogp_sensemaker.cli.commands import main
sys.exit(main(["demo", "--into", sys.argv[1]]))
"""


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    if shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], check=False).returncode == 0:
        command = ["unshare", "-rn", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demo made twice, in two processes."""
    made = (tmp_path_factory.mktemp("first") / "demo", tmp_path_factory.mktemp("second") / "demo")
    for folder in made:
        done = demo(folder)
        assert done.returncode == 0, done.stderr[-3000:]
        (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return made


def test_it_makes_what_it_promises_and_says_where(folders: tuple[Path, Path]) -> None:
    names = {"phase2.ogps", "coded.xlsx", "coded.csv", "report.html", "report.docx"}
    assert {p.name for p in folders[0].iterdir()} == {*names, "printed.txt"}
    printed = (folders[0] / "printed.txt").read_text(encoding="utf-8")
    for name in names:
        assert str(folders[0] / name) in printed
    for words in ("Poll:", "Agree: 60 (74%)", "Contested: Develop an escalating series of sanctions", "14 opinions"):
        assert words in printed


def test_the_same_input_gives_the_same_files(folders: tuple[Path, Path]) -> None:
    for name in ("coded.csv", "coded.xlsx", "report.html", "report.docx"):
        first, second = ((folder / name).read_bytes() for folder in folders)
        assert first == second, name
