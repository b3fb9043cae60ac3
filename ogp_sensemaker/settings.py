"""What a person prefers: name, interface language, look. Kept as TOML in the person's own folder."""

import getpass
import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ogp_sensemaker import paths

FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of the person at this computer, the same for every project."""

    name: str = ""  # who decisions are recorded as
    language: str = "en"  # of the interface
    direction: str = "auto"  # auto (by the interface language), ltr, rtl
    theme: str = "auto"  # auto (by the system), light, dark
    font: str = ""  # family; "" is the system's
    font_size: int = 0  # points; 0 is the system's
    reading_size: int = 0  # points of the text in the reading pane; 0 is a little more than the rest
    warm_models: bool = True

    @property
    def coder(self) -> str:
        """The name to record decisions under: as given, or that of the account."""
        return self.name.strip() or account()


def account() -> str:
    """The name of the account at this computer, or "Analyst" where there is none."""
    try:
        return getpass.getuser() or "Analyst"
    except (OSError, KeyError):
        return "Analyst"


def path() -> Path:
    """Where the settings are kept. It need not exist yet."""
    return paths.config_dir() / FILE


def load() -> Settings:
    """The settings; those that cannot be read or understood are as at the beginning."""
    try:
        found = tomllib.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    start = Settings()
    known = {
        field.name: found[field.name]
        for field in fields(Settings)
        if isinstance(found.get(field.name), type(getattr(start, field.name)))
    }
    return Settings(**known)


def save(settings: Settings) -> None:
    """Keep the settings. Raises OSError where the folder cannot be written."""
    place = path()
    place.parent.mkdir(parents=True, exist_ok=True)
    # A JSON string, number or truth value is written the same in TOML.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in asdict(settings).items()]
    fresh = place.with_name(place.name + ".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(place)
