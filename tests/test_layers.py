"""The architecture, as far as a test can hold it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ogp_sensemaker"
MODULES = sorted(PACKAGE.rglob("*.py"))
NETWORK = {"urllib", "http", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "asyncio"}


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_for_and_stays_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    if text.strip():
        assert ast.get_docstring(ast.parse(text))


def imports(module: Path) -> set[str]:
    """The top packages that a module imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_no_module_but_one_speaks_to_the_network() -> None:
    speak = {m.name: m for m in MODULES if imports(m) & NETWORK}
    assert set(speak) == {"fetching.py"}, "only what fetches a model when somebody asks for it"
    using = {m.name for m in MODULES if "fetching" in m.read_text(encoding="utf-8")} - {"fetching.py"}
    assert using == {"models.py", "models_fetch.py"}, "only where the person is asked first"


def test_only_the_store_has_sql() -> None:
    for module in MODULES:
        if module.parent.name != "store":
            assert "SELECT " not in module.read_text(encoding="utf-8"), module


def test_layers_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
