"""What a code means and looks like: description, when to use it, examples, colour, key."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from ogp_sensemaker.app import codebook as operations
from ogp_sensemaker.app import queue
from ogp_sensemaker.domain.agreement import Agreement
from ogp_sensemaker.domain.codebook import Code, CodeKind
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.actions import RESERVED
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import beside, button, column, label, scrolled
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.journal import Changes

TEXTS = ("description", "use_when", "not_when", "examples")


class CodeEditor(QFrame):
    """A short description of the chosen code; opened, a form for all of it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self.code_id: int | None = None
        self._name = label("", "heading", wrap=True)
        self._said = label("", "caption", wrap=True)
        self._said.setMaximumHeight(theme.unit() * 22)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.agrees = label("", "caption", wrap=True)
        self.agrees.setToolTip(self.tr("Judged without knowing your decision; as it stood at the last suggestions"))
        self._agreements: dict[int, Agreement] | None = None
        self._edit = button(
            self.tr("Describe"), self.open, style="link", tip=self.tr("Say what it means and when to use it (D)")
        )
        self.texts: dict[str, QPlainTextEdit] = {}
        self.key = QLineEdit()
        self.kind = QComboBox()
        self._colour = ""
        self._form = self._make_form()
        layout = column(self, 2, 1)
        layout.addWidget(self._name)
        layout.addWidget(self._said)
        layout.addWidget(self.agrees)
        layout.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._form)
        self._form.hide()
        session.changed.connect(self._on_changed)
        session.opened.connect(self._forget)
        self.hide()

    def _make_form(self) -> QWidget:
        titles = (self.tr("Description"), self.tr("Use it when"), self.tr("Not when"), self.tr("Examples, one a line"))
        inside = QWidget()
        inside.setObjectName("plain")
        form = QFormLayout(inside)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setContentsMargins(0, 0, theme.unit(), 0)
        for name, title in zip(TEXTS, titles, strict=True):
            box = QPlainTextEdit()
            box.setTabChangesFocus(True)
            box.setFixedHeight(theme.unit() * 15)
            box.setAccessibleName(title)
            self.texts[name] = box
            form.addRow(title, box)
        self.key.setMaxLength(1)
        self.key.setToolTip(self.tr("One letter that applies this code; keys of the program are not free"))
        form.addRow(self.tr("Key"), self.key)
        for kind in CodeKind:
            self.kind.addItem(kind.capitalize(), kind)
        form.addRow(self.tr("Kind"), self.kind)
        swatches, flow = flow_widget(theme.unit())
        for colour in ("", *theme.CODE_COLOURS):
            flow.addWidget(self._swatch(colour))
        form.addRow(self.tr("Colour"), swatches)
        whole = QWidget()
        layout = column(whole, 0, 2)
        area = scrolled(inside)
        area.setMinimumHeight(theme.unit() * 60)
        layout.addWidget(area)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Leave it"), self.shut))
        row.addWidget(button(self.tr("Save"), self.save, style="primary"))
        layout.addLayout(row)
        return whole

    def _swatch(self, colour: str) -> QToolButton:
        tool = QToolButton()
        tool.setCheckable(True)
        tool.setProperty("colour", colour)
        tool.setAccessibleName(self.tr("Colour {0}").format(colour) if colour else self.tr("Colour by itself"))
        tool.setToolTip(tool.accessibleName())
        tool.setText("" if colour else "–")
        u = theme.unit()
        ground = QColor(colour).name() if colour else "transparent"
        tool.setStyleSheet(
            f"QToolButton {{ background: {ground}; border-radius: {u}px; min-width: {4 * u}px; "
            f"min-height: {4 * u}px; }}"
            f"QToolButton:checked {{ border: 3px solid {theme.current().ink}; }}"
        )
        tool.clicked.connect(lambda _=False: self._choose(colour))
        return tool

    def _choose(self, colour: str) -> None:
        self._colour = colour
        for tool in self.findChildren(QToolButton):
            tool.setChecked(tool.property("colour") == colour)

    def show_code(self, code: Code | None) -> None:
        """Another code, or another state of the same."""
        if code is None or code.id != self.code_id:
            self._form.hide()
        self.code_id = code.id if code else None
        self.setVisible(code is not None)
        if code is None or self._form.isVisible():
            return
        self._name.setText(code.name)
        said = code.description or self.tr("Not described yet.")
        self._said.setText(said if len(said) < 330 else f"{said[:328]} …")
        self._said.show()
        self._edit.show()
        self._show_agreement()

    def _show_agreement(self) -> None:
        """How far the machine agrees with people on this code; counted once for all codes after each suggesting."""
        if self._agreements is None:
            self._agreements = {}
            self._session.jobs.ask(queue.agreements, then=self._on_agreements)
        found = self._agreements.get(self.code_id or 0)
        self.agrees.setText(queue.sentence(found) if found else "")
        self.agrees.setVisible(found is not None and self._said.isVisibleTo(self))

    def _on_agreements(self, found: dict[int, Agreement]) -> None:
        if self._session.is_open:
            self._agreements = found
            self._show_agreement()

    def _on_changed(self, changes: Changes) -> None:
        if "suggestion" in changes.tables:
            self._forget()

    def _forget(self) -> None:
        self._agreements = None

    def open(self) -> None:
        """Show the form."""
        code = self._session.codes.get(self.code_id or 0)
        if code is None:
            return
        for name, box in self.texts.items():
            box.setPlainText(getattr(code, name))
        self.key.setText(code.key)
        self.kind.setCurrentIndex(self.kind.findData(code.kind))
        self._choose(code.color)
        self._said.hide()
        self.agrees.hide()
        self._edit.hide()
        self._form.show()
        self.texts["description"].setFocus()

    def shut(self) -> None:
        """Leave the form as it was."""
        self._form.hide()
        self.show_code(self._session.codes.get(self.code_id or 0))

    def save(self) -> None:
        """Keep what the form says, in one undoable step."""
        code = self._session.codes.get(self.code_id or 0)
        if code is None:
            return
        key = self.key.text().strip().upper()
        taken = next((c.name for c in self._session.codes.values() if c.key.upper() == key and c.id != code.id), "")
        if key and (key in RESERVED or taken):
            by = f"“{taken}”" if taken else self.tr("the program")
            self._session.said.emit(self.tr("The key {0} belongs to {1}; choose another.").format(key, by))
            self.key.setFocus()
            return
        fields: dict[str, Any] = {name: box.toPlainText().strip() for name, box in self.texts.items()}
        fields |= {"key": key, "color": self._colour, "kind": CodeKind(self.kind.currentData())}
        self._form.hide()
        self._session.jobs.run(operations.describe_code, code.id, **fields)
        self.show_code(code)
