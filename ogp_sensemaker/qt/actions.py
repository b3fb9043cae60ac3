"""Every action of the menus and the keyboard in one table: text, keys, what it is for, what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

FILE, EDIT, CODE, READ, GO, MACHINES, HELP = "File", "Edit", "Code", "Read", "Go to", "Machines", "Help"
ISSUES, CLUSTER, TRANSLATIONS = "Issues", "Cluster", "Translate"
MENUS = (FILE, EDIT, CODE, READ, CLUSTER, ISSUES, TRANSLATIONS, GO, MACHINES, HELP)


@dataclass(frozen=True, slots=True)
class Spec:
    """A row of the table. `reading` actions have keys without Ctrl, and sleep while somebody types.

    Those that name places can be done there alone, and leave their keys to others elsewhere.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...]
    tip: str = ""
    reading: bool = False
    needs_project: bool = True
    places: tuple[str, ...] = ()


_THERE = ("clusters",)
_TRANSLATIONS = ("translations",)
_ISSUES = ("contested",)
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
    Spec("queue", CODE, "What to decide next …", ("Q",), "Learn most first, surest first", True),
    Spec("accept_surest", CODE, "Accept the surest …", ("Ctrl+Shift+Return",), "Many suggestions in one step"),
    Spec("approve", CODE, "Approve the translation", ("A",), "The English says what the original says", True),
    Spec("next", READ, "Next comment", ("J",), "", True),
    Spec("previous", READ, "Previous comment", ("K",), "", True),
    Spec("next_uncoded", READ, "Next uncoded", ("U",), "After this one in the list", True),
    Spec("context", READ, "Before and after", ("C",), "What was said around it in its source", True),
    Spec("memo", READ, "Write a memo", ("E",), "A thought of your own on this comment", True),
    Spec("story", READ, "What happened to it", ("H",), "The history of this comment", True),
    Spec(
        "cluster_code", CLUSTER, "Code all of it …", ("Shift+F",), "Every comment of the cluster", True, places=_THERE
    ),
    Spec("cluster_rename", CLUSTER, "Rename …", ("F2",), "A name of your own", True, places=_THERE),
    Spec("cluster_merge", CLUSTER, "Merge …", ("Shift+G",), "The chosen clusters into one", True, places=_THERE),
    Spec("cluster_split", CLUSTER, "Split …", ("Shift+D",), "Into parts, or by a phrase", True, places=_THERE),
    Spec("cluster_pin", CLUSTER, "Pin, or let go", ("Shift+K",), "It stays in later runs", True, places=_THERE),
    Spec("cluster_dismiss", CLUSTER, "Dismiss, bring back", ("Del",), "Of no interest", True, places=_THERE),
    Spec("cluster_all", CLUSTER, "Quotations, or all", ("Shift+Q",), "What is shown below", True, places=_THERE),
    Spec("cluster_move", CLUSTER, "Move to a cluster …", ("Shift+T",), "The comments that are selected", True),
    Spec("issue_attach", ISSUES, "Attach to an issue …", ("I",), "The comments meant, for it or against it", True),
    Spec("issue_write", ISSUES, "Write an issue …", ("Shift+I",), "With your own wording of both sides", True),
    Spec("mark_contested", ISSUES, "Mark: contested", ("Shift+C",), "With a reason", True, places=_ISSUES),
    Spec("mark_watch", ISSUES, "Mark: to watch", ("Shift+W",), "With a reason", True, places=_ISSUES),
    Spec("mark_not", ISSUES, "Mark: not contested", ("Shift+N",), "With a reason", True, places=_ISSUES),
    Spec("mark_none", ISSUES, "Take the mark off", ("Shift+X",), "No mark", True, places=_ISSUES),
    Spec("issue_statement", ISSUES, "Word the statement", ("Shift+S",), "And then both sides", True, places=_ISSUES),
    Spec(
        "issue_views", ISSUES, "Who holds which view", ("Shift+V",), "For whom each side speaks", True, places=_ISSUES
    ),
    Spec(
        "issue_ways", ISSUES, "Possible ways forward", ("Shift+P",), "What could be done about it", True, places=_ISSUES
    ),
    Spec(
        "issue_list",
        ISSUES,
        "The next list",
        ("Shift+L",),
        "All, agreed, one group only, new ideas",
        True,
        places=(*_ISSUES, *_THERE),
    ),
    Spec(
        "issue_machine",
        ISSUES,
        "Count the machine's stances",
        ("Shift+B",),
        "Or no longer; off at the start",
        True,
        places=_ISSUES,
    ),
    Spec(
        "translation_settle",
        TRANSLATIONS,
        "Approve what I wrote, next",
        ("Ctrl+Return",),
        "Also while you type",
        places=_TRANSLATIONS,
    ),
    Spec(
        "translation_back",
        TRANSLATIONS,
        "Take the approval back",
        ("Shift+A",),
        "It waits for review again",
        True,
        places=_TRANSLATIONS,
    ),
    Spec(
        "translation_all",
        TRANSLATIONS,
        "Approve the whole list …",
        ("Ctrl+Shift+A",),
        "All that the list is narrowed to",
        places=_TRANSLATIONS,
    ),
    Spec(
        "translation_models",
        TRANSLATIONS,
        "Models …",
        ("Shift+M",),
        "Which translate here; install, fetch, try two",
        True,
        places=_TRANSLATIONS,
    ),
    Spec("comments", GO, "Comments", ("Ctrl+1",)),
    Spec("translations", GO, "Translations", ("Ctrl+2",)),
    Spec("clusters", GO, "Clusters", ("Ctrl+3",)),
    Spec("map", GO, "Map", ("Ctrl+4",)),
    Spec("contested", GO, "Contested", ("Ctrl+5",)),
    Spec("findings", GO, "Findings", ("Ctrl+6",)),
    Spec("history", GO, "History", ("Ctrl+7",)),
    Spec("codebook", GO, "Codebook", ("Ctrl+B",), "Show or hide it"),
    Spec("goto_codebook", GO, "To the codebook", ("Ctrl+Shift+B",), "The keyboard goes to its tree"),
    Spec("process", MACHINES, "Language, translation, vectors", ("Ctrl+M",), "For whatever lacks them"),
    Spec("cluster", MACHINES, "Group into clusters", (), "A new run; decisions stay"),
    Spec("suggest", MACHINES, "Suggest directions", (), "From descriptions and from what is coded"),
    Spec("stances", MACHINES, "Suggest stances", (), "Towards issues, where no person gave one"),
    Spec("everything", MACHINES, "All of these", ("Ctrl+Shift+M",), "One after the other"),
    Spec("stop", MACHINES, "Stop", ("Ctrl+.",), "After the step under way; what is saved stays"),
    Spec("keys", HELP, "Keys", ("?", "F1"), "This list", needs_project=False),
)

# What a person can do with a comment that is to be translated, where no reading pane shows its codes.
WHILE_TRANSLATING = frozenset(
    {"accept", "approve", "next", "previous", "memo", "search", "filter", "story"}
    | {spec.name for spec in SPECS if "translations" in spec.places}
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
