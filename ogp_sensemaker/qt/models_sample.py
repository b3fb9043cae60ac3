"""The same comments translated by two models, side by side; nothing is written to the project."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QSpinBox, QTableWidgetItem

from ogp_sensemaker.app import models
from ogp_sensemaker.app.models import Attempt, Translator
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import runs_right_to_left
from ogp_sensemaker.qt.parts import beside, button, card, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.translation_words import reason
from ogp_sensemaker.store import segments, translations

MOST, USUAL = 50, 10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute


class SampleBox(QFrame):
    """Two models to choose, how many comments, and what came out."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: Sequence[Translator] = ()
        self.first, self.second, self.count = QComboBox(), QComboBox(), QSpinBox()
        self.first.setAccessibleName(self.tr("First model"))
        self.second.setAccessibleName(self.tr("Second model"))
        self.count.setAccessibleName(self.tr("How many comments"))
        self.count.setRange(1, MOST)
        self.count.setValue(USUAL)
        self.count.setMinimumWidth(theme.unit() * 16)
        for models_box in (self.first, self.second):
            models_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            models_box.setMinimumWidth(theme.unit() * 50)
        box, inside = card(2)
        inside.addWidget(label(self.tr("Side by side"), "heading"))
        inside.addWidget(
            label(
                self.tr("Translates the first comments of the language with both. Nothing is written."),
                "caption",
                wrap=True,
            )
        )
        row = beside(None, 0, 2)
        self.go = button(self.tr("Translate a sample"), self.run, style="primary")
        for widget in (self.first, self.second, self.count, self.go):
            row.addWidget(widget)
        row.addStretch(1)
        inside.addLayout(row)
        self.table = PlainTable([self.tr("Original"), "", ""], stretch=0, lines=4)
        self.table.setAccessibleName(self.tr("The sample"))
        self._frame = self.table.framed()
        self._told = label("", "caption", wrap=True)
        inside.addWidget(self._told)
        inside.addWidget(self._frame, 1)
        inside.addStretch(0)
        column(self, 0, 0).addWidget(box)
        self._frame.setMinimumHeight(theme.unit() * 70)
        self._frame.hide()
        self.first.currentIndexChanged.connect(lambda _: self._fill_second())

    def offer(self, known: Sequence[Translator]) -> None:
        """The models to choose from."""
        self._known = known
        before = self.first.currentData()
        self.first.blockSignals(True)
        self.first.clear()
        for model in known:
            self.first.addItem(f"{model.name}  ({model.source} → {model.target})", model.name)
        self.first.setCurrentIndex(max(0, self.first.findData(before)))
        self.first.blockSignals(False)
        self.setVisible(bool(known))
        self._fill_second()

    def _fill_second(self) -> None:
        chosen = next((m for m in self._known if m.name == self.first.currentData()), None)
        self.second.clear()
        self.second.addItem(self.tr("no second one"), "")
        for model in self._known:
            if chosen and model.name != chosen.name and (model.source, model.target) == (chosen.source, chosen.target):
                self.second.addItem(model.name, model.name)
        self.second.setCurrentIndex(min(1, self.second.count() - 1))

    def run(self) -> None:
        """Translate a sample."""
        chosen = next((m for m in self._known if m.name == self.first.currentData()), None)
        if chosen is None:
            return
        project = self._session.project
        ids = translations.worklist(project, None, chosen.source)[: self.count.value()]
        texts = [s.text for s in segments.page(project, ids)]
        self._told.setText("" if texts else self.tr("The project has no comment in this language."))
        names = [name for name in (chosen.name, self.second.currentData()) if name]
        attempts: list[list[Attempt]] = []
        if texts:
            self._session.jobs.start(
                self.tr("Try models"),
                lambda _project: models.try_out(texts, chosen.source, names, attempts, chosen.target),
                then=lambda _complete: self._show(texts, chosen.source, names, attempts),
            )

    def _show(self, texts: Sequence[str], language: str, names: Sequence[str], attempts: list[list[Attempt]]) -> None:
        self.table.setHorizontalHeaderLabels([self.tr("Original"), *names, *[""] * (2 - len(names))])
        self.table.setColumnHidden(2, len(names) < 2)
        lines = []
        for text, row in zip(texts, attempts, strict=False):
            items = [QTableWidgetItem(text), *(self._item(attempt) for attempt in row)]
            items += [QTableWidgetItem("")] * (3 - len(items))
            items[0].setTextAlignment(_RIGHT if runs_right_to_left(text, language) else _LEFT)
            lines.append(items)
        self._frame.setVisible(bool(lines))
        self.table.fill(lines, list(range(len(lines))))
        share = max(self.table.viewport().width(), 600) // (1 + len(names))
        for place in (1, 2):
            self.table.setColumnWidth(place, share)
        doubtful = [sum(bool(row[n].flags) for row in attempts) for n in range(len(names))]
        each = ", ".join(
            self.tr("{0}: {1} of {2} doubtful").format(name, number, len(attempts))
            for name, number in zip(names, doubtful, strict=True)
        )
        self._told.setText(each)

    def _item(self, attempt: Attempt) -> QTableWidgetItem:
        doubt = f"\n⚠ {', '.join(attempt.flags)}" if attempt.flags else ""
        item = QTableWidgetItem(attempt.english + doubt)
        item.setTextAlignment(_LEFT)
        item.setToolTip("\n".join([attempt.english, *(reason(flag) for flag in attempt.flags)]))
        return item
