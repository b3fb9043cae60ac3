"""Every action of the menus and the keyboard in one table: text, keys, what it is for, what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

FILE, EDIT, CODE, READ, GO, MACHINES, HELP = "File", "Edit", "Code", "Read", "Go to", "Machines", "Help"
MENUS = (FILE, EDIT, CODE, READ, GO, MACHINES, HELP)


@dataclass(frozen=True, slots=True)
class Spec:
    """A row of the table. `reading` actions have keys without Ctrl, and sleep while somebody types."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...]
    tip: str = ""
    reading: bool = False
    needs_project: bool = True


SPECS = (
    Spec("new", FILE, "New project …", ("Ctrl+N",), "Make a project file", needs_project=False),
    Spec("open", FILE, "Open …", ("Ctrl+O",), "Open a project file", needs_project=False),
    Spec("import_files", FILE, "Import …", ("Ctrl+I",), "Bring in files: exports, notes, polls, tables"),
    Spec("export", FILE, "Export …", ("Ctrl+E",), "Write the coded dataset or the report"),
    Spec("preferences", FILE, "Preferences", ("Ctrl+,",), "Name, look, fonts, models", needs_project=False),
    Spec("close", FILE, "Close project", ("Ctrl+W",), "Back to the start"),
    Spec("quit", FILE, "Quit", ("Ctrl+Q",), "Everything is saved already", needs_project=False),
    Spec("undo", EDIT, "Undo", ("Ctrl+Z",), "Take back the latest decision"),
    Spec("redo", EDIT, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Take back the latest undo"),
    Spec("search", EDIT, "Search the comments", ("/", "Ctrl+F"), "Words in the original or the English", True),
    Spec("filter", EDIT, "Filter …", ("L",), "Narrow the list", True),
    Spec("refresh", EDIT, "List again", ("F5",), "Apply the filter to what was decided since"),
    Spec("find_code", CODE, "Find a code …", ("F",), "Type a part of its name, Enter applies it", True),
    Spec("support", CODE, "Stance: support", ("S",), "Towards the code; once more takes it off", True),
    Spec("oppose", CODE, "Stance: oppose", ("O",), "Towards the code; once more takes it off", True),
    Spec("mixed", CODE, "Stance: mixed", ("M",), "Towards the code; once more takes it off", True),
    Spec("neutral", CODE, "Stance: neutral", ("N",), "Towards the code; once more takes it off", True),
    Spec("concern", CODE, "A concern", ("W",), "Somebody worries; once more takes it off", True),
    Spec("accept", CODE, "Accept the suggestion", ("Return", "Enter"), "Its code becomes yours", True),
    Spec("accept_next", CODE, "Accept, next uncoded", ("Shift+Return", "Shift+Enter"), "Two steps in one", True),
    Spec("reject", CODE, "Reject the suggestion", ("X",), "The machine learns from it", True),
    Spec("approve", CODE, "Approve the translation", ("A",), "The English says what the original says", True),
    Spec("next", READ, "Next comment", ("J",), "", True),
    Spec("previous", READ, "Previous comment", ("K",), "", True),
    Spec("next_uncoded", READ, "Next uncoded", ("U",), "After this one in the list", True),
    Spec("context", READ, "Before and after", ("C",), "What was said around it in its source", True),
    Spec("memo", READ, "Write a memo", ("E",), "A thought of your own on this comment", True),
    Spec("story", READ, "What happened to it", ("H",), "The history of this comment", True),
    Spec("comments", GO, "Comments", ("Ctrl+1",)),
    Spec("translations", GO, "Translations", ("Ctrl+2",)),
    Spec("clusters", GO, "Clusters", ("Ctrl+3",)),
    Spec("contested", GO, "Contested", ("Ctrl+4",)),
    Spec("findings", GO, "Findings", ("Ctrl+5",)),
    Spec("history", GO, "History", ("Ctrl+6",)),
    Spec("codebook", GO, "Codebook", ("Ctrl+B",), "Show or hide it"),
    Spec("goto_codebook", GO, "To the codebook", ("Ctrl+Shift+B",), "The keyboard goes to its tree"),
    Spec("process", MACHINES, "Language, translation, vectors", ("Ctrl+M",), "For whatever lacks them"),
    Spec("cluster", MACHINES, "Group into clusters", (), "A new run; decisions stay"),
    Spec("suggest", MACHINES, "Suggest directions", (), "From descriptions and from what is coded"),
    Spec("everything", MACHINES, "All of these", ("Ctrl+Shift+M",), "One after the other"),
    Spec("stop", MACHINES, "Stop", ("Ctrl+.",), "After the step under way; what is saved stays"),
    Spec("keys", HELP, "Keys", ("?", "F1"), "This list", needs_project=False),
)

RESERVED = frozenset(key for spec in SPECS for key in spec.keys if len(key) == 1) | frozenset("123456789")


def make(parent: QWidget, spec: Spec, on: Callable[[], object]) -> QAction:
    """The action of a row, ready for a menu."""
    action = QAction(parent.tr(spec.text), parent)
    action.setObjectName(spec.name)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    tip = parent.tr(spec.tip) if spec.tip else parent.tr(spec.text)
    keys = ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys)
    action.setToolTip(f"{tip} ({keys})" if keys else tip)
    action.setStatusTip("")
    inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(inside if spec.reading else Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _=False: on())
    return action


class TypingGuard(QObject):
    """Keeps keys without Ctrl for the box somebody types in: there, S is a letter and Enter is Enter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # On the box that has the keyboard alone: a filter on everything would be asked about every repaint.
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and takes_text(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and takes_text(watched):
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if plain and event.key() < Qt.Key.Key_F1 and event.key() != Qt.Key.Key_Escape:
                event.accept()
        return False


def takes_text(widget: QObject) -> bool:
    """Whether letters typed there are meant as letters."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox | QComboBox)
