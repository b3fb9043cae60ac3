"""Other people's translation packages from the internet, when somebody asks: what would be contacted, then the file.

Nothing here runs by itself. Every function that opens a connection says so; nothing about a project is sent.
"""

import http.client
import json
import shutil
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.errors import SensemakerError

_PATIENCE = 20  # seconds without an answer
_LARGEST_LIST = 20_000_000  # bytes
_BLOCK = 1 << 17
_STEP = 0.2  # seconds between two looks at a download
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that can be had: `size` in bytes, None where the server does not say."""

    source: str
    target: str
    version: str
    address: str
    size: int | None = None

    @property
    def server(self) -> str:
        """The name of the computer that it comes from."""
        return server_of(self.address)

    @property
    def file(self) -> str:
        """The name of the file."""
        return Path(unquote(urlsplit(self.address).path)).name or "package.argosmodel"


def server_of(address: str) -> str:
    """The name of the computer behind an address."""
    return urlsplit(address).hostname or address


def list_address() -> str:
    """Where argostranslate, as it is installed here, keeps its list of packages. Opens no connection."""
    from ogp_sensemaker.nlp import engine

    return engine.index_address()


def find(source: str, target: str, address: str = "") -> Offer:
    """What would be downloaded for a pair of languages. Asks the server of the list, and that of the file for its size.

    `address` is that of a list (ending in .json) or of a package; without it the list is argostranslate's.
    Raises SensemakerError where nothing is offered or nobody answers.
    """
    where = address or list_address()
    _check(where)
    if urlsplit(where).path.endswith(".json"):
        offer = _newest(_read_list(where), source, target, server_of(where))
    else:
        offer = Offer(source, target, "", where)
    with _opened(urllib.request.Request(offer.address, method="HEAD")) as answer:
        length = answer.headers.get("Content-Length", "")
    return Offer(source, target, offer.version, offer.address, int(length) if length.isdigit() else None)


def look(source: str, target: str, address: str, found: list[Offer]) -> Iterator[Progress]:
    """The same as `find`, without holding up whoever waits for the next step; the offer is added to `found`."""
    with ThreadPoolExecutor(1, thread_name_prefix="look") as pool:
        asked = pool.submit(find, source, target, address)
        while not asked.done():
            yield Progress(0, 0, "Asking")
            wait([asked], _STEP)
        found.append(asked.result())


def _read_list(address: str) -> list[dict[str, Any]]:
    with _opened(urllib.request.Request(address)) as answer:
        raw = answer.read(_LARGEST_LIST + 1)
    try:
        found = json.loads(raw) if len(raw) <= _LARGEST_LIST else None
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise SensemakerError(f"What {server_of(address)} answered is no list of translation packages.")
    return [entry for entry in found if isinstance(entry, dict)]


def _newest(entries: list[dict[str, Any]], source: str, target: str, server: str) -> Offer:
    offers = []
    for entry in entries:
        if (entry.get("from_code"), entry.get("to_code")) != (source, target):
            continue
        links = [link for link in entry.get("links") or () if isinstance(link, str) and _allowed(link)]
        if links:
            offers.append(Offer(source, target, str(entry.get("package_version", "")), links[0]))
    if not offers:
        raise SensemakerError(
            f"{server} offers no package from “{source}” to “{target}”; install one from a file, or name an address "
            f"with --from."
        )
    return max(offers, key=lambda offer: [int(part) for part in offer.version.split(".") if part.isdigit()])


def _allowed(address: str) -> bool:
    """Only addresses that nobody on the way can change, or on this very computer."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)


def _check(address: str) -> None:
    if not _allowed(address):
        raise SensemakerError(f"{address} is not used: the address of a package has to begin with https://.")


class _OnlyAllowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opened(request: urllib.request.Request) -> Any:
    """The answer to a request, to be closed. Raises SensemakerError where there is none."""
    request.add_header("User-Agent", "ogp-sensemaker")
    server = server_of(request.full_url)
    try:
        return urllib.request.build_opener(_OnlyAllowed()).open(request, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        error.close()
        raise SensemakerError(f"{server} answered {error.code}; nothing was downloaded.") from error
    except (OSError, http.client.HTTPException) as error:  # no network, no such server, no answer in time
        raise SensemakerError(
            f"{server} could not be reached; nothing was downloaded. Without a network, install a package from a file."
        ) from error


@dataclass(slots=True)
class _Download:
    """A file on its way, read by a thread of its own so that a slow server holds up nobody's decisions."""

    offer: Offer
    into: Path
    done: int = 0
    trouble: SensemakerError | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        try:
            self._read()
        except SensemakerError as error:
            self.trouble = error
        except (OSError, http.client.HTTPException):
            self.trouble = SensemakerError(
                f"The download from {self.offer.server} broke off after {self.done / MEGABYTE:.0f} MB, or there is no "
                f"room on the disk; nothing was installed. Try again."
            )
        if self.trouble or self.stop.is_set():
            shutil.rmtree(self.into, ignore_errors=True)

    def _read(self) -> None:
        from ogp_sensemaker.nlp.packages import LARGEST

        with _opened(urllib.request.Request(self.offer.address)) as answer, self.file.open("wb") as out:
            expected = answer.headers.get("Content-Length", "")
            while (block := answer.read(_BLOCK)) and not self.stop.is_set():
                self.done += len(block)
                if self.done > LARGEST:
                    raise SensemakerError(f"{self.offer.file} is larger than any package; nothing was installed.")
                out.write(block)
        if expected.isdigit() and self.done < int(expected) and not self.stop.is_set():
            raise OSError("cut short")

    @property
    def file(self) -> Path:
        return self.into / self.offer.file


def fetch(offer: Offer, installed: list[str] | None = None) -> Iterator[Progress]:
    """Download a package, check it and install it; its name is added to `installed`.

    Stopped or refused, nothing of it is left. Raises SensemakerError.
    """
    from ogp_sensemaker.nlp import packages

    _check(offer.address)
    packages.folder().mkdir(parents=True, exist_ok=True)
    label, total = f"Downloading {offer.file} (MB)", round((offer.size or 0) / MEGABYTE)
    download = _Download(offer, Path(tempfile.mkdtemp(prefix=".fetching-", dir=packages.folder())))
    thread = threading.Thread(target=download.run, name="download", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            yield Progress(min(round(download.done / MEGABYTE), total or 1 << 30), total, label)
            thread.join(_STEP)
        if download.trouble is not None:
            raise download.trouble
        yield Progress(total, total, f"Checking {offer.file}")
        about = packages.archive_metadata(download.file)
        pair = about.get("from_code", offer.source), about.get("to_code", offer.target)
        if pair != (offer.source, offer.target):
            raise SensemakerError(
                f"{offer.file} was not installed: it translates from “{pair[0]}” to “{pair[1]}”, which is not what was "
                f"asked for."
            )
        made = packages.install(download.file)
    finally:
        download.stop.set()
        if not thread.is_alive():
            shutil.rmtree(download.into, ignore_errors=True)
    if installed is not None:
        installed.append(made.name)
