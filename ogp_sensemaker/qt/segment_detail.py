"""The reading pane: original beside English, codings, suggestion, memo and what was said around it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QPlainTextEdit, QWidget

from ogp_sensemaker.app import translating
from ogp_sensemaker.domain.coding import Coding, Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.coding_list import CodingList, Shown
from ogp_sensemaker.qt.context_list import ContextList
from ogp_sensemaker.qt.deciding import Decisions
from ogp_sensemaker.qt.parts import ElidedButton, beside, button, card, column, label, line, scrolled
from ogp_sensemaker.qt.recent_codes import RecentCodes
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.texts_pane import TextsPane
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store import rows
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.rows import Row


class SegmentDetail(QWidget):
    """Shows the session's current segment, whoever chose it."""

    def __init__(self, session: Session, decisions: Decisions) -> None:
        super().__init__()
        self.setObjectName("reading")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._decisions = session, decisions
        self._row: Row | None = None
        self.texts = TextsPane(session)
        self.original, self.english = self.texts.original, self.texts.english
        self.codings = CodingList()
        self.recent = RecentCodes(session, decisions)
        self.context = ContextList(session)
        self.memo = QPlainTextEdit()
        self._nothing = label(self.tr("Choose a comment to read it here."), "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QWidget()
        self._body.setObjectName("plain")
        self._fill(column(self._body, 4, 3))
        self._area = scrolled(self._body)
        layout = column(self, 0, 0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._nothing, 1)
        decisions.span, decisions.spent = self.texts.span, self.texts.clear_selections
        self.texts.approve_wanted.connect(self._on_approve)
        self.texts.edit_wanted.connect(self._on_edit)
        session.current_changed.connect(lambda _: self._turn())
        session.changed.connect(self._on_changed)
        session.codebook_changed.connect(self._show)
        session.closed.connect(self._turn)
        self._turn()

    # Building --------------------------------------------------------------------------------------

    def _fill(self, layout: QBoxLayout) -> None:
        self._where = label("", "overline", wrap=True)
        self._who = label("", "caption", wrap=True)
        self._about = ElidedButton("", "link", self._show_about)
        layout.addWidget(self._where)
        layout.addWidget(self._who)
        layout.addWidget(self._about)
        layout.addWidget(self.texts)
        layout.addWidget(self._suggestion())
        layout.addWidget(line())
        layout.addWidget(label(self.tr("CODES"), "overline"))
        layout.addWidget(self.codings)
        layout.addWidget(self.recent)
        layout.addWidget(line())
        layout.addWidget(label(self.tr("MEMO"), "overline"))
        self._set_up_memo()
        layout.addWidget(self.memo)
        self._others = label("", "caption", wrap=True)
        layout.addWidget(self._others)
        layout.addWidget(line())
        layout.addWidget(self.context)
        layout.addStretch(1)
        self.codings.stance_wanted.connect(self._stance)
        self.codings.chosen.connect(self._decisions.choose)
        self.codings.removed.connect(self._decisions.remove)

    def _suggestion(self) -> QFrame:
        self._suggested, layout = card(1, "suggestion")
        self._suggested_words = label("", "", wrap=True)
        layout.addWidget(self._suggested_words)
        row = beside()
        row.addWidget(
            button(
                self.tr("Accept"), self._decisions.accept, style="primary", tip=self.tr("Accept the suggestion (Enter)")
            )
        )
        row.addWidget(button(self.tr("Reject"), self._decisions.reject, tip=self.tr("Say that it does not fit (X)")))
        row.addStretch(1)
        layout.addLayout(row)
        return self._suggested

    def _set_up_memo(self) -> None:
        self.memo.setAccessibleName(self.tr("Memo"))
        self.memo.setPlaceholderText(
            self.tr("A thought of your own on this comment (E). Saved when you leave the box.")
        )
        self.memo.setTabChangesFocus(True)
        self.memo.setFixedHeight(theme.unit() * 18)
        self.memo.installEventFilter(self)

    # Showing ---------------------------------------------------------------------------------------

    def dress(self, settings: Settings) -> None:
        """Take the fonts of the settings."""
        self.texts.wear(theme.reading_font(settings))
        self._show()

    def _on_changed(self, changes: Changes) -> None:
        if self._session.is_open and changes.tables:
            self._show()

    def _turn(self) -> None:
        """Another comment: its words from the top, nothing selected."""
        self.keep_memo()
        self.texts.clear_selections()
        self._row = None
        self._show()
        self._area.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        current = self._session.current
        found = rows.page(self._session.project, [current]) if current is not None and self._session.is_open else []
        before, self._row = self._row, found[0] if found else None
        self._area.setVisible(self._row is not None)
        self._nothing.setVisible(self._row is None)
        if self._row is None:
            return
        self._show_head(self._row)
        self.texts.show_row(self._row)
        self._show_suggestion(self._row)
        self.codings.show_codings([self._shown(self._row, c) for c in self._row.codings])
        self.recent.mark({c.code_id for c in self._row.codings if c.coder_id == self._session.coder_id})
        self._show_memos(self._row.segment.id, fresh=before is None)
        self.context.show_around(self._row.segment)

    def _show_head(self, row: Row) -> None:
        segment = row.segment
        place = [f"#{segment.id}", segment.channel, f"{segment.source} {segment.locator}", segment.heading]
        self._where.setText("  ·  ".join(p for p in place if p.strip()))
        known = [
            f"{name.replace('_', ' ')}: {value}" for name, value in row.attributes.items() if value != segment.case
        ]
        who = [segment.case, *known, segment.occurred[:10]]
        if segment.valence:
            who.append(self.tr("marked as {0}").format(segment.valence))
        if segment.duplicate_of is not None:
            same = (
                self.tr("same words as #{0}")
                if segment.duplicate_kind == "exact"
                else self.tr("nearly the words of #{0}")
            )
            who.append(same.format(segment.duplicate_of))
        if row.cluster_number is not None:
            who.append(self.tr("cluster {0}").format(row.cluster_number))
        self._who.setText("  ·  ".join(w for w in who if w))
        self._who.setVisible(bool(self._who.text()))
        about = segment.about
        self._about.setVisible(about is not None and about in self._session.codes)
        if about is not None and about in self._session.codes:
            name = self._session.codes[about].name
            self._about.set_words(self.tr("Written under: {0}").format(name))
            self._about.setToolTip(self.tr("Show everything written under “{0}”").format(name))

    def _shown(self, row: Row, coding: Coding) -> Shown:
        text = row.segment.english if coding.side == "english" else row.segment.text
        words = text[coding.start : coding.end] if coding.side else ""
        code = self._session.codes.get(coding.code_id)
        return Shown(
            coding, code.name if code else "", self._session.path_of(coding.code_id),
            self._session.colour_of(coding.code_id), words if len(words) < 90 else f"{words[:88]} …",
            coding.coder_id == self._session.coder_id,
        )  # fmt: skip

    def _show_suggestion(self, row: Row) -> None:
        self._suggested.setVisible(bool(row.suggestions))
        if row.suggestions:
            code_id, confidence = row.suggestions[0]
            name = self._session.codes[code_id].name if code_id in self._session.codes else ""
            self._suggested_words.setText(self.tr("Suggested: {0} ({1} % sure)").format(name, round(confidence * 100)))

    def _show_memos(self, segment_id: int, fresh: bool) -> None:
        found = rows.memos_on(self._session.project, segment_id)
        mine = next((m.text for m in found if m.coder == self._session.coder), "")
        if fresh or not self.memo.hasFocus():
            self.memo.setProperty("segment", segment_id)
            self.memo.setProperty("kept", mine)
            self.memo.setPlainText(mine)
        others = [f"{m.coder}: {m.text}" for m in found if m.coder != self._session.coder]
        self._others.setText("\n".join(others))
        self._others.setVisible(bool(others))

    # Deciding --------------------------------------------------------------------------------------

    def _stance(self, code_id: int, stance: Stance) -> None:
        self._decisions.choose(code_id)
        self._decisions.stance(stance)

    def _show_about(self) -> None:
        if self._row is not None and self._row.segment.about is not None:
            self._session.show_comments(SegmentFilter(about=(self._row.segment.about,)))

    def _on_approve(self) -> None:
        if self._row is not None:
            self._session.jobs.run(translating.approve, [self._row.segment.id])

    def approve(self) -> None:
        """The English of this comment is right."""
        if self._row is not None and self._row.state == "machine":
            self._on_approve()

    def _on_edit(self) -> None:
        if self._row is not None:
            self._session.place_wanted.emit("translations")

    def keep_memo(self) -> None:
        """Save the memo, if it was changed."""
        text, kept = self.memo.toPlainText(), self.memo.property("kept")
        segment_id = self.memo.property("segment")
        if segment_id is not None and kept is not None and text.strip() != kept.strip() and self._session.is_open:
            self.memo.setProperty("kept", text)
            self._decisions.memo(text, segment_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.memo and event.type() is QEvent.Type.FocusOut:
            self.keep_memo()
        return super().eventFilter(watched, event)
