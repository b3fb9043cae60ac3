"""What each row of the table of actions does in the window."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from ogp_sensemaker.app import clustering, process, suggesting
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.qt.actions import SPECS
from ogp_sensemaker.store import journal

if TYPE_CHECKING:
    from ogp_sensemaker.qt.main_window import MainWindow


class Commands(QObject):
    """One method for each name in `actions.SPECS`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.codebook_wanted = True

    def _here(self, name: str, *given: object) -> bool:
        """Let the place on the screen do it, if it can."""
        does = getattr(self._window.places.get(self._window.place), name, None)
        if does is None:
            return False
        does(*given)
        return True

    def update(self) -> None:
        """Switch off what cannot be done now."""
        window = self._window
        is_open = window.session.is_open
        reading = window.detail.isVisibleTo(window)
        for spec in SPECS:
            on = (is_open or not spec.needs_project) and (reading or not spec.reading)
            window.actions_by_name[spec.name].setEnabled(on)
        window.rail.enable(is_open)
        if is_open:
            self._name("undo", self.tr("Undo"), journal.undoable(window.session.project))
            self._name("redo", self.tr("Redo"), journal.redoable(window.session.project))

    def _name(self, name: str, words: str, entry: journal.Entry | None) -> None:
        action = self._window.actions_by_name[name]
        summary = entry.summary.removeprefix("Undo: ").removeprefix("Redo: ") if entry else ""
        summary = summary if len(summary) < 60 else f"{summary[:58]} …"
        action.setText(f"{words}: {summary}".replace("&", "&&") if summary else words)
        action.setEnabled(entry is not None)

    # File ------------------------------------------------------------------------------------------

    def new(self) -> None:
        self._to_start()
        self._window.places.start.open_form()

    def open(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a project"), "", self.tr("Projects (*.ogps)")
        )
        if found:
            self.open_path(Path(found))

    def open_path(self, path: Path) -> None:
        """Open a project file."""
        self._window.detail.keep_memo()
        self._window.session.open(path, self._window.settings.coder)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files were dropped: a project is opened, anything else is imported."""
        project = next((p for p in paths if p.suffix == ".ogps"), None)
        if project is not None:
            self.open_path(project)
        elif not self._window.session.is_open:
            self._window.message.show_sentence(self.tr("Open or make a project first; then drop the files again."))
        elif paths:
            self._window.go("import")
            self._window.places.import_.take(paths)

    def _to_start(self) -> None:
        self._window.session.close()
        self._window.go("start")

    def close(self) -> None:
        self._window.detail.keep_memo()
        self._window.session.close()

    def quit(self) -> None:
        self._window.close()

    # Places ----------------------------------------------------------------------------------------

    def comments(self) -> None:
        self._window.go("comments")

    def translations(self) -> None:
        self._window.go("translations")

    def clusters(self) -> None:
        self._window.go("clusters")

    def contested(self) -> None:
        self._window.go("contested")

    def findings(self) -> None:
        self._window.go("findings")

    def history(self) -> None:
        self._window.places.history.show_all()
        self._window.go("history")

    def story(self) -> None:
        if self._window.session.current is not None:
            self._window.places.history.show_segment(self._window.session.current)
            self._window.go("history")

    def import_files(self) -> None:
        self._window.go("import")

    def export(self) -> None:
        self._window.go("export")

    def preferences(self) -> None:
        self._window.go("preferences")

    def codebook(self) -> None:
        self.codebook_wanted = not self._window.dock.isVisible()
        self._window.dock.setVisible(self.codebook_wanted)

    def goto_codebook(self) -> None:
        self.codebook_wanted = True
        self._window.dock.show()
        self._window.codebook.tree.setFocus()

    def keys(self) -> None:
        self._window.cheat_sheet.switch()

    # Edit ------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._window.decisions.undo()

    def redo(self) -> None:
        self._window.decisions.redo()

    def search(self) -> None:
        self._window.go("comments")
        self._window.places.comments.bar.search.setFocus()
        self._window.places.comments.bar.search.selectAll()

    def filter(self) -> None:
        self._window.go("comments")
        self._window.places.comments.bar.open_menu()

    def refresh(self) -> None:
        self._window.session.filter_changed.emit()

    # Code ------------------------------------------------------------------------------------------

    def find_code(self) -> None:
        count = len(self._window.session.targets())
        if count:
            title = self.tr("Code this comment") if count == 1 else self.tr("Code {0} comments").format(f"{count:,}")
            if self._window.decisions.span() is not None and count == 1:
                title = self.tr("Code the selected words")
            self._window.finder.ask(title, self._window.decisions.apply)

    def support(self) -> None:
        self._window.decisions.stance(Stance.SUPPORT)

    def oppose(self) -> None:
        self._window.decisions.stance(Stance.OPPOSE)

    def mixed(self) -> None:
        self._window.decisions.stance(Stance.MIXED)

    def neutral(self) -> None:
        self._window.decisions.stance(Stance.NEUTRAL)

    def concern(self) -> None:
        self._window.decisions.concern()

    def accept(self) -> None:
        if not self._here("enter"):
            self._window.decisions.accept()

    def accept_next(self) -> None:
        self._window.decisions.accept()
        self._window.places.comments.next_uncoded()

    def reject(self) -> None:
        self._window.decisions.reject()

    def approve(self) -> None:
        if not self._here("approve"):
            self._window.detail.approve()

    # Read ------------------------------------------------------------------------------------------

    def next(self) -> None:
        self._here("step", 1)

    def previous(self) -> None:
        self._here("step", -1)

    def next_uncoded(self) -> None:
        self._window.go("comments")
        self._window.places.comments.next_uncoded()

    def context(self) -> None:
        self._window.detail.context.switch()

    def memo(self) -> None:
        if not self._here("edit"):
            self._window.detail.memo.setFocus()

    # Machines --------------------------------------------------------------------------------------

    def process(self) -> None:
        self._window.jobs.start(self.tr("Language, translation, vectors"), process.process)

    def cluster(self) -> None:
        self._window.jobs.start(self.tr("Clusters"), clustering.run)

    def suggest(self) -> None:
        self._window.jobs.start(self.tr("Suggestions"), suggesting.suggest)

    def everything(self) -> None:
        self.process()
        self.cluster()
        self.suggest()

    def stop(self) -> None:
        self._window.jobs.cancel()
