"""What the states of a translation, and the doubts about it, are called on the screen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from ogp_sensemaker.app.translating import Counts
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.store.translations import HumanTranslation, MachineTranslation

_STATES = {
    "machine": "machine",
    "edited": "written, not approved",
    "approved": "approved",
    "": "no English yet",
}
_REASONS = {
    "empty": "The model gave nothing back.",
    "repeats itself": "It says the same thing again and again.",
    "too short or too long": "It is far too short or too long: something was left out or made up.",
    "numbers differ": "The numbers are not those of the original.",
    "names lost": "Names of the original are not in it.",
    "source copied": "Much of the original stands in it untranslated.",
    "not English": "It does not look like English.",
    "all in capitals": "It is all in capitals, which the original is not.",
    "boilerplate": "It is a set phrase of web pages or subtitles, not a translation.",
    "model unsure": "The model itself was unsure.",
    "words the model does not know": "The original has words that the model never learned.",
    "second-best translation means something else": "The model's second choice says something quite different.",
    "draft model": "It is of a draft model, which is often wrong: read it for what it is about, no more.",
    "glossary term missing": "A term of the glossary is not in it as the glossary has it.",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("translations", text)


def state(name: str) -> str:
    """A state in words."""
    return _tr(_STATES.get(name, name))


def reason(flag: str, about: Sequence[str] = ()) -> str:
    """Why a translation should be looked at, with the numbers or names it is about."""
    sentence = _tr(_REASONS.get(flag, flag))
    if not about:
        return sentence
    lost = [a.removeprefix("−") for a in about if not a.startswith("+")]
    made = [a.removeprefix("+") for a in about if a.startswith("+")]
    parts = [_tr("missing: {0}").format(", ".join(lost))] if lost else []
    parts += [_tr("not in the original: {0}").format(", ".join(made))] if made else []
    return f"{sentence} ({'; '.join(parts)})"


def reasons(found: Mapping[str, Sequence[str]]) -> str:
    """A line for each reason."""
    return "\n".join(reason(flag, about) for flag, about in found.items())


def made_by(machine: MachineTranslation | None, human: HumanTranslation | None) -> str:
    """Who made the English that is shown, when, and who approved it."""
    if human is not None:
        parts = [_tr("{0}, {1}").format(human.coder, human.created[:10])]
        if human.approver:
            parts.append(_tr("approved by {0}, {1}").format(human.approver, human.approved[:10]))
        elif human.state == "approved":
            parts.append(_tr("approved"))
        else:
            parts.append(_tr("not approved"))
        return "  ·  ".join(parts)
    if machine is not None:
        sure = _tr("{0} % sure").format(round(100 * machine.score))
        remembered = [_tr("with sentences from the memory")] if machine.own else []
        name = machine.version.rpartition(" @")[0] or machine.version
        return "  ·  ".join([_tr("machine, nobody has looked yet"), name, sure, *remembered])
    return _tr("no English yet")


def left(counts: Sequence[Counts]) -> str:
    """How much is left to do, by language."""
    waiting = [
        f"{language_name(c.language)} {c.machine:,}"
        + (_tr(" ({0} doubtful)").format(f"{c.flagged:,}") if c.flagged else "")
        for c in counts
        if c.machine
    ]
    bare = [f"{language_name(c.language)} {c.none:,}" for c in counts if c.none]
    done = sum(c.approved for c in counts)
    parts = [_tr("Waiting for you: {0}.").format(", ".join(waiting))] if waiting else []
    parts += [_tr("No English yet: {0}.").format(", ".join(bare))] if bare else []
    parts += [_tr("Approved: {0}.").format(f"{done:,}")] if done else []
    return " ".join(parts) or _tr("Every comment is in English.")
