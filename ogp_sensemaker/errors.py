"""What can go wrong that an analyst can understand and act on."""


class SensemakerError(Exception):
    """The analyst's error: its message is shown as written, and says what, where and what to do."""


class ProjectError(SensemakerError):
    """The project file cannot be used as asked (newer, locked, damaged, read-only, disk full)."""


class ImportProblem(SensemakerError):
    """A file could not be brought in; nothing of it was written.

    `file` is its name, `row` the row as a spreadsheet counts it (the heading is row 1), where there is one.
    """

    def __init__(self, message: str, file: str = "", row: int | None = None) -> None:
        where = file + (f", row {row}" if row is not None else "")
        super().__init__(f"{where}: {message}" if where else message)
        self.file = file
        self.row = row


class ModelMissing(SensemakerError):
    """A trained model that this step needs is not there, or is not the one it should be."""


class NotFound(SensemakerError):
    """A segment, code, cluster or action that was named does not exist."""
