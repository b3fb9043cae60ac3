"""What a job yields between batches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of the work called `label`; `note` is a sentence for the analyst, or empty."""

    done: int
    total: int
    label: str
    note: str = ""
