"""A made project of any size, written by bulk SQL, for measuring the window."""

import random
from pathlib import Path

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.store import codebook
from ogp_sensemaker.store.project import Project, create

WORDS = {
    language: tuple(words.split())
    for language, words in {
        "en": "the government should publish every contract and budget so that people can see where money goes and ask "
        "why grants for local groups need training for civil servants open data portals elections media trust courts",
        "fr": "le gouvernement devrait publier chaque contrat et budget pour que les gens voient la formation locale",
        "az": "hökumət hər müqaviləni dərc etməlidir vətəndaş cəmiyyəti üçün kiçik qrantlar lazımdır iştirak",
        "ar": "يجب على الحكومة أن تنشر كل عقد وميزانية نطلب منح صغيرة للجمعيات المحلية وتدريب الموظفين",
    }.items()
}
SHARES = ("en", "en", "en", "fr", "az", "ar")


def make(path: Path, segments: int = 100_000, codings: int = 200_000, cases: int = 5_000) -> None:
    """Write the project. The same numbers give the same project."""
    rng = random.Random(1)
    with create(path, "Ana") as project:
        codes.load_codebook(project, codes.read())
        tops = list(codebook.codes(project))
        with project.action("Made project", "import"):
            _cases(project, rng, cases)
            _segments(project, rng, segments, cases)
            _machines(project, rng, segments, tops)
        for start in range(0, codings, 50_000):
            with project.action(f"Made codings from {start:,}"):
                _codings(project, rng, segments, tops, start, min(50_000, codings - start))
        project.connection.execute("ANALYZE")


def _cases(project: Project, rng: random.Random, cases: int) -> None:
    run = project.connection.executemany
    run(
        "INSERT INTO cases (id, guid, key, name, kind, channel) VALUES (?, ?, ?, ?, 'participant', 'Platform')",
        [(n, f"guid{n}", f"case{n}", f"Participant {n}") for n in range(1, cases + 1)],
    )
    sectors, regions = ("Civil society", "Government", "Private sector"), ("Africa", "Americas", "Asia", "Europe")
    run("INSERT INTO attribute VALUES (?, 'sector', ?)", [(n, rng.choice(sectors)) for n in range(1, cases + 1)])
    run("INSERT INTO attribute VALUES (?, 'region', ?)", [(n, rng.choice(regions)) for n in range(1, cases + 1)])


def _segments(project: Project, rng: random.Random, segments: int, cases: int) -> None:
    run = project.connection.executemany
    channels = ("Platform", "Event notes", "Comments on the draft", "Survey")
    project.connection.executemany(
        "INSERT INTO source (id, guid, name, kind, channel, sha256, imported) VALUES (?, ?, ?, 'table', ?, '0', '')",
        [(n, f"source{n}", f"file{n}.csv", channels[n % 4]) for n in range(1, 21)],
    )
    each = segments // 20 + 1
    rows, languages = [], []
    for n in range(1, segments + 1):
        language = SHARES[n % len(SHARES)]
        text = " ".join(rng.choices(WORDS[language], k=rng.randint(12, 48)))
        rows.append((n, 1 + (n - 1) // each, f"k{n}", f"row {n}", n % each, rng.randint(1, cases), text))
        languages.append((n, language))
    run(
        "INSERT INTO segment (id, source_id, key, locator, position, kind, case_id, occurred, text) "
        "VALUES (?, ?, ?, ?, ?, 'comment', ?, '2026-05-04', ?)",
        rows,
    )
    run("INSERT INTO language VALUES (?, ?, 0.98, 'made/1')", languages)
    other = [n for n, language in languages if language != "en"]
    run(
        "INSERT INTO machine_translation (segment_id, english, score, flags, version) VALUES (?, ?, 0.8, ?, 'made/1')",
        [(n, " ".join(rng.choices(WORDS["en"], k=25)), "too short" if n % 50 == 0 else "") for n in other],
    )


def _machines(project: Project, rng: random.Random, segments: int, tops: list[int]) -> None:
    run = project.connection.executemany
    machine = project.coder_named("made/1", machine=True)
    run(
        "INSERT INTO suggestion VALUES (?, ?, ?, ?)",
        [(n, rng.choice(tops), rng.uniform(0.25, 1), machine) for n in range(1, segments + 1) if n % 2],
    )
    project.connection.execute("INSERT INTO run (made, version, parameters) VALUES ('2026', 'made/1', '{}')")
    project.connection.executemany(
        "INSERT INTO cluster (run_id, number, words, quotations, size, lineage) VALUES (1, ?, ?, '[1]', ?, ?)",
        [(n, '["grants", "local"]', segments // 200, n) for n in range(1, 201)],
    )
    run(
        "INSERT INTO membership VALUES (?, ?, 0.8)",
        [(1 + n % 200, n) for n in range(1, segments + 1)],
    )


def _codings(project: Project, rng: random.Random, segments: int, tops: list[int], start: int, many: int) -> None:
    stances = (None, None, "support", "oppose", "mixed")
    rows = []
    for n in range(start, start + many):
        segment, code = 1 + (n * 7919) % segments, tops[(n + n // segments) % len(tops)]
        rows.append((segment, code, project.coder_id, rng.choice(stances), project.now()))
    project.connection.executemany(
        "INSERT INTO coding (segment_id, code_id, coder_id, stance, created) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        rows,
    )
