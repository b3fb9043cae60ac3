"""Words by which people in consultations voice support, opposition, concerns and suggestions, by spaCy's Matcher."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ogp_sensemaker.domain.speech import without_speaker

_ENDS = frozenset(".!?:;-–—>→•")  # after these a sentence or an item of notes begins

# Each line is one pattern: words as they stand, "/" between forms of one word, "*" for up to three words between.
SUPPORT = """
support/supports/supported/supporting/supportive
agree/agrees/agreed
in favour/favor
good/great/excellent/fine/useful/nice/right idea/step/thing/direction/point/start/move
welcome/welcomed/welcomes
yes
definitely
absolutely
very/really/much/most/more useful/helpful/needed/important/valuable
i/we would/'d love/like
i/we like/liked/love
the best/first thing
works/worked/helps/helped well/us/them
i/we would fund
sounds good/great
"""
OPPOSE = """
should/must/can/could/would/do/does/did/will/is/are not support/agree/want/need/help/work/be
should/must/can/could/would/do/does/did/will/is/are n't support/agree/want/need/help/work/be
shouldn't/don't/doesn't/won't support/agree/want/need/help/work/be
not in favour/favor
not a good idea/way/option/time
no need
against
oppose/opposes/opposed
disagree/disagrees/disagreed
reject/rejects/rejected
bad/wrong/terrible/dangerous idea/way/step/direction
unnecessary/pointless/useless/harmful/counterproductive
instead of
waste of
makes/make no sense
leave * alone/voluntary/open/out
stop/drop/scrap this/that/it/the
"""
CONCERN = """
concern/concerns/concerned/concerning
worry/worries/worried/worrying
risk/risks/risky/risking
fear/fears/afraid
danger/dangers/dangerous
careful/cautious/caution/cautiously
unclear/unsure/uncertain
unless
only if
not enough
too much/many/long/short/few/little/heavy/big/early/late/complicated/complex/rigid/strict/weak/slow/soft
lack/lacks/lacking of
burden/burdens/overload/overloaded/overburden
undermine/undermines/undermining
backfire/backfires
expense of
at the cost
nobody/no one/none * will/knows/has/reads/uses/pays
who * will/would/is/pays/decides/reads/checks/controls
cannot/can't/can not
problem/problems/problematic
difficult/difficulty/difficulties/hard/impossible
lose/loses/losing/loss
capture/co-option/cooption
box-ticking/tick-box/tokenism/window-dressing
fatigue
expensive/costly
without
otherwise
"""
HEDGE = """
but
however
although/though
yet
still
on the other hand
depends/depending
as long as
provided that
so long as
only if
unless
while i/we
not sure
hesitant/sceptical/skeptical/reservations/caveat/caveats
"""
SUGGESTION = """
should/shall/ought
could
suggest/suggests/suggested/suggestion/suggestions
propose/proposes/proposed/proposal
recommend/recommends/recommended/recommendation
why not
how/what about
would be good/better/best/useful/helpful/great/nice
need/needs/needed to/a/an/more/some/better/clear
not covered/mentioned/included/listed
nothing here/in/on/about
no word/mention on/of/about
is/are missing
please
let us
let 's
consider/considering
ask for/asks for
start/begin with/by/small
i/we would/'d like/want/prefer/add
better to
make/keep/give/add/build/create/use/offer/publish/invite/call/pair/train/share it/the/a/an/more/all/every/them/sure
"""
# Verbs that ask for something where a remark or sentence begins with them: "Translate everything".
ASKING = """
add adopt allow apply ask avoid bring build call choose close combine connect cover create cut decide define develop
encourage ensure establish explain extend find focus fund give group help improve include increase introduce invest
invite involve keep lead leave let limit link make map measure open organise organize pick pilot prepare prioritise
promote propose protect provide publish push put raise recognise recognize reduce remove replace require reward send
set share show simplify start stop strengthen support teach test train translate treat try use work write
"""
_KINDS = {"support": SUPPORT, "oppose": OPPOSE, "concern": CONCERN, "hedge": HEDGE, "suggestion": SUGGESTION}


@dataclass(frozen=True, slots=True)
class Cues:
    """What a text's words show. `words` holds the words that show it, in the order of the text."""

    support: bool = False
    oppose: bool = False
    concern: bool = False
    hedge: bool = False
    suggestion: bool = False
    words: tuple[str, ...] = ()

    @property
    def mixed(self) -> bool:
        """The usual form of a reservation: "support, but with a concern"."""
        return self.support and self.hedge and (self.concern or self.oppose)


def cues(texts: Sequence[str]) -> list[Cues]:
    """The cues of English texts, one record each in their order."""
    pipeline, matcher = _matcher()
    found = []
    for doc in pipeline.pipe([without_speaker(text) for text in texts]):
        matches = sorted(_standing(doc, matcher(doc)), key=lambda m: (m[1], m[2]))
        kinds = {doc.vocab.strings[key] for key, _, _ in matches}
        if "oppose" in kinds:
            kinds -= _negated_support(doc, matches)
        words = dict.fromkeys(doc[start:end].text for _, start, end in matches)
        found.append(Cues(**dict.fromkeys(kinds, True), words=tuple(words)))
    return found


def _standing(doc: Any, matches: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The matches that hold where they stand: verbs that ask do so only where a sentence begins."""
    asking, suggestion = doc.vocab.strings["asking"], doc.vocab.strings["suggestion"]
    kept = []
    for key, start, end in matches:
        if key != asking:
            kept.append((key, start, end))
        elif start == 0 or doc[start - 1].text in _ENDS:
            kept.append((suggestion, start, end))
    return kept


def _negated_support(doc: Any, matches: Sequence[tuple[int, int, int]]) -> set[str]:
    """{"support"} if every word of support lies within a phrase against ("do not support")."""
    name = doc.vocab.strings
    against = [(s, e) for key, s, e in matches if name[key] == "oppose"]
    support = [(s, e) for key, s, e in matches if name[key] == "support"]
    return {"support"} if all(any(a <= s and e <= b for a, b in against) for s, e in support) else set()


@lru_cache(maxsize=1)
def _matcher() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    pipeline = spacy.blank("en")
    matcher = Matcher(pipeline.vocab)
    matcher.add("asking", [[{"LOWER": {"IN": ASKING.split()}}, {"LOWER": {"NOT_IN": ["for", "of", "is", "was"]}}]])
    pipeline.vocab.strings.add("suggestion")
    for kind, lines in _KINDS.items():
        matcher.add(kind, [pattern for line in lines.split("\n") if line for pattern in _patterns(line)])
    return pipeline, matcher


def _patterns(line: str) -> list[list[dict[str, Any]]]:
    """Token patterns for one line; "*" stands for none to three tokens."""
    patterns: list[list[dict[str, Any]]] = [[]]
    for word in line.split():
        if word == "*":
            patterns = [p + [{"IS_PUNCT": False}] * n for p in patterns for n in range(4)]
        else:
            token = {"LOWER": {"IN": word.split("/")}}
            patterns = [[*p, token] for p in patterns]
    return patterns
