"""What a person prefers, taken over at once; the models on this computer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QTableWidgetItem, QWidget

from ogp_sensemaker import paths
from ogp_sensemaker.app.models import ModelState
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import card, column, label, scrolled, short
from ogp_sensemaker.qt.plain_table import PlainTable

if TYPE_CHECKING:
    from ogp_sensemaker.qt.main_window import MainWindow


class Preferences(QWidget):
    """No button to save: what is chosen is shown and kept."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self.setObjectName("page")
        self._window = window
        self.name = QLineEdit()
        self.language, self.direction, self.theme, self.font_box = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.font_size, self.reading = QSpinBox(), QSpinBox()
        self.warm = QCheckBox(self.tr("Load the models after the start, so that the first search does not wait"))
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setMaximumWidth(theme.unit() * 220)
        layout = column(inside, 4, 4)
        layout.addWidget(label(self.tr("Preferences"), "title"))
        layout.addWidget(self._person())
        layout.addWidget(self._look())
        layout.addWidget(self._models())
        layout.addStretch(1)
        column(self, 0, 0).addWidget(scrolled(inside))
        self._fill()
        self._connect()

    def _form(self, title: str) -> tuple[QWidget, QFormLayout]:
        box, outer = card(3)
        outer.addWidget(label(title, "heading"))
        form = QFormLayout()
        form.setVerticalSpacing(theme.unit() * 3)
        form.setHorizontalSpacing(theme.unit() * 6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        outer.addLayout(form)
        return box, form

    def _person(self) -> QWidget:
        box, form = self._form(self.tr("You"))
        self.name.setAccessibleName(self.tr("Your name"))
        form.addRow(self.tr("Decisions are recorded as"), self.name)
        form.addRow(
            "",
            label(
                self.tr("Counts from the next project that is opened; earlier decisions keep their name."),
                "caption",
                wrap=True,
            ),
        )
        return box

    def _look(self) -> QWidget:
        box, form = self._form(self.tr("Look"))
        self.language.addItem("English", "en")
        self.direction.addItem(self.tr("As the interface language runs"), "auto")
        self.direction.addItem(self.tr("Left to right"), "ltr")
        self.direction.addItem(self.tr("Right to left"), "rtl")
        self.theme.addItem(self.tr("As the system"), "auto")
        self.theme.addItem(self.tr("Light"), "light")
        self.theme.addItem(self.tr("Dark"), "dark")
        self.font_box.addItem(self.tr("The system's"), "")
        self.font_box.addItems([f for f in QFontDatabase.families() if not f.startswith(("@", "."))])
        for box_ in (self.font_size, self.reading):
            box_.setRange(0, 36)
            box_.setSpecialValueText(self.tr("as usual"))
            box_.setSuffix(" pt")
            box_.setMinimumWidth(theme.unit() * 36)
        rows = (
            (self.tr("Interface language"), self.language), (self.tr("Layout"), self.direction),
            (self.tr("Colours"), self.theme), (self.tr("Font"), self.font_box), (self.tr("Size"), self.font_size),
            (self.tr("Size of what you read"), self.reading),
        )  # fmt: skip
        for words, widget in rows:
            widget.setAccessibleName(words)
            form.addRow(words, widget)
        form.addRow(
            "",
            label(
                self.tr("Widths and heights follow another size of letters at the next start."), "caption", wrap=True
            ),
        )
        return box

    def _models(self) -> QWidget:
        box, outer = card(3)
        outer.addWidget(label(self.tr("Models on this computer"), "heading"))
        self.models = PlainTable(
            [
                self.tr("Name"),
                self.tr("For"),
                self.tr("Languages"),
                self.tr("Version"),
                self.tr("Licence"),
                self.tr("State"),
            ],
            stretch=0,
        )
        self.models.setAccessibleName(self.tr("Models"))
        self.models.setMinimumHeight(theme.unit() * 44)
        outer.addWidget(self.models.framed())
        outer.addWidget(self.warm)
        where = self.tr(
            "Translation packages (.argosmodel) are added under Translations (Shift+M there) and kept in {0}."
        )
        outer.addWidget(label(where.format(short(paths.user_models_dir())), "caption", wrap=True))
        return box

    def show_models(self, found: Sequence[ModelState]) -> None:
        """The models that there are."""
        lines = [
            [QTableWidgetItem(t) for t in (m.name, m.kind, m.languages, m.version, m.licence, m.state)] for m in found
        ]
        self.models.fill(lines, [m.name for m in found])

    def _fill(self) -> None:
        settings = self._window.settings
        self.name.setText(settings.name)
        self.name.setPlaceholderText(settings.coder)
        for box, value in (
            (self.language, settings.language),
            (self.direction, settings.direction),
            (self.theme, settings.theme),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.font_box.setCurrentIndex(max(0, self.font_box.findText(settings.font)) if settings.font else 0)
        self.font_size.setValue(settings.font_size)
        self.reading.setValue(settings.reading_size)
        self.warm.setChecked(settings.warm_models)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self.keep)
        for box in (self.language, self.direction, self.theme, self.font_box):
            box.activated.connect(lambda _: self.keep())
        for spin in (self.font_size, self.reading):
            spin.editingFinished.connect(self.keep)
        self.warm.toggled.connect(lambda _: self.keep())

    def keep(self) -> None:
        """Keep what the form says, and show it."""
        before = self._window.settings
        chosen = replace(
            before,
            name=self.name.text().strip(),
            language=str(self.language.currentData()),
            direction=str(self.direction.currentData()),
            theme=str(self.theme.currentData()),
            font=self.font_box.currentText() if self.font_box.currentIndex() > 0 else "",
            font_size=self.font_size.value(),
            reading_size=self.reading.value(),
            warm_models=self.warm.isChecked(),
        )
        if chosen != before:
            self._window.prefer(chosen)

    def arrive(self) -> None:
        """The place was opened."""
        self.name.setFocus()
