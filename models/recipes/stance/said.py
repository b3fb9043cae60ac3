"""How people in meetings say yes, no and "it depends" outright: words around texts, and targets turned into answers.

The notes of this recipe argue without such words, on purpose. Real notes often have both, so an epoch sees some of the
notes behind a word that fits their label, and some targets as somebody's whole answer.
"""

import random
import re

SPEAKERS = (
    "RG",
    "DP",
    "KA",
    "MT",
    "Lena",
    "the colleague from Chile",
    "GOV2",
    "table 3",
    "her",
    "the previous speaker",
)
AROUND = (
    (
        "agree w/ {who}: {text}", "+1, {text}", "in favour. {text}", "yes! {text}", "thumbs up. {text}",
        "I support this. {text}",
        "exactly what {who} said. {text}", "full support from my side: {text}", "good idea, {text}", "{text} So yes.",
        "{text} (several nodding)", "{text} - lots of thumbs up", "absolutely. {text}",
        "counter to {who}: it is needed. {text}",
    ),
    (
        "disagree. {text}", "not in favour. {text}", "I'd oppose it: {text}", "no. {text}", "against. {text}",
        "not convinced, {text}",
        "disagree w/ {who}: {text}", "rather not. {text}", "bad idea, {text}",
        "we would not support this. {text}", "{text} So no.",
        "{text} (several shaking heads)", "counter to {who}: {text}", "sorry, no: {text}", "strange idea. {text}",
        "no need. {text}",
    ),
    (
        "depends. {text}", "in between: {text}", "yes, but {text}", "ok but {text}", "as a compromise: {text}",
        "careful: {text}",
        "with a condition: {text}", "could live with it, {text}", "agree in part. {text}", "{text} No consensus.",
        "maybe: {text}",
    ),
)  # fmt: skip
# {this} is the target, {other} another one of the same form.
ANSWERS = {
    "do": (
        (
            "yes, {this}", "{this}: yes please", "we should {this}", "time to {this}", "in favour: {this}",
            "rather {this} than {other}",
            "{this}, not {other}", "{other} no, {this} yes", "better {this} instead of {other}",
            "not {other}, but {this}",
        ),
        (
            "please don't {this}", "we should not {this}", "{this}? no", "no need to {this}",
            "against it, do not {this}",
            "rather {other} than {this}", "{other}, not {this}", "{other} yes, {this} no",
            "better {other} instead", "rather {other}",
            "{other} instead of that", "help people to {other} instead", "rather not {this}", "no reason to {this}",
        ),
        (
            "{this}: depends", "{this}, but not yet and not everywhere", "could explore how to {this}",
            "{this} only where it is asked for",
            "{this} as a compromise, in small steps", "no agreement whether to {this}",
            "{this} and {other} in equal parts",
        ),
    ),
    "thing": (
        (
            "{this}: yes", "{this} would help us", "{this}, I'd love that", "{this} yes, {other} no",
            "{this} instead of {other}",
            "we need {this}", "rather {this} than {other}", "+1 to {this}", "{this} - popular idea, many hands up",
        ),
        (
            "{this}: no", "no need for {this}", "{other} yes, {this} no", "{other} instead of {this}",
            "rather {other}", "rather {other} than {this}",
            "we don't want {this}", "not {this}, please", "{this} is not for us", "{this}... strange concept",
        ),
        (
            "{this} ok, but not everywhere", "{this}: depends who pays", "{this} maybe, a small one",
            "{this} and {other} side by side",
            "no consensus on {this}", "{this} only for those who ask",
        ),
    ),
}  # fmt: skip
SHOULD = (
    ("yes, {this}", "agree that {this}", "{must}, full stop", "{this} - nearly unanimous", "I'd say {this}"),
    (
        "{not_}", "disagree that {this}", "I'd oppose that {this}", "who says that {this}? no need",
        "{not_}, I'm against it",
        "nobody here thinks that {this}",
    ),
    ("{could}, step by step", "no agreement whether {this}", "{this}, but only under conditions", "{could} some day"),
)  # fmt: skip


def around(text: str, label: int, rng: random.Random) -> str:
    """The text with a word of its side (0 for, 1 against, 2 mixed) before or behind it."""
    form = rng.choice(AROUND[label])
    return form.format(text=text, who=rng.choice(SPEAKERS))


def form_of(target: str) -> str:
    """How a target is put: a statement with "should", a thing, something to do, or "" for anything else."""
    if len(re.findall(r"\bshould\b", target)) == 1 and not re.search(r"\b(?:not|no|never|only)\b", target):
        return "should"
    if re.search(r"\b(?:is|are|has|have|must|can|will|should|needs?|does|makes?|not|no|never|only)\b", target):
        return ""
    first = target.split(maxsplit=1)[0]
    if first in ("A", "An"):
        return "thing"
    return "" if first in ("The", "Our", "All", "Every", "Each") or first.endswith("s") else "do"


def lowered(target: str) -> str:
    """The target within a sentence; "AI registers" stays as it is."""
    return target if re.match(r"[A-Z][A-Z0-9]", target) else target[:1].lower() + target[1:]


def answer(target: str, label: int, others: list[str], rng: random.Random) -> str:
    """The target as somebody's whole answer of a side; `others` are targets of the same form."""
    this = lowered(target)
    kind = form_of(target)
    if kind == "should":
        turned = {"not_": "should not", "must": "must", "could": "could"}
        forms = {name: re.sub(r"\bshould\b", words, this) for name, words in turned.items()}
        text = rng.choice(SHOULD[label]).format(this=this, **forms)
    else:
        other = rng.choice(others)
        text = rng.choice(ANSWERS[kind][label]).format(this=this, other=lowered(other))
    return text[:1].upper() + text[1:] if rng.random() < 0.3 else text
