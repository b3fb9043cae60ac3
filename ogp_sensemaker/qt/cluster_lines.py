"""The lines of the tables under Clusters: clusters, what changed since the last run, candidates for new ideas."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QTableWidgetItem

from ogp_sensemaker.app.groups_shown import HOLDS, MOSTLY, Candidate, Group
from ogp_sensemaker.domain.cluster import RunChange
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.recent_codes import spot
from ogp_sensemaker.qt.session import Session


def tr(text: str) -> str:
    """Translated in the context of clusters."""
    return QCoreApplication.translate("ClusterView", text)


def group_line(session: Session, group: Group) -> list[QTableWidgetItem]:
    """A cluster: number, name or words, size, what is left to code, how it holds together, what is suggested."""
    cluster = group.cluster
    words = ", ".join(cluster.words)
    called = QTableWidgetItem(f"{cluster.name}  ·  {words}" if cluster.name else words)
    called.setToolTip(called.text())
    holds = QTableWidgetItem("" if cluster.stability is None else f"{round(100 * cluster.stability)} %")
    holds.setToolTip(_holds(cluster.stability))
    best = QTableWidgetItem("")
    if group.suggested:
        code_id, n = group.suggested[0]
        code = session.codes.get(code_id)
        best.setText(f"{round(100 * n / max(1, cluster.size))} %  {code.name if code else ''}")
        best.setIcon(_spot(session.colour_of(code_id)))
        best.setToolTip(session.path_of(code_id))
    line = [
        QTableWidgetItem(str(cluster.number)), called, QTableWidgetItem(f"{cluster.size:,}"),
        QTableWidgetItem(f"{group.uncoded:,}"), holds, best,
    ]  # fmt: skip
    if cluster.dismissed:
        called.setText(f"{called.text()}  ({tr('dismissed')})")
        for item in line:
            item.setForeground(QColor(theme.current().faint))
    elif cluster.pinned:
        called.setToolTip(f"{called.toolTip()}\n{tr('{0} pinned by people').format(cluster.pinned)}")
    return line


def _spot(colour: QColor) -> QIcon:
    """A spot of colour that stays so on the line that is chosen."""
    picture = spot(colour)
    found = QIcon(picture)
    found.addPixmap(picture, QIcon.Mode.Selected)
    return found


def _holds(stability: float | None) -> str:
    if stability is None:
        return tr("Made by people, or too small to say how well it holds together")
    if stability >= HOLDS:
        return tr("Holds together well")
    return tr("Holds together") if stability >= MOSTLY else tr("Loose: look before you code it as a whole")


def change_line(change: RunChange) -> list[QTableWidgetItem]:
    """What became of a cluster."""
    sentence = QTableWidgetItem(f"{change.sentence}.")
    sentence.setToolTip(sentence.text())
    return [QTableWidgetItem(change.kind.capitalize()), sentence]


def candidate_line(candidate: Candidate) -> list[QTableWidgetItem]:
    """Comments that fit no code."""
    cluster = candidate.cluster
    if cluster is None:
        words = QTableWidgetItem(tr("Alone: in no cluster"))
        size = QTableWidgetItem("")
    else:
        words = QTableWidgetItem(f"{cluster.number}  ·  {cluster.label}")
        size = QTableWidgetItem(tr("of {0}").format(f"{cluster.size:,}"))
    words.setToolTip(words.text())
    return [words, QTableWidgetItem(f"{len(candidate.segments):,}"), size]


def keys_of(candidates: Sequence[Candidate]) -> list[int]:
    """The cluster behind each line; 0 for comments that are in none."""
    return [c.cluster.id if c.cluster else 0 for c in candidates]
