"""Fetching a package: from a server of the test's own, after a yes only, and nothing is left when it fails."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ogp_sensemaker.app import fetching
from ogp_sensemaker.cli.commands import main
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.nlp import packages
from tests.nlp.conftest import pack, trained  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to this very computer only."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == "127.0.0.1", f"the program wanted to connect to {address!r}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


class Server:
    """Answers with what a test puts into `files`; remembers what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.cut = False  # break off in the middle
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def _head(self) -> bytes | None:
                server.asked.append(f"{self.command} {self.path}")
                found = server.files.get(self.path)
                if self.path == "/away.argosmodel":
                    self.send_response(302)
                    self.send_header("Location", "http://example.org/x.argosmodel")
                    self.end_headers()
                    return None
                self.send_response(200 if found is not None else 404)
                self.send_header("Content-Length", str(len(found or b"")))
                self.end_headers()
                return found

            def do_HEAD(self) -> None:
                self._head()

            def do_GET(self) -> None:
                found = self._head()
                if found is not None:
                    self.wfile.write(found[: len(found) // 2] if server.cut and len(found) > 1000 else found)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def offer(self, *entries: tuple[str, str, str, str]) -> str:
        """A list of packages: (from, to, version, path)."""
        found = [
            {"from_code": a, "to_code": b, "package_version": v, "links": ["ipfs://x", f"{self.address}{path}"]}
            for a, b, v, path in entries
        ]
        self.files["/index.json"] = json.dumps(found).encode()
        return f"{self.address}/index.json"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def left_over() -> list[str]:
    return sorted(p.name for p in packages.folder().iterdir()) if packages.folder().is_dir() else []


def test_the_list_is_the_one_that_argostranslate_names() -> None:
    from argostranslate import settings

    assert fetching.list_address() == settings.remote_package_index


def test_the_newest_of_a_list(server: Server) -> None:
    server.files["/b.argosmodel"] = b"x" * 3_000_000
    where = server.offer(
        ("az", "en", "1.0", "/a.argosmodel"), ("az", "en", "1.10", "/b.argosmodel"), ("tr", "en", "9", "/c")
    )
    offer = fetching.find("az", "en", where)
    assert (offer.version, offer.file, offer.size, offer.server) == ("1.10", "b.argosmodel", 3_000_000, "127.0.0.1")
    assert server.asked == ["GET /index.json", "HEAD /b.argosmodel"]
    with pytest.raises(SensemakerError, match=r"no package from “ka” to “en”.*--from"):
        fetching.find("ka", "en", where)


@pytest.mark.parametrize("address", ["http://example.org/x.argosmodel", "file:///etc/passwd", "ftp://127.0.0.1/x", "x"])
def test_only_addresses_that_nobody_can_change_on_the_way(address: str) -> None:
    with pytest.raises(SensemakerError, match="https"):
        fetching.find("az", "en", address)


def test_led_elsewhere(server: Server) -> None:
    with pytest.raises(SensemakerError, match="https"):
        fetching.find("az", "en", f"{server.address}/away.argosmodel")


@pytest.mark.parametrize("body", [b"not json", b"{}", b"[1, 2]"])
def test_a_list_that_is_none(server: Server, body: bytes) -> None:
    server.files["/index.json"] = body
    with pytest.raises(SensemakerError, match=r"no list|no package"):
        fetching.find("az", "en", f"{server.address}/index.json")


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SensemakerError, match="could not be reached"):
        fetching.find("az", "en", f"http://127.0.0.1:{port}/index.json")


def test_what_is_no_package_is_refused_and_nothing_stays(server: Server) -> None:
    server.files["/bad.argosmodel"] = b"words " * 1000
    offer = fetching.find("az", "en", f"{server.address}/bad.argosmodel")
    with pytest.raises(SensemakerError, match="not a zip file"):
        list(fetching.fetch(offer))
    assert left_over() == []


def test_broken_off_half_way(server: Server) -> None:
    server.files["/big.argosmodel"] = b"x" * 500_000
    offer = fetching.find("az", "en", f"{server.address}/big.argosmodel")
    server.cut = True
    with pytest.raises(SensemakerError, match="broke off"):
        list(fetching.fetch(offer))
    assert left_over() == []


def test_gone_since(server: Server) -> None:
    server.files["/big.argosmodel"] = b"x" * 500_000
    offer = fetching.find("az", "en", f"{server.address}/big.argosmodel")
    server.files.clear()
    with pytest.raises(SensemakerError, match="answered 404"):
        list(fetching.fetch(offer))
    assert left_over() == []


def test_stopped_by_the_person(server: Server) -> None:
    server.files["/big.argosmodel"] = b"x" * 5_000_000
    job = fetching.fetch(fetching.find("az", "en", f"{server.address}/big.argosmodel"))
    next(job)
    job.close()
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(10)
    assert left_over() == []


@pytest.mark.models
def test_fetched_checked_installed(
    server: Server,
    trained: Path,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = pack(trained, tmp_path / "translate-az_en-0_1.argosmodel")
    server.files["/translate-az_en-0_1.argosmodel"] = file.read_bytes()
    where = server.offer(
        ("az", "en", "0.1", "/translate-az_en-0_1.argosmodel"), ("tr", "en", "1", "/translate-az_en-0_1.argosmodel")
    )
    assert main(["models", "fetch", "az", "en", "--from", where]) == 1
    said = capsys.readouterr()
    assert "connect to 127.0.0.1" in said.out
    assert "give --yes" in said.err
    assert server.asked == []  # nobody had agreed
    assert main(["models", "fetch", "az", "en", "--from", where, "--yes"]) == 0
    said = capsys.readouterr()
    assert "Found: translate-az_en-0_1.argosmodel 0.1, 0 MB" in said.out
    assert "Installed translate-az_en-0_1 (az → en)" in said.out
    assert left_over() == ["translate-az_en-0_1"]
    # The list promises Turkish, the file is Azerbaijani.
    assert main(["models", "fetch", "tr", "en", "--from", where, "--yes"]) == 1
    assert "translates from “az” to “en”, which is not what was asked for" in capsys.readouterr().err
    assert left_over() == ["translate-az_en-0_1"]


@pytest.mark.models
def test_installed_chosen_and_tried_on_the_command_line(
    trained: Path,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import io
    import sys

    for name in ("first-az_en", "second-az_en"):
        assert main(["models", "install", str(pack(trained, tmp_path / f"{name}.argosmodel"))]) == 0
    said = capsys.readouterr().out
    assert "models use second-az_en" in said
    assert main(["models", "use", "second-az_en"]) == 0
    assert main(["models", "list", "--json"]) == 0
    capsys.readouterr()

    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    typed("Yeni plan.\n")
    assert main(["translate", "--from", "az", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"].startswith("second-az_en")
    typed("Yeni plan.\nKiçik qrant.\n")
    assert main(["models", "try", "az", "en", "--with", "first-az_en", "--with", "second-az_en"]) == 0
    assert capsys.readouterr().out.count("New plan.") == 2
    typed("Yeni plan.\n")
    assert main(["models", "try", "az", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert {a["model"] for a in row["translations"]} == {"first-az_en", "second-az_en"}
    assert main(["models", "use", "third"]) == 1
    assert main(["models", "remove", "second-az_en"]) == 0
    capsys.readouterr()
    typed("Yeni plan.\n")
    assert main(["translate", "--from", "az", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"].startswith("first-az_en")
