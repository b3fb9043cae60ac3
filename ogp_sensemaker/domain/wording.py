"""The scale from a number to words, as the published report uses it."""

from collections.abc import Sequence

# Read off the tables and takeaways of the Phase 2 report: 0.82 "very strong", 0.60 to 0.76 "strong",
# 0.455 to 0.58 "significant", anything above 0 "support". A project may hold its own.
DEFAULT_SCALE: tuple[tuple[float, str], ...] = (
    (0.80, "very strong support"),
    (0.60, "strong support"),
    (0.455, "significant support"),
    (0.0, "support"),
)
NO_SUPPORT = "no net support"
OPPOSED = "net opposition"


def wording(mean: float | None, scale: Sequence[tuple[float, str]] = DEFAULT_SCALE) -> str:
    """The words for a mean in -1..1; "" for None.

    Thresholds are reached from below (0.60 is strong), except the last: support is more than 0.
    """
    if mean is None:
        return ""
    for threshold, words in scale:
        if mean > 0 if threshold == 0 else mean >= threshold - 1e-9:
            return words
    return OPPOSED if mean < 0 else NO_SUPPORT
