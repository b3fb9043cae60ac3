"""The scale from a number to words, as the published report uses it."""

from collections.abc import Sequence

# Read off the tables and takeaways of the Phase 2 report: 0.80 to 1 "very strong", 0.60 to 0.76 "strong", 0.46 to
# 0.58 "significant", 0.45 and less "support". (It once calls 0.30 "significant", and in the next line "support".)
# A project may hold its own.
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

    What is judged is the mean as it is printed, with two decimals, so that words and table agree: the report calls
    0.7978, printed as 0.80, very strong. Thresholds are reached from below (0.60 is strong), except 0: support is more.
    """
    if mean is None:
        return ""
    printed = round(mean, 2)
    for threshold, words in scale:
        if printed > 0 if threshold == 0 else printed >= threshold:
            return words
    return OPPOSED if printed < 0 else NO_SUPPORT
