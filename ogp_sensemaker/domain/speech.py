"""Who speaks in a line of event notes: `MK (CSO, Kenya): …`, `LM: …`, `GOV2: …`."""

import re

# A short name in capitals, perhaps with a role in brackets, then a colon (French puts a space before it).
_SPEAKER = re.compile(
    r"""^\s*(?:[-–—•*·>]\s*)*\**            # the mark of a bullet, bold
    (?P<name>(?:[^\W\d_]\.?){1,4}\d{0,3}|[^\W\d_]{2,6}\d{1,3})
    (?:\s*\((?P<role>[^()]{2,80})\))?
    \**\s?:\**\s+""",
    re.VERBOSE,
)


def without_speaker(text: str) -> str:
    """`text` without the speaker it begins with; unchanged where it begins with none.

    A small word such as “so:” is no speaker: without a role in brackets the name has to be in capitals.
    """
    found = _SPEAKER.match(text)
    if found is None or (found["role"] is None and not found["name"].isupper()):
        return text
    return text[found.end() :] or text
