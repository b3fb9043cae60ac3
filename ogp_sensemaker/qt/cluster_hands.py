"""What a person does to clusters by hand, each asked for where words are needed, and each one step to undo."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ogp_sensemaker.app import coding, regrouping
from ogp_sensemaker.domain.cluster import Cluster
from ogp_sensemaker.qt.asking import Asking
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters
from ogp_sensemaker.store.journal import Changes

Ask = Callable[[str, Callable[[int], None]], None]
Go = Callable[[int], None]


class Hands(QObject):
    """`go` is told which cluster to choose afterwards."""

    def __init__(self, session: Session, ask_code: Ask, owner: QWidget, go: Go) -> None:
        super().__init__(owner)
        self._session, self._ask_code, self._owner, self._go = session, ask_code, owner, go
        self._asking: Asking | None = None

    @property
    def asking(self) -> Asking:
        """The panel that asks; made when it is first needed, since it lies over the whole window."""
        if self._asking is None:
            self._asking = Asking(self._owner.window())
        return self._asking

    def _then(self, cluster_id: int) -> Callable[[Changes], None]:
        return lambda _: self._go(cluster_id)

    # Codes -----------------------------------------------------------------------------------------

    def accept(self, cluster: Cluster, code_id: int) -> None:
        """Code what nobody has coded of a cluster."""
        self._session.jobs.run(coding.assign_cluster, cluster.id, code_id, only_uncoded=True)

    def code(self, cluster: Cluster) -> None:
        """Code all of a cluster with a code to be chosen."""
        title = self.tr("Code all {0} comments of “{1}”").format(f"{cluster.size:,}", cluster.label)
        self._ask_code(title, lambda code: self._session.jobs.run(coding.assign_cluster, cluster.id, code))

    def code_these(self, wanted: Sequence[int]) -> None:
        """Code comments with a code to be chosen."""
        if wanted:
            title = self.tr("Code {0} comments").format(f"{len(wanted):,}")
            self._ask_code(title, lambda code: self._session.jobs.run(coding.code_segments, list(wanted), code))

    # Clusters --------------------------------------------------------------------------------------

    def rename(self, cluster: Cluster) -> None:
        """Ask for a name."""
        title = self.tr("What is cluster {0} to be called?").format(cluster.number)
        hint = self.tr("Enter keeps it; without a name its telling words are shown again: {0}").format(
            ", ".join(cluster.words[:4])
        )
        run = self._session.jobs.run
        self.asking.for_words(
            title,
            lambda name: run(regrouping.rename, cluster.id, name, then=self._then(cluster.id)),
            cluster.name,
            hint,
        )

    def merge(self, chosen: Sequence[Cluster]) -> None:
        """Ask which cluster takes the chosen ones in; several that are chosen come first in the list."""
        ids = {c.id for c in chosen}
        first = chosen if len(chosen) > 1 else ()
        others = [c for c in clusters.clusters(self._session.project) if c.id not in ids]
        names = " + ".join(f"“{c.label}”" for c in chosen[:3]) + (" …" if len(chosen) > 3 else "")
        parts = [c.id for c in chosen]
        self.asking.to_choose(
            self.tr("Merge {0} into which cluster?").format(names),
            lambda into: self._session.jobs.run(regrouping.merge, parts, into, then=self._then(into)),
            [(c.id, line(c)) for c in (*first, *others)],
            self.tr("It takes them in and keeps its name; Enter merges, Esc leaves them apart"),
        )

    def split(self, cluster: Cluster) -> None:
        """Ask into how many parts, or by which phrase."""

        def answered(words: str) -> None:
            jobs, text = self._session.jobs, words.strip()
            if text.isdecimal():
                jobs.run(regrouping.split, cluster.id, int(text), then=self._then(cluster.id))
            elif text:
                jobs.run(regrouping.split_by, cluster.id, text, then=self._then(cluster.id))

        self.asking.for_words(
            self.tr("Split “{0}”: into how many parts, or by which phrase?").format(cluster.label),
            answered,
            "2",
            self.tr(
                "A number divides it by what the comments say. A phrase makes a cluster of those that hold it, "
                "in the original or the English."
            ),
        )

    def move(self, wanted: Sequence[int]) -> None:
        """Ask into which cluster these comments are to go; they stay there in later runs."""
        if not wanted:
            return
        lines: list[tuple[int, str]] = [(0, self.tr("Into no cluster: they belong nowhere"))]
        lines += [(c.id, line(c)) for c in clusters.clusters(self._session.project)]
        ids = list(wanted)
        self.asking.to_choose(
            self.tr("Move {0} to which cluster?").format(self._many(ids)),
            lambda into: self._session.jobs.run(regrouping.move, ids, into or None),
            lines,
            self.tr("They stay there, whatever later runs find. Enter moves, Esc leaves them"),
        )

    def pin(self, cluster: Cluster, wanted: Sequence[int] | None) -> None:
        """Keep these comments (all of them unless given) where they are; those that all are kept are let go."""
        ids = list(wanted) if wanted else clusters.members(self._session.project, cluster.id)
        pinned = clusters.pins(self._session.project)
        run = self._session.jobs.run
        if all(pinned.get(id_) is not None for id_ in ids):
            run(regrouping.unpin, ids, then=self._then(cluster.id))
        else:
            run(regrouping.pin, cluster.id, wanted and ids, then=self._then(cluster.id))

    def dismiss(self, cluster: Cluster) -> None:
        """Say that a cluster is of no interest, or is after all."""
        self._session.jobs.run(regrouping.dismiss, cluster.id, not cluster.dismissed)

    def _many(self, wanted: Sequence[int]) -> str:
        return f"#{wanted[0]}" if len(wanted) == 1 else self.tr("{0} comments").format(f"{len(wanted):,}")


def line(cluster: Cluster) -> str:
    """A cluster on one line of a list."""
    return f"{cluster.number}  ·  {cluster.label}  ({cluster.size:,})"
