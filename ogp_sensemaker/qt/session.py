"""The open project as the screen sees it: a reader, what is filtered and selected, and what changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from ogp_sensemaker.domain.codebook import Code, path_of
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.errors import ProjectError
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.jobs import Jobs
from ogp_sensemaker.store import codebook, codings, rows, segments
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing


class Session(QObject):
    """One per window. Widgets read `project` (which cannot write) and listen to its signals."""

    opened = Signal()
    closed = Signal()
    changed = Signal(object)  # Changes
    codebook_changed = Signal()
    filter_changed = Signal()
    current_changed = Signal(object)  # segment id or None
    selection_changed = Signal()
    place_wanted = Signal(str)  # somebody asks for another place to be shown
    said = Signal(str)  # a sentence for the status bar

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.path: Path | None = None
        self.coder = ""
        self.coder_id = 0
        self._reader: Project | None = None
        self.selection: Callable[[], Sequence[int]] = tuple  # the table says what is selected in it
        self._reset()
        jobs.changed.connect(self._on_changed)

    def _reset(self) -> None:
        self.where = SegmentFilter()
        self.sort: Sort | str = Sort.POSITION  # a str is the name of an attribute
        self.descending = False
        self.ranked: tuple[int, ...] = ()  # ids in the order of nearness, for a search by meaning
        self.meaning = ""  # what that search was for
        self.current: int | None = None
        self.codes: dict[int, Code] = {}
        self.colours: dict[int, QColor] = {}

    @property
    def project(self) -> Project:
        """The project, for reading. Raises ProjectError when none is open."""
        if self._reader is None:
            raise ProjectError("No project is open.")
        return self._reader

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return self._reader is not None

    def open(self, path: Path, coder: str, opener: Callable[[], Project] | None = None) -> None:
        """Open a project for writing, or make one with `opener`; `opened` follows, or the jobs' `failed`."""
        self.close()
        self.jobs.open(opener or (lambda: open_for_writing(path, coder)), self._on_opened)

    def _on_opened(self, found: tuple[Path, str]) -> None:
        self._reset()
        self.path, self.coder = found
        self.coder_id = 0
        self._reader = open_for_reading(self.path)
        self._know_coder()
        self._read_codebook()
        self.opened.emit()

    def close(self) -> None:
        """Close the project, if there is one."""
        if self._reader is None:
            return
        self._reader.close()
        self._reader = None
        self.path = None
        self._reset()
        self.jobs.close_project()
        self.closed.emit()

    # What is shown ---------------------------------------------------------------------------------

    def query(self) -> list[int]:
        """The ids of the segments that the filter lets through, in the order asked for."""
        if self.ranked:
            found = set(segments.ids(self.project, replace(self.where, ids=self.ranked)))
            return [id_ for id_ in self.ranked if id_ in found]
        if not isinstance(self.sort, Sort):
            return rows.by_attribute(self.project, self.where, self.sort, self.descending)
        if self.sort is Sort.STANCE:
            return rows.by_stance(self.project, self.where, self.descending)
        if self.sort is Sort.CLUSTER:
            return rows.by_cluster(self.project, self.where, self.descending)
        return segments.ids(self.project, self.where, self.sort, self.descending)

    def show(self, where: SegmentFilter, meaning: str = "", ranked: tuple[int, ...] = ()) -> None:
        """Filter by `where`; `ranked` are the results of a search by meaning."""
        self.where, self.meaning, self.ranked = where, meaning, ranked
        self.filter_changed.emit()

    def show_comments(self, where: SegmentFilter) -> None:
        """Open Comments with a filter, from wherever a number was clicked."""
        self.show(where)
        self.place_wanted.emit("comments")

    def order(self, sort: Sort | str, descending: bool) -> None:
        """Sort by a column; a search by meaning keeps the order of nearness until then."""
        self.sort, self.descending = sort, descending
        if self.ranked:
            self.where, self.ranked = replace(self.where, ids=self.ranked), ()
        self.filter_changed.emit()

    def line_up(self, sort: Sort) -> None:
        """List what is to be decided next in an order: without what is coded, unless it is the order of import."""
        self.sort, self.descending = sort, sort is Sort.SURE
        self.ranked, self.meaning = (), ""
        if sort is not Sort.POSITION:
            self.where = replace(self.where, coded=False)
        elif self.where.coded is False:
            self.where = replace(self.where, coded=None)
        self.set_current(None)  # begin at the top
        self.filter_changed.emit()

    def set_current(self, segment_id: int | None) -> None:
        """Show a segment in the reading pane."""
        if segment_id != self.current:
            self.current = segment_id
            self.current_changed.emit(segment_id)

    def targets(self) -> list[int]:
        """The segments that a decision is about: those selected, otherwise the one being read."""
        chosen = list(self.selection())
        if self.current is not None and (len(chosen) < 2 or self.current not in chosen):
            return [self.current]
        return chosen

    # What changed ----------------------------------------------------------------------------------

    def path_of(self, code_id: int) -> str:
        """The path of a code; its number where it is gone."""
        code = self.codes.get(code_id)
        return path_of(code, self.codes) if code is not None else f"#{code_id}"

    def colour_of(self, code_id: int) -> QColor:
        """The colour of a code as the theme shows it."""
        return theme.readable(self.colours.get(code_id, QColor(theme.current().muted)))

    def _know_coder(self) -> None:
        """A person gets a number with the first action in a project."""
        if not self.coder_id:
            known = codings.coders(self.project).values()
            self.coder_id = next((c.id for c in known if c.name == self.coder and not c.machine), 0)

    def _read_codebook(self) -> None:
        self.codes = codebook.codes(self.project)
        self.colours = theme.code_colours(self.codes)
        self.codebook_changed.emit()

    def _on_changed(self, changes: Changes) -> None:
        if not self.is_open:
            return
        self._know_coder()
        if "code" in changes.tables:
            self._read_codebook()
        self.changed.emit(changes)
