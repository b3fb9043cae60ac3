"""The style sheet of the window, written out of a theme."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogp_sensemaker.qt.theme import Theme

_SHEET = """
QMainWindow, QWidget#page, QWidget#panel { background: %(ground)s; }
QToolTip { background: %(raised)s; color: %(ink)s; border: 1px solid %(line)s; padding: %(u1)dpx; }
QLabel { background: transparent; }
QLabel#title { font-size: %(big)dpx; font-weight: 600; }
QLabel#heading { font-weight: 600; }
QLabel#muted, QLabel#caption { color: %(muted)s; }
QLabel#caption { font-size: %(small)dpx; }
QLabel#overline { color: %(muted)s; font-size: %(small)dpx; font-weight: 600; }
QLabel#notice { background: %(warning_soft)s; color: %(ink)s; border-radius: %(r)dpx; padding: %(u2)dpx; }
QLabel#support, QLabel#oppose, QLabel#mixed { font-weight: 600; }
QLabel#support, QPushButton#support { color: %(support)s; }
QLabel#oppose, QPushButton#oppose { color: %(oppose)s; }
QLabel#mixed { color: %(mixed)s; }
QPushButton#support, QPushButton#oppose { background: transparent; border: 1px solid transparent;
    padding: 0 %(u1)dpx; min-height: 0; }
QPushButton#support:hover, QPushButton#oppose:hover { text-decoration: underline; }
QPushButton#support:focus, QPushButton#oppose:focus { border: 1px solid %(accent)s; }
QLabel#flag { background: %(warning_soft)s; color: %(warning)s; border-radius: %(u1)dpx; padding: 1px %(u1)dpx;
    font-size: %(small)dpx; }

QFrame#card { background: %(surface)s; border: 1px solid %(line)s; border-radius: %(r)dpx; }
QFrame#suggestion { background: %(accent_soft)s; border: 1px solid %(accent)s; border-radius: %(r)dpx; }
QFrame#ask { background: %(warning_soft)s; border: 1px solid %(warning)s; border-radius: %(r)dpx; }
QFrame#quote { background: %(surface)s; border: 1px solid %(line)s; border-radius: %(r)dpx; }
QFrame#quote:focus { border: 1px solid %(accent)s; background: %(accent_soft)s; }
QFrame#overlay { background: %(surface)s; border: 1px solid %(line)s; border-radius: %(r2)dpx; }
QFrame#line { background: %(line)s; max-height: 1px; min-height: 1px; border: none; }
QWidget#reading { background: %(surface)s; }
QWidget#reading > QWidget { background: transparent; }

QPushButton { background: %(surface)s; color: %(ink)s; border: 1px solid %(line)s; border-radius: %(r)dpx;
    padding: %(u1)dpx %(u3)dpx; min-height: %(control)dpx; }
QPushButton:hover { border-color: %(accent)s; }
QPushButton:pressed { background: %(accent_soft)s; }
QPushButton:focus { border: 2px solid %(accent)s; }
QPushButton:disabled { color: %(faint)s; background: %(ground)s; border-color: %(line)s; }
QPushButton#primary { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600; }
QPushButton#primary:hover { border-color: %(ink)s; }
QPushButton#primary:focus { border: 2px solid %(ink)s; }
QPushButton#primary:disabled { background: %(line)s; color: %(faint)s; border-color: %(line)s; }
QPushButton#danger { color: %(danger)s; }
QPushButton#link { background: transparent; border: 1px solid transparent; color: %(accent)s;
    padding: 0 %(u1)dpx; text-align: left; min-height: 0; }
QPushButton#link:hover { text-decoration: underline; }
QPushButton#link:focus { border: 1px solid %(accent)s; }
QPushButton#chip { border-radius: %(pill)dpx; padding: 0 %(u2)dpx; min-height: %(chip)dpx; }
QPushButton#chip[on="true"] { background: %(accent_soft)s; border-color: %(accent)s; color: %(ink)s; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: %(r)dpx;
    padding: %(u1)dpx; color: %(ink)s; }
QToolButton:hover { background: %(accent_soft)s; }
QToolButton:checked { background: %(accent_soft)s; border-color: %(accent)s; }
QToolButton:focus { border: 2px solid %(accent)s; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolBar#rail { background: %(raised)s; border: none; border-right: 1px solid %(line)s; spacing: %(half)dpx;
    padding: %(u1)dpx; }
QToolBar#rail QToolButton { color: %(muted)s; font-size: %(small)dpx; padding: %(u1)dpx 0;
    border-radius: %(r)dpx; min-width: %(rail)dpx; }
QToolBar#rail QToolButton:checked { color: %(accent)s; background: %(accent_soft)s; border-color: transparent;
    font-weight: 600; }
QToolBar#rail QToolButton:hover { color: %(ink)s; }
QToolBar#rail QToolButton:focus { border: 2px solid %(accent)s; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox { background: %(surface)s; color: %(ink)s;
    border: 1px solid %(line)s; border-radius: %(r)dpx; padding: %(u1)dpx %(u2)dpx;
    selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit, QComboBox, QSpinBox { min-height: %(control)dpx; }

   QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 2px solid %(accent)s; padding: %(p1)dpx %(p2)dpx; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {
    border: none; padding: 0 %(u2)dpx; min-height: 0; background: transparent; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QTextEdit#text { border: none; background: transparent; padding: 0; }
QTextEdit#text:focus { border: none; padding: 0; background: %(raised)s; border-radius: %(r)dpx; }
QComboBox::drop-down { border: none; width: %(u5)dpx; }
QComboBox QAbstractItemView { background: %(surface)s; border: 1px solid %(line)s;
    selection-background-color: %(accent_soft)s; selection-color: %(ink)s; }
QCheckBox, QRadioButton { spacing: %(u2)dpx; padding: %(half)dpx; }
QCheckBox:focus, QRadioButton:focus { color: %(accent)s; }

QTableView, QTreeView, QListView { background: %(surface)s; border: none; outline: none; color: %(ink)s;
    selection-background-color: %(accent_soft)s; selection-color: %(ink)s; gridline-color: %(line)s; }
QTableView:focus, QTreeView:focus, QListView:focus { border: none; }
QFrame#tableframe { border: 1px solid %(line)s; background: %(surface)s; border-radius: %(r)dpx; }
QFrame#tableframe[focused="true"] { border: 1px solid %(accent)s; }
QTreeView::item { padding: %(half)dpx 0; }
QListView::item { padding: %(u1)dpx %(u2)dpx; border-radius: %(u1)dpx; }
QTableWidget::item { padding: 0 %(u1)dpx; }
QTableWidget::item:selected { background: %(accent_soft)s; color: %(ink)s; }
QTreeView::item:selected, QListView::item:selected { background: %(accent_soft)s; color: %(ink)s; }
QHeaderView { background: %(raised)s; }
QHeaderView::section { background: %(raised)s; color: %(muted)s; border: none; border-bottom: 1px solid %(line)s;
    padding: %(u1)dpx %(u2)dpx; font-size: %(small)dpx; font-weight: 600; }
QTableCornerButton::section { background: %(raised)s; border: none; }

QDockWidget { titlebar-close-icon: none; }
QWidget#dockbody { background: %(raised)s; border-right: 1px solid %(line)s; }
QSplitter::handle { background: %(line)s; }
QSplitter::handle:hover, QMainWindow::separator:hover { background: %(accent)s; }
QMainWindow::separator { background: %(line)s; width: 1px; height: 1px; }
QStatusBar { background: %(raised)s; border-top: 1px solid %(line)s; color: %(muted)s; font-size: %(small)dpx; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: %(muted)s; font-size: %(small)dpx; }
QStatusBar QPushButton { min-height: 0; padding: 0 %(u2)dpx; font-size: %(small)dpx; }
QProgressBar { background: %(line)s; border: none; border-radius: %(half)dpx; max-height: %(u1)dpx;
    min-height: %(u1)dpx; }
QProgressBar::chunk { background: %(accent)s; border-radius: %(half)dpx; }
QMenuBar { background: %(raised)s; color: %(ink)s; }
QMenuBar::item { padding: %(u1)dpx %(u2)dpx; background: transparent; border-radius: %(u1)dpx; }
QMenuBar::item:selected { background: %(accent_soft)s; }
QMenu { background: %(surface)s; border: 1px solid %(line)s; padding: %(u1)dpx; }
QMenu::item { padding: %(u1)dpx %(u6)dpx %(u1)dpx %(u3)dpx; border-radius: %(u1)dpx; color: %(ink)s; }
QMenu::item:selected { background: %(accent_soft)s; }
QMenu::item:disabled { color: %(faint)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: %(u1)dpx; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#plain { background: transparent; }
QScrollBar:vertical { background: transparent; width: %(bar)dpx; margin: 0; }
QScrollBar:horizontal { background: transparent; height: %(bar)dpx; margin: 0; }
QScrollBar::handle { background: %(line)s; border-radius: %(bar3)dpx; min-height: %(u8)dpx;
    min-width: %(u8)dpx; margin: 2px; }
QScrollBar::handle:hover { background: %(faint)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def style_sheet(theme: "Theme", unit: int, small: int) -> str:
    """The sheet for a theme; `unit` is a quarter of a line in pixels, `small` the size of small words."""
    values: dict[str, object] = {name: getattr(theme, name) for name in theme.__dataclass_fields__}
    values |= {f"u{n}": unit * n for n in (1, 2, 3, 4, 5, 6, 8)}
    values |= {"half": max(2, unit // 2), "r": unit + 1, "r2": unit * 2, "p1": unit - 1, "p2": unit * 2 - 1}
    values |= {"small": small, "big": round(unit * 5.2), "control": unit * 5, "chip": round(unit * 5.4)}
    values |= {"pill": round(unit * 2.8), "rail": unit * 17, "bar": unit * 3, "bar3": max(2, unit - 1)}
    return _SHEET % values
