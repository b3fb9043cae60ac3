"""The report as one HTML file that needs nothing else: style and charts are inside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.formats import charts
from ogp_sensemaker.formats.languages import is_right_to_left, language_name
from ogp_sensemaker.formats.report import build, contents, title_of
from ogp_sensemaker.formats.report_words import STANCES
from ogp_sensemaker.formats.xml_text import without_control

if TYPE_CHECKING:
    from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"


def write_html(dataset: Dataset, path: Path) -> None:
    """Write the report; the same Dataset gives the same bytes."""
    path.write_text(render(dataset), encoding="utf-8", newline="\n")


def render(dataset: Dataset) -> str:
    """The whole page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__,
        "direction": direction,
        "language_name": language_name,
        "small_chart": _small_chart,
        "chart": _chart,
    }
    environment.globals["stances"] = STANCES
    report = build(dataset)
    values: dict[str, Any] = {
        "report": report,
        "title": title_of(report),
        "contents": contents(report),
        "style": _safe((_TEMPLATES / "report.css").read_text(encoding="utf-8")),
    }
    page = environment.get_template("report.html.j2").render(values)
    return without_control(page)


def direction(language: str) -> str:
    """The value of `dir` for words in a language; the browser decides where we don't know it."""
    if not language:
        return "auto"
    return "rtl" if is_right_to_left(language) else "ltr"


def _safe(text: str) -> "Markup":
    from markupsafe import Markup

    return Markup(text)  # our own text: the style sheet and the charts, which escape their labels


def _small_chart(picture: charts.Picture) -> "Markup":
    return _safe(charts.small(picture))


def _chart(rows: tuple[charts.Picture, ...], title: str, description: str) -> "Markup":
    return _safe(charts.chart(rows, title, description))
