"""What a key press decides: turns it into one operation on the comments that are meant."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSettings, Signal

from ogp_sensemaker.app import bulk, coding
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import codings, rows, segments
from ogp_sensemaker.store.codings import Span

SLOTS = 9


class Decisions(QObject):
    """Every decision of the reading pane and the table goes through here to the one writer."""

    recent_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.span: Callable[[], Span | None] = lambda: None  # the words selected in the reading pane
        self.spent: Callable[[], None] = lambda: None  # … have been used
        self.active: tuple[int, int] | None = None  # (segment, code) that a stance is about, when one was chosen
        self.recent: dict[int, int] = {}  # number to code; a new one takes the place of the longest unused
        self._used: list[int] = []
        session.opened.connect(self._load_recent)
        session.codebook_changed.connect(self._check_recent)
        session.current_changed.connect(lambda _: self.choose(None))

    # Codes -----------------------------------------------------------------------------------------

    def apply(self, code_id: int) -> None:
        """Code the selected words, or the comments meant. What all of them have already is taken off again."""
        wanted = self._session.targets()
        if not wanted or code_id not in self._session.codes:
            return
        self._remember(code_id)
        span = self.span()
        jobs = self._session.jobs
        if span is not None and len(wanted) == 1:
            jobs.run(coding.code_segments, wanted, code_id, span=span)
            self.choose(code_id)
            self.spent()
        elif len(rows.coded_by(self._session.project, wanted, code_id, self._session.coder_id)) == len(wanted):
            jobs.run(coding.uncode_segments, wanted, code_id)
            self.choose(None)
        else:
            jobs.run(coding.code_segments, wanted, code_id)
            self.choose(code_id)

    def apply_recent(self, slot: int) -> None:
        """The code with this number, counted from 1."""
        if slot in self.recent:
            self.apply(self.recent[slot])

    def remove(self, coding_id: int) -> None:
        """Take one coding away."""
        self._session.jobs.run(coding.remove_coding, coding_id)

    def choose(self, code_id: int | None) -> None:
        """Say which code of the comment being read a stance is about."""
        current = self._session.current
        self.active = (current, code_id) if current is not None and code_id is not None else None

    # Stances ---------------------------------------------------------------------------------------

    def stance(self, stance: Stance) -> None:
        """Give the comments meant a stance; the one they all have already is taken away again."""
        pairs = self.pairs()
        if not pairs:
            self._session.said.emit(self.tr("Give it a code first: F finds one, or press the number of a recent one."))
            return
        found = codings.of_segments(self._session.project, [segment for segment, _ in pairs])
        mine = {
            (c.segment_id, c.code_id): c.stance
            for listed in found.values()
            for c in listed
            if c.coder_id == self._session.coder_id
        }
        has_it = all(mine.get(pair) is stance for pair in pairs)
        self._session.jobs.run(bulk.set_stances, pairs, None if has_it else stance)

    def concern(self) -> None:
        """Mark what the comments meant say as a concern, or no longer."""
        pairs = self.pairs()
        if not pairs:
            self._session.said.emit(self.tr("Give it a code first: F finds one, or press the number of a recent one."))
            return
        found = codings.of_segments(self._session.project, [segment for segment, _ in pairs])
        wanted = set(pairs)
        has_it = [c.concern for listed in found.values() for c in listed if (c.segment_id, c.code_id) in wanted]
        self._session.jobs.run(bulk.set_concern, pairs, not (has_it and all(has_it)))

    def pairs(self) -> list[tuple[int, int]]:
        """(segment, code) that a stance is about: the code chosen, the latest, what is suggested or answered."""
        wanted = self._session.targets()
        if self.active is not None and wanted == [self.active[0]]:
            return [self.active]
        project = self._session.project
        found = dict(rows.latest_codes(project, wanted, self._session.coder_id))
        left = [id_ for id_ in wanted if id_ not in found]
        found |= dict(rows.top_suggestions(project, left))
        if len(wanted) == 1 and not found:
            about = segments.get(project, wanted[0]).about
            found = {wanted[0]: about} if about is not None else {}
        return sorted(found.items())

    # Suggestions -----------------------------------------------------------------------------------

    def accept(self) -> None:
        """Confirm the strongest suggestion on each of the comments meant."""
        pairs = self._suggested()
        if pairs:
            self._session.jobs.run(coding.accept_suggestions, pairs)
            if len(pairs) == 1:
                self._remember(pairs[0][1])

    def reject(self) -> None:
        """Say that the strongest suggestion does not fit."""
        pairs = self._suggested()
        if pairs:
            self._session.jobs.run(coding.reject_suggestions, pairs)

    def _suggested(self) -> Sequence[tuple[int, int]]:
        pairs = rows.top_suggestions(self._session.project, self._session.targets())
        if not pairs:
            self._session.said.emit(self.tr("There is no suggestion here to decide on."))
        return pairs

    # The rest --------------------------------------------------------------------------------------

    def memo(self, text: str, segment_id: int) -> None:
        """Write a memo on a comment."""
        self._session.jobs.run(coding.write_memo, text, segment_id=segment_id)

    def undo(self) -> None:
        """Take back the latest decision."""
        from ogp_sensemaker.app import history

        self._session.jobs.run(history.undo)

    def redo(self) -> None:
        """Take back the latest undo."""
        from ogp_sensemaker.app import history

        self._session.jobs.run(history.redo)

    # Recent codes ----------------------------------------------------------------------------------

    def _key(self) -> str:
        return f"recent/{self._session.path.name if self._session.path else ''}"

    def _load_recent(self) -> None:
        self._used = [int(n) for n in str(QSettings().value(self._key(), "")).split() if n.isdigit()]
        self.recent = {}
        self._check_recent()

    def _check_recent(self) -> None:
        """Codes with a number of their own have it for good; then the directions, then what was used."""
        codes = self._session.codes
        own = {int(c.key): id_ for id_, c in codes.items() if c.key.isdigit() and 1 <= int(c.key) <= SLOTS}
        kept = {slot: id_ for slot, id_ in self.recent.items() if id_ in codes and slot not in own}
        self.recent = {**kept, **own}
        directions = [id_ for id_, code in codes.items() if code.kind is CodeKind.DIRECTION]
        for id_ in (*self._used, *directions):
            free = [slot for slot in range(1, SLOTS + 1) if slot not in self.recent]
            if free and id_ in codes and id_ not in self.recent.values() and not codes[id_].key:
                self.recent[free[0]] = id_
        self.recent_changed.emit()

    def _remember(self, code_id: int) -> None:
        self._used = [*(id_ for id_ in self._used if id_ != code_id), code_id][-2 * SLOTS :]
        QSettings().setValue(self._key(), " ".join(str(id_) for id_ in self._used))
        codes = self._session.codes
        if code_id in self.recent.values() or codes[code_id].key:
            return
        free = [slot for slot in range(1, SLOTS + 1) if slot not in self.recent]
        age = {id_: n for n, id_ in enumerate(self._used)}
        others = [slot for slot, id_ in self.recent.items() if not codes[id_].key.isdigit()]
        if free or others:
            slot = free[0] if free else min(others, key=lambda slot: age.get(self.recent[slot], -1))
            self.recent[slot] = code_id
            self.recent_changed.emit()
