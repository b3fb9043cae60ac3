"""The places of the window, by name."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ogp_sensemaker.qt.segment_view import SegmentView
from ogp_sensemaker.qt.start_view import StartView

if TYPE_CHECKING:
    from ogp_sensemaker.qt.cluster_view import ClusterView
    from ogp_sensemaker.qt.contested_view import ContestedView
    from ogp_sensemaker.qt.export_panel import ExportPanel
    from ogp_sensemaker.qt.figures import Figures
    from ogp_sensemaker.qt.find_issue import FindIssue
    from ogp_sensemaker.qt.findings_view import FindingsView
    from ogp_sensemaker.qt.history_panel import HistoryPanel
    from ogp_sensemaker.qt.import_panel import ImportPanel
    from ogp_sensemaker.qt.issue_form import IssueForm
    from ogp_sensemaker.qt.main_window import MainWindow
    from ogp_sensemaker.qt.map_view import MapView
    from ogp_sensemaker.qt.preferences import Preferences
    from ogp_sensemaker.qt.translation_view import TranslationView


class Places:
    """The start and the comments are made with the window; the rest when the window is there, or is asked for."""

    # Made later; `__getattr__` goes by these names.
    translations: "TranslationView"
    clusters: "ClusterView"
    figures: "Figures"
    issue_form: "IssueForm"
    issue_finder: "FindIssue"
    contested: "ContestedView"
    map: "MapView"
    findings: "FindingsView"
    history: "HistoryPanel"
    import_: "ImportPanel"
    export: "ExportPanel"
    preferences: "Preferences"

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._session = window, window.session
        self.furnished = False
        self.start = StartView(window)
        self.comments = SegmentView(window.session)
        self.comments.code_wanted.connect(window.find_code)
        self.comments.attach_wanted.connect(window.attach_to_issue)
        self.by_name: dict[str, QWidget] = {"start": self.start, "comments": self.comments}

    def __getattr__(self, name: str) -> object:
        if name not in Places.__annotations__ or self.furnished:
            raise AttributeError(name)
        self.furnish()
        return getattr(self, name)

    def furnish(self) -> None:
        """Make what is not there yet."""
        if self.furnished:
            return
        self.furnished = True
        from ogp_sensemaker.qt.cluster_view import ClusterView
        from ogp_sensemaker.qt.contested_view import ContestedView
        from ogp_sensemaker.qt.export_panel import ExportPanel
        from ogp_sensemaker.qt.figures import Figures
        from ogp_sensemaker.qt.find_issue import FindIssue
        from ogp_sensemaker.qt.findings_view import FindingsView
        from ogp_sensemaker.qt.history_panel import HistoryPanel
        from ogp_sensemaker.qt.import_panel import ImportPanel
        from ogp_sensemaker.qt.issue_form import IssueForm
        from ogp_sensemaker.qt.map_view import MapView
        from ogp_sensemaker.qt.preferences import Preferences
        from ogp_sensemaker.qt.translation_view import TranslationView

        window, session = self._window, self._session
        self.translations = TranslationView(session)
        self.clusters = ClusterView(session, window.ask_code, window.decisions.accept)
        self.figures = Figures(session)
        self.issue_form = IssueForm(session, window)
        self.issue_finder = FindIssue(session, window)
        self.contested = ContestedView(session, window.decisions, self.figures, self.issue_form)
        self.map = MapView(session)
        self.map.cluster_chosen.connect(self.clusters.go_to)
        self.map.cluster_wanted.connect(self._show_cluster)
        self.findings = FindingsView(session, self.figures)
        self.history = HistoryPanel(session)
        self.import_ = ImportPanel(session)
        self.import_.machines_wanted.connect(window.run_machines)
        self.export = ExportPanel(session)
        self.preferences = Preferences(window)
        later: dict[str, QWidget] = {
            "translations": self.translations, "clusters": self.clusters, "contested": self.contested,
            "findings": self.findings, "history": self.history, "map": self.map, "import": self.import_,
            "export": self.export, "preferences": self.preferences,
        }  # fmt: skip
        self.by_name |= later
        for name, widget in later.items():
            window.house(name, widget)
        self.translations.dress(window.settings)

    def _show_cluster(self, cluster_id: int) -> None:
        self._session.place_wanted.emit("clusters")
        self.clusters.go_to(cluster_id)

    def get(self, name: str) -> QWidget:
        """The widget of a place; Comments for a name that is none."""
        if name not in self.by_name:
            self.furnish()
        return self.by_name.get(name, self.comments)
