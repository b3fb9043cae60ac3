"""A small consultation as a Dataset, made by hand: three languages, a contested proposal, a silent one."""

import statistics

from ogp_sensemaker.domain.codebook import Code, CodeKind, path_of
from ogp_sensemaker.domain.dataset import AnswerRow, CodingRow, Dataset, DatasetRow, OpinionRow
from ogp_sensemaker.domain.findings import (
    ChannelFinding,
    Contest,
    DirectionFinding,
    Figure,
    Findings,
    Group,
    IssueFinding,
    Measure,
    NewIdea,
    PollFinding,
    ProposalFinding,
    Quotation,
)
from ogp_sensemaker.domain.opinion import PollCount
from ogp_sensemaker.domain.wording import DEFAULT_SCALE, wording

PLATFORM, EVENTS, DRAFT = "Online platform", "Community conversations", "Comments on the draft"

CODES = (
    Code(
        1,
        "g1",
        "Rules; with teeth",
        CodeKind.DIRECTION,
        None,
        0,
        "Membership rules and what follows when they are broken.",
        "sanctions, eligibility",
        "action plans",
        number="1",
    ),
    Code(
        2,
        "g2",
        "Develop an escalating series of sanctions",
        CodeKind.PROPOSAL,
        1,
        0,
        number="D1-01",
        external_key="d1-01",
        submitted_by="Community",
    ),
    Code(
        3,
        "g3",
        "Həvəsləndirmə daha yaxşı nəticə verər.",
        CodeKind.PROPOSAL,
        1,
        1,
        number="D1-02",
        external_key="d1-02",
        submitted_by="Community",
    ),
    Code(
        4, "g4", "Simplify the rules", CodeKind.PROPOSAL, 1, 2, number="D1-03", external_key="d1-03", submitted_by="OGP"
    ),
    Code(
        5,
        "g5",
        "Doubling down on OGP Local",
        CodeKind.DIRECTION,
        None,
        1,
        "Local governments and their partners.",
        number="2",
    ),
    Code(
        6,
        "g6",
        "Train young leaders in rural areas",
        CodeKind.PROPOSAL,
        5,
        0,
        number="D2-01",
        external_key="d2-01",
        submitted_by="Community",
    ),
    Code(
        7,
        "g7",
        "تعزيز الشراكات المحلية",
        CodeKind.PROPOSAL,
        5,
        1,
        number="D2-02",
        external_key="d2-02",
        submitted_by="Community",
    ),
    Code(
        8,
        "g8",
        "Windows of opportunity",
        CodeKind.DIRECTION,
        None,
        2,
        "Moments at which reform becomes possible.",
        number="3",
    ),
)
_BY_ID = {code.id: code for code in CODES}
PATHS = {code.id: path_of(code, _BY_ID) for code in CODES}

_TEXTS = (
    # id, source, locator, channel, case, language, original, english, translated by, codes, stances, duplicate
    (
        1,
        "considerit/points.csv",
        "row 2",
        PLATFORM,
        "Participant 02",
        "az",
        "Hökumət öhdəliyini yerinə yetirmirsə, bunun bir nəticəsi olmalıdır. "
        "Xəbərdarlıq, sonra səsvermə hüququnun dayandırılması – addım-addım.",
        "If a government does not keep its commitment, that must have a consequence. "
        "A warning, then suspension of the right to vote, step by step.",
        "Leyla M.",
        (2,),
        ("support",),
        None,
    ),
    (
        2,
        "considerit/points.csv",
        "row 3",
        PLATFORM,
        "Participant 45",
        "en",
        "We joined voluntarily. Help those who are stuck instead of punishing them.",
        "",
        "",
        (2,),
        ("oppose",),
        None,
    ),
    (
        3,
        "considerit/points.csv",
        "row 4",
        PLATFORM,
        "Participant 19",
        "en",
        "Without a cost for walking away, signing is free. Make the steps known beforehand.",
        "",
        "",
        (2,),
        ("support",),
        None,
    ),
    (
        4,
        "considerit/points.csv",
        "row 5",
        PLATFORM,
        "Participant 04",
        "en",
        "A reprimand weakens the few colleagues who push for openness and gives the sceptics a reason to leave.",
        "",
        "",
        (2,),
        ("oppose",),
        None,
    ),
    (
        5,
        "notes/06_conversation.txt",
        "L20",
        EVENTS,
        "DG (CSO, Azerbaijan)",
        "en",
        "If a member jails the people who sit in the forum, and stays a member, then the logo is a lie.",
        "",
        "",
        (1, 2),
        ("", "support"),
        None,
    ),
    (
        6,
        "notes/06_conversation.txt",
        "L22",
        EVENTS,
        "AM (Gov, Armenia)",
        "en",
        "A sanction pushes away; then citizens of that country lose the only table they have.",
        "",
        "",
        (1, 2),
        ("", "oppose"),
        None,
    ),
    (
        7,
        "notes/03_regional.docx",
        "p18",
        EVENTS,
        "",
        "ar",
        "العقوبات وحدها لا تكفي؛ نحتاج إلى دعم المنظمات المحلية أولاً (OGP Local).",
        "Sanctions alone are not enough; first we need to support local organisations (OGP Local).",
        "argos ar_en 1.0",
        (1, 5),
        ("mixed", "support"),
        None,
    ),
    (
        8,
        "discuto/comments.csv",
        "row 12",
        DRAFT,
        "Marta O.",
        "en",
        '=HYPERLINK("https://example.org","read this") The refresh in the middle is what makes four years acceptable.',
        "",
        "",
        (),
        (),
        None,
    ),
    (9, "discuto/comments.csv", "row 13", DRAFT, "T. H.", "en", "+1, keep two years", "", "", (4,), ("support",), None),
    (
        10,
        "discuto/comments.csv",
        "row 14",
        DRAFT,
        "Anna",
        "en",
        "Please keep the fund for local groups!",
        "",
        "",
        (5,),
        ("support",),
        None,
    ),
    (
        11,
        "discuto/comments.csv",
        "row 15",
        DRAFT,
        "Boris",
        "en",
        "Please keep the fund for local groups!!",
        "",
        "",
        (5,),
        ("support",),
        10,
    ),
    (
        12,
        "discuto/comments.csv",
        "row 16",
        DRAFT,
        "Carla",
        "en",
        "please keep the fund for local groups",
        "",
        "",
        (5,),
        ("support",),
        10,
    ),
    (
        13,
        "notes/06_conversation.txt",
        "L31",
        EVENTS,
        "RT (CSO, Kyrgyzstan)",
        "en",
        "Half of the words are not understood by local people. "
        '<b>Open government</b> in our language is like "open door" & nobody knows which.',
        "",
        "",
        (),
        (),
        None,
    ),
    (
        14,
        "notes/06_conversation.txt",
        "L32",
        EVENTS,
        "RT (CSO, Kyrgyzstan)",
        "ky",
        "Жөнөкөй тил керек.",
        "",
        "",
        (),
        (),
        None,
    ),
)
_SECTOR = {
    1: "Civil society",
    2: "National government",
    3: "Civil society",
    4: "National government",
    5: "Civil society",
    6: "National government",
    13: "Civil society",
    14: "Civil society",
}


def _row(text: tuple) -> DatasetRow:
    id_, source, locator, channel, case, language, original, english, by, codes, stances, duplicate = text
    attributes = {"sector": _SECTOR[id_]} if id_ in _SECTOR else {}
    if channel == EVENTS:
        attributes |= {"memo": "taken by hand", "country": case.partition(", ")[2].rstrip(")")}
    return DatasetRow(
        segment_id=id_,
        source=source,
        locator=locator,
        channel=channel,
        case=case,
        language=language,
        original=original,
        english=english or (original if language == "en" else ""),
        translation_by=by,
        cluster=1 if 2 in codes else None,
        cluster_words="sanction, member, cost" if 2 in codes else "",
        codes=tuple(PATHS[code] for code in codes),
        stances=stances,
        suggested=((PATHS[8], 0.416), (PATHS[5], 0.2)) if id_ == 8 else (),
        contested="contested" if 2 in codes else "",
        duplicate_of=duplicate,
        memo="- ask Ana; “teeth”?" if id_ == 5 else "",
        attributes={name: value for name, value in attributes.items() if value},
    )


ROWS = tuple(_row(text) for text in _TEXTS)


def quotation(id_: int, stance: str = "", concern: bool = False) -> Quotation:
    row = ROWS[id_ - 1]
    return Quotation(
        id_,
        row.original,
        row.english if row.language != "en" else "",
        row.language,
        row.translation_by,
        row.case,
        row.channel,
        row.source,
        row.locator,
        stance,
        concern,
    )


OPINIONS = {
    2: (0.87, 0.89, -0.48, 1.0, 0.97, -0.78, -0.58, 1.0, 0.95, -0.7, 0.93, 0.95, 0.85, 0.86),
    3: (0.75, 0.41),
    4: (0.5, 0.1, 0.0, 0.62, 0.2, 0.7),
    7: (0.9, 0.85, 0.6, 0.72, 0.95),
}


def figure(values: tuple[float, ...]) -> Figure:
    if not values:
        return Figure(0)
    mean = statistics.fmean(values)
    half = 2 * statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else None
    return Figure(
        len(values),
        mean,
        None if half is None else max(mean - half, -1.0),
        None if half is None else min(mean + half, 1.0),
        sum(value > 0.05 for value in values),
        sum(value < -0.05 for value in values),
        sum(abs(value) <= 0.05 for value in values),
    )


def contest(values: tuple[float, ...], suggested: str, why: str) -> Contest:
    found = figure(values)
    groups = (
        Group("sector", "Civil society", figure(tuple(v for v in values if v > 0))),
        Group("sector", "National government", figure(tuple(v for v in values if v <= 0))),
    )
    return Contest(
        found.n,
        found.n < 5,
        Measure(0.71, 0.52, 0.86) if suggested == "contested" else Measure(None),
        Measure(0.55, 0.4, 0.7) if suggested == "contested" else Measure(None),
        Measure(0.57, 0.3, 0.8) if suggested == "contested" else Measure(None),
        Measure(0.82, 0.6, 0.95) if suggested == "contested" else Measure(None),
        "sector" if suggested == "contested" else "",
        found.supporting,
        found.opposing,
        found.neutral,
        groups if suggested == "contested" else (),
        suggested,
        why,
    )


WHY = (
    "14 opinions, mean +0.48; 10 for, 4 against; civil society +0.93, national government −0.64; "
    "2 reasons for, 2 against."
)


def proposal(id_: int, english: str = "", language: str = "en", **more) -> ProposalFinding:
    code = _BY_ID[id_]
    values = OPINIONS.get(id_, ())
    found = figure(values)
    state = "contested" if id_ == 2 else "too few to say" if len(values) < 5 else "leaning"
    return ProposalFinding(
        code_id=id_,
        number=code.number,
        key=code.external_key,
        title=code.name,
        english=english,
        language=language,
        direction_id=code.parent_id,
        submitted_by=code.submitted_by,
        figure=found,
        wording=wording(found.mean),
        too_few=len(values) < 5,
        pro=more.pop("pro", 0),
        con=more.pop("con", 0),
        groups=(),
        contest=contest(values, state, WHY if id_ == 2 else ""),
        **more,
    )


def _directions() -> tuple[DirectionFinding, ...]:
    sanctions = proposal(
        2,
        pro=2,
        con=2,
        mark="contested",
        mark_reason="Civil society and governments part on it.",
        quotations=(quotation(1, "support"), quotation(2, "oppose"), quotation(3, "support"), quotation(4, "oppose")),
    )
    rules = DirectionFinding(
        1,
        "1",
        CODES[0].name,
        8,
        8,
        8,
        0,
        figure((0.8, 0.9, -0.5, 1.0, 0.97, -0.78, 0.6)),
        "support",
        (proposal(3, "Encouragement would give a better result.", "az"), sanctions, proposal(4)),
        {"support": 4, "oppose": 3, "mixed": 1},
        {
            PLATFORM: (quotation(1, "support"), quotation(2, "oppose")),
            EVENTS: (quotation(5, "support"), quotation(6, "oppose"), quotation(7, "mixed", True)),
            DRAFT: (quotation(9, "support"),),
        },
        {PLATFORM: 4, EVENTS: 3, DRAFT: 1},
        (quotation(6, "oppose", True), quotation(7, "mixed", True)),
    )
    local = DirectionFinding(
        5,
        "2",
        CODES[4].name,
        4,
        2,
        4,
        0,
        figure(OPINIONS[7]),
        "very strong support",
        (proposal(7, "Strengthen local partnerships", "ar"), proposal(6)),
        {"support": 4},
        {EVENTS: (quotation(7, "support"),), DRAFT: (quotation(10, "support"),)},
        {EVENTS: 1, DRAFT: 3},
    )
    windows = DirectionFinding(8, "3", CODES[7].name, 0, 0, 0, 1, Figure(0), "", (), {}, {}, {})
    return (rules, local, windows)


def _findings() -> Findings:
    shifts = (
        ("Strongly Agree", 12),
        ("Agree", 60),
        ("Neither agree nor disagree", 5),
        ("Disagree", 1),
        ("Strongly disagree", 3),
    )
    top = (("Doubling down on OGP Local", 29), ("Windows of opportunity", 26), ("Rules; with teeth", 21))
    issue = IssueFinding(
        2,
        CODES[1].name,
        1,
        contest(OPINIONS[2], "contested", WHY),
        "contested",
        "Civil society and governments part on it.",
        (quotation(1, "support"), quotation(5, "support"), quotation(3, "support")),
        (quotation(2, "oppose"), quotation(6, "oppose")),
        (quotation(7, "mixed", True),),
    )
    suggested = IssueFinding(
        4,
        "Two-year action plans",
        1,
        contest((0.9, -0.9, 0.8, -0.7, 0.6), "contested", "5 people, 3 for, 2 against."),
        "",
        "",
        (quotation(9, "support"),),
    )
    leaning = IssueFinding(3, CODES[2].name, 1, contest(OPINIONS[3], "too few to say", ""), "", "")
    agreed = IssueFinding(
        5,
        CODES[4].name,
        5,
        contest(OPINIONS[7], "agreed", "5 opinions, mean +0.80; 5 for, none against."),
        "",
        "",
        (quotation(10, "support"),),
    )
    return Findings(
        directions=_directions(),
        polls=(
            PollFinding(
                "agreement",
                "To what extent do you agree that these shifts will help?",
                "polls/agreement.csv",
                False,
                81,
                tuple(PollCount(o, n, 81) for o, n in shifts),
            ),
            PollFinding(
                "top",
                "Which would have the most impact?",
                "polls/top.csv",
                True,
                85,
                tuple(PollCount(o, n, 85) for o, n in top),
            ),
        ),
        channels=(
            ChannelFinding(
                PLATFORM,
                1,
                0,
                46,
                None,
                4,
                27,
                {
                    "region": (
                        ("Americas", 15),
                        ("Europe", 15),
                        ("Africa and the Middle East", 11),
                        ("Asia and the Pacific", 5),
                    ),
                    "sector": (("Civil society", 21), ("National government", 7)),
                },
                {"sector": 18, "gender": 0},
            ),
            ChannelFinding(
                EVENTS,
                2,
                2,
                5,
                147,
                6,
                0,
                {"sector": (("Civil society", 2),)},
                {"sector": 3, "region": 5},
                ("Speakers are known only within an event.",),
            ),
            ChannelFinding(DRAFT, 1, 0, 5, None, 5, 0, {}, {"sector": 5}),
        ),
        issues=(issue, suggested, leaning),
        agreed=(agreed,),
        new_ideas=(NewIdea(("plain language", "words", "open door"), 2, 1, (EVENTS,), (quotation(13), quotation(14))),),
        totals={"segments": 14, "segments_unique": 12, "people": 56, "opinions": 27, "coded": 11},
        scale=DEFAULT_SCALE,
    )


def dataset() -> Dataset:
    codings = [
        CodingRow(
            row.segment_id,
            path,
            "Ana",
            False,
            stance,
            row.segment_id in (6, 7),
            1 if row.cluster else None,
            f"2026-11-23T14:{row.segment_id:02}:00Z",
        )
        for row in ROWS
        for path, stance in zip(row.codes, row.stances, strict=True)
    ]
    codings.append(CodingRow(8, PATHS[8], "nearest-examples 1.0", True, "", False, None, "2026-11-23T13:00:00Z"))
    opinions = [
        OpinionRow(code, 100 + i, f"Participant {i:02}", value)
        for code, values in sorted(OPINIONS.items())
        for i, value in enumerate(values, 1)
    ]
    answers = [
        AnswerRow("agreement", "Disagree", 301, "A001"),
        AnswerRow("agreement", "Strongly disagree", 302, "A002"),
    ]
    return Dataset(
        project="Future Together: phase 2",
        made="2026-11-23T15:04:05Z",
        last_action=99,
        rows=ROWS,
        attributes=("country", "memo", "sector"),
        codings=tuple(codings),
        codes=CODES,
        paths=PATHS,
        findings=_findings(),
        method=(
            ("program", "ogp-sensemaker 0.1.0"),
            ("source polls/agreement.csv", "sha256 0000"),
            ("vectors", "all-MiniLM-L6-v2, sha256 53aa51172d14"),
            ("clusters", '{"detail": 3, "seed": 7}'),
            ("interval of a mean", "95 %, bootstrap, 2,000 samples, seed 7"),
        ),
        opinions=tuple(opinions),
        answers=tuple(answers),
    )
