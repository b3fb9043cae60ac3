"""People's work on translations: a person before a machine, the same words the same way, and all of it undone."""

from pathlib import Path

import pytest

from ogp_sensemaker.app import clustering, history, ingest, memory, process, terms, translating
from ogp_sensemaker.cli import translating as commands
from ogp_sensemaker.domain.intake import Intake, NewTranslation
from ogp_sensemaker.domain.translation import Term
from ogp_sensemaker.errors import ImportProblem, NotFound, SensemakerError
from ogp_sensemaker.store import clusters, derived, segments, translations
from ogp_sensemaker.store import memory as kept
from ogp_sensemaker.store.journal import DECISION_TABLES
from ogp_sensemaker.store.project import Project, open_for_reading, open_for_writing
from ogp_sensemaker.store.translations import MachineTranslation
from tests import fakes
from tests.conftest import intake

TEXTS = (
    "QHT-lər üçün qrant lazımdır.",  # 1
    "Qht-lər üçün  qrant lazimdir.",  # 2: the same words
    "Bələdiyyə hesabat verməlidir. QHT-lər üçün qrant lazımdır.",  # 3: one sentence in common
    "نطلب توفير منح صغيرة",  # 4
    "Small grants, please.",  # 5
    "Şəffaflıq hamı üçün vacibdir.",  # 6
)
MADE = {
    1: ("Agents need a donation.", 0.5, "low score"),
    2: ("Agents need a donation.", 0.5, "low score"),
    3: ("The town hall must report. Agents need a donation.", 0.8, ""),
    4: ("We ask for small grants", 0.9, ""),
    6: ("Transparency matters to all.", 0.7, ""),
}
GOOD = "NGOs need grants."


@pytest.fixture
def translated(project: Project) -> Project:
    """Six remarks, five of them translated by a machine."""
    ingest.save(project, intake(*TEXTS))
    with project.writing():
        derived.save_languages(
            project, [(n, "en" if n == 5 else "ar" if n == 4 else "az", 1.0) for n in range(1, 7)], "v"
        )
        translations.save_machine(
            project,
            [MachineTranslation(n, english, score, flags, "m/1") for n, (english, score, flags) in MADE.items()],
        )
    return project


def english(project: Project, *wanted: int) -> list[str]:
    return [s.english for s in segments.page(project, wanted)]


def state(project: Project, segment_id: int) -> str:
    found = project.connection.execute("SELECT state FROM english WHERE segment_id = ?", (segment_id,)).fetchone()
    return str(found[0])


def decisions(project: Project) -> dict[str, list[tuple[object, ...]]]:
    return {t: project.connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in DECISION_TABLES}


def machines(project: Project) -> dict[int, MachineTranslation]:
    return translations.machine(project, MADE)


def test_an_edit_reaches_the_same_words_and_is_undone_in_one_step(translated: Project) -> None:
    before, made = decisions(translated), machines(translated)
    done = translating.edit(translated, 1, f"  {GOOD}\n")
    assert done.summary == "Translate #1 and 1 that reads the same"
    assert english(translated, 1, 2) == [GOOD, GOOD]
    assert [state(translated, n) for n in (1, 2, 3)] == ["edited", "edited", "machine"]
    assert english(translated, 3) == [f"The town hall must report. {GOOD}"]
    who = translations.human(translated, [2])[2]
    assert (who.coder, who.state, bool(who.created), who.approver) == ("Ana", "edited", True, "")
    history.undo(translated)
    assert decisions(translated) == before
    assert machines(translated) == made  # the sentence that came from the memory is gone too
    history.redo(translated)
    assert english(translated, 2, 3) == [GOOD, f"The town hall must report. {GOOD}"]


def test_what_another_person_wrote_for_the_same_words_stays(translated: Project) -> None:
    translating.edit(translated, 2, "Grants for NGOs!")
    assert english(translated, 1) == ["Grants for NGOs!"]
    with translated.action("Somebody else's"):
        translations.save_human(translated, [(1, "Groups need money.")], translated.coder_named("Ben"))
    translating.edit(translated, 2, GOOD)
    assert english(translated, 1, 2) == ["Groups need money.", GOOD]


def test_an_edit_goes_on_to_those_that_followed_the_earlier_one(translated: Project) -> None:
    translating.edit(translated, 1, "Grants!")
    translating.edit(translated, 1, GOOD)
    assert english(translated, 1, 2) == [GOOD, GOOD]
    again = translating.edit(translated, 1, GOOD)
    assert again.rows == 0


def test_an_edit_needs_words_and_a_segment(translated: Project) -> None:
    with pytest.raises(SensemakerError, match="Write the English first"):
        translating.edit(translated, 1, "  ")
    with pytest.raises(NotFound, match="no segment 99"):
        translating.edit(translated, 99, "x")


def test_approving_a_machine_and_a_person(translated: Project) -> None:
    translating.approve(translated, [6])
    took = translations.human(translated, [6])[6]
    assert (took.english, took.state, took.coder, took.approver) == (MADE[6][0], "approved", "Ana", "Ana")
    translating.edit(translated, 1, GOOD)
    path = translated.path
    translated.close()
    with open_for_writing(path, "Ben") as again:
        translating.approve(again, [1])
        both = translations.human(again, [1, 2])
        assert [(h.state, h.coder, h.approver, bool(h.approved)) for h in both.values()] == [
            ("approved", "Ana", "Ben", True)
        ] * 2
        history.undo(again)
        assert translations.human(again, [1])[1].state == "edited"
        with pytest.raises(SensemakerError, match="#5 has no English"):
            translating.approve(again, [1, 5])


def test_taking_an_approval_back(translated: Project) -> None:
    before = decisions(translated)
    translating.approve(translated, [1])
    assert [state(translated, n) for n in (1, 2)] == ["approved", "approved"]
    assert kept.units(translated)
    translating.unapprove(translated, [2])
    assert [state(translated, n) for n in (1, 2)] == ["machine", "machine"]
    assert kept.units(translated) == {}
    translating.edit(translated, 1, GOOD)
    translating.approve(translated, [1])
    translating.unapprove(translated, [1])
    assert [state(translated, n) for n in (1, 2)] == ["edited", "edited"]
    assert next(iter(kept.units(translated).values())).english == GOOD
    with pytest.raises(SensemakerError, match="not approved"):
        translating.unapprove(translated, [1])
    for _ in range(5):
        history.undo(translated)
    assert decisions(translated) == before


def test_a_machine_never_overwrites_a_person(translated: Project) -> None:
    translating.edit(translated, 1, GOOD)
    translating.approve(translated, [6])
    todo = derived.without_english(translated, {"az": "m/2", "ar": "m/2"})
    assert {code: [id_ for id_, _ in rows] for code, rows in todo.items()} == {"az": [3], "ar": [4]}
    with translated.writing():
        translations.save_machine(translated, [MachineTranslation(1, "Loop loop loop", 0.1, "", "m/2")])
    assert english(translated, 1) == [GOOD]


def test_a_table_of_translations_does_not_overwrite_an_analyst(translated: Project) -> None:
    table = Intake(
        "translations", "t.csv", "", "1", translations=(NewTranslation(TEXTS[0], "From the table.", "az", 2),)
    )
    ingest.save(translated, table)
    assert english(translated, 1, 2) == ["From the table."] * 2
    translating.edit(translated, 1, GOOD)
    ingest.save(translated, table)
    assert english(translated, 1, 2) == [GOOD, GOOD]
    assert [u.english for u in kept.units(translated).values()] == [GOOD]


def test_the_memory_serves_what_comes_later(translated: Project) -> None:
    translating.edit(translated, 6, "Transparency is vital for everybody.")
    ingest.save(translated, intake("ŞƏFFAFLIQ hamı üçün vacibdir.", name="notes/b.txt", sha="2"))
    assert english(translated, 7) == ["Transparency is vital for everybody."]


def test_offers(translated: Project) -> None:
    translating.edit(translated, 1, GOOD)
    found = translating.offers(translated, 3)
    assert [(m.english, m.sentence) for m in found.matches if m.sentence] == [(GOOD, True)]
    assert [f.term.term for f in found.terms] == ["bələdiyyə", "QHT", "qrant"]
    assert [t.term for t in found.missing] == ["bələdiyyə"]  # the machine said town hall
    assert [(e.segment_id, e.sentence) for e in found.elsewhere] == [(1, TEXTS[0]), (2, TEXTS[0])]
    first = translating.offers(translated, 2).matches[0]
    assert (first.score, first.english, first.coder, first.sentence) == (1.0, GOOD, "Ana", False)
    with translated.action("Import", "import"):
        kept.remember(
            translated, "QHT-lər üçün qrantlar lazımdır!", "NGOs need some grants!", "az", translated.coder_id
        )
        kept.remember(translated, "QHT-lər üçün qrantlar lazımdırmı", "Wrong language", "tr", translated.coder_id)
    close = [m for m in translating.offers(translated, 2).matches if m.score < 1]
    assert [m.english for m in close] == ["NGOs need some grants!"]
    assert 0.85 < close[0].score < 1


def test_the_queue_and_its_counts(translated: Project) -> None:
    assert translating.queue(translated) == [1, 2, 6, 3, 4]  # in doubt, then the least sure
    assert translating.queue(translated, "ar") == [4]
    translating.edit(translated, 1, GOOD)
    translating.approve(translated, [4])
    assert translating.queue(translated) == [6, 3]
    found = {c.language: c for c in translating.counts(translated)}
    az = found["az"]
    assert (az.machine, az.flagged, az.edited, az.approved, az.none, az.total) == (2, 0, 2, 0, 0, 4)
    assert (found["ar"].approved, found["ar"].total) == (1, 1)
    assert set(found) == {"ar", "az"}


def test_words_that_changed_are_processed_again(translated: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.use(monkeypatch)
    list(process.process(translated))
    list(clustering.run(translated))
    assert derived.reworded(translated, "fake/1") == []
    translating.edit(translated, 1, GOOD)
    changed = derived.reworded(translated, "fake/1")
    assert len(changed) == 3  # both segments, and the one that shares the sentence
    list(process.process(translated))
    assert derived.reworded(translated, "fake/1") == []
    assert clusters.unplaced(translated) == []  # they have joined a cluster again, or are known to fit none
    history.undo(translated)
    assert derived.reworded(translated, "fake/1") == changed


def test_a_new_model_keeps_remembered_sentences(translated: Project) -> None:
    translating.edit(translated, 1, GOOD)
    with translated.writing():
        translations.save_machine(
            translated, [MachineTranslation(3, "The municipality has to report. Agencies want gifts.", 0.9, "", "m/2")]
        )
    list(memory.refresh(translated))
    assert english(translated, 3) == [f"The municipality has to report. {GOOD}"]
    assert machines(translated)[3].own == "The municipality has to report. Agencies want gifts."
    before = machines(translated)
    list(memory.refresh(translated))
    assert machines(translated) == before


def test_the_memory_travels_as_tmx(translated: Project, tmp_path: Path) -> None:
    translating.edit(translated, 1, GOOD)
    translating.approve(translated, [4])
    file = tmp_path / "memory.tmx"
    assert memory.export_memory(translated, file) == 2
    history.undo(translated)
    history.undo(translated)
    before = decisions(translated)
    changes, findings = memory.import_memory(translated, file)
    assert changes.summary == "Import the memory memory.tmx: 2 new pairs, 3 segments translated"
    assert findings == []
    assert english(translated, 1, 2, 4) == [GOOD, GOOD, MADE[4][0]]
    assert [u.coder for u in kept.units(translated).values()] == ["Ana", "Ana"]
    history.undo(translated)
    assert decisions(translated) == before
    with pytest.raises(SensemakerError, match="does not exist"):
        memory.export_memory(translated, tmp_path / "no" / "memory.tmx")


def test_an_imported_memory_does_not_overwrite(translated: Project, tmp_path: Path) -> None:
    file = tmp_path / "m.tmx"
    translating.edit(translated, 1, "Somebody's English.")
    memory.export_memory(translated, file)
    file.write_text(file.read_text(encoding="utf-8").replace("Ana", "Zoe").replace("Somebody's", "Zoe's"), "utf-8")
    changes, _ = memory.import_memory(translated, file)
    assert changes.rows == 0
    assert english(translated, 1) == ["Somebody's English."]
    assert next(iter(kept.units(translated).values())).english == "Somebody's English."


def test_the_project_has_terms_of_its_own(translated: Project, tmp_path: Path) -> None:
    ships = len(terms.terms(translated))
    terms.set_term(translated, Term("az", "qht", "civic group", True))
    found = terms.terms_in(translated, TEXTS[0], "az")
    assert [f.term.english for f in found] == ["civic group", "grant"]
    assert len(terms.terms(translated)) == ships
    terms.remove_term(translated, "az", "Qrant")
    assert [f.term.term for f in terms.terms_in(translated, TEXTS[0], "az")] == ["qht"]
    with pytest.raises(NotFound, match="no term"):
        terms.remove_term(translated, "az", "qrant")
    file = tmp_path / "g.tbx"
    assert terms.export_glossary(translated, file) == ships - 1
    history.undo(translated)
    history.undo(translated)
    assert len(terms.terms(translated)) == ships
    changes, _ = terms.import_glossary(translated, file)
    assert changes.rows == 1  # only what differs from what ships
    assert terms.terms_in(translated, TEXTS[0], "az")[0].term.english == "civic group"
    with pytest.raises(SensemakerError, match=r"\.csv"):
        terms.export_glossary(translated, tmp_path / "g.pdf")
    with pytest.raises(SensemakerError, match="its language"):
        terms.set_term(translated, Term("", "x", "y"))


def run(project: Project, *words: str) -> int:
    """A command as the program's parser will run it, on a project that nobody holds."""
    import argparse

    def command(subs, name, function, does, example, **_: object) -> argparse.ArgumentParser:
        made = subs.add_parser(name, help=does)
        made.set_defaults(run=function)
        made.add_argument("project", type=Path)
        made.add_argument("--coder", default="Cem")
        return made

    top = argparse.ArgumentParser()
    commands.add(top.add_subparsers(required=True), command)
    args = top.parse_args([words[0], str(project.path), *words[1:]])
    return int(args.run(args))


def test_commands(translated: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = translated.path
    translated.close()
    assert run(translated, "translation") == 0
    assert "low score" in capsys.readouterr().out
    assert run(translated, "translation", "--segment", "1", "--edit", GOOD) == 0
    assert run(translated, "translation", "--segment", "1", "--approve") == 0
    assert run(translated, "translation", "--segment", "1", "--approve") == 0
    assert "it was so already" in capsys.readouterr().out
    assert run(translated, "translation", "--segment", "3") == 0
    shown = capsys.readouterr().out
    assert "town hall" in shown
    assert "bələdiyyə, municipality" in shown
    assert run(translated, "translation", "--json", "--language", "ar") == 0
    assert '"waiting": 1' in capsys.readouterr().out
    assert run(translated, "memory", "export", str(tmp_path / "m.tmx")) == 0
    assert run(translated, "memory", "import", str(tmp_path / "m.tmx")) == 0
    assert run(translated, "memory", "list") == 0
    assert "Cem" in capsys.readouterr().out
    assert run(translated, "glossary", "add", "--language", "az", "--term", "icma", "--english", "neighbourhood") == 0
    assert run(translated, "glossary", "export", str(tmp_path / "g.csv")) == 0
    assert run(translated, "glossary", "import", str(tmp_path / "g.csv")) == 0
    assert run(translated, "glossary", "remove", "--language", "az", "--term", "QHT") == 0
    capsys.readouterr()
    assert run(translated, "glossary", "list", "--language", "az", "--json") == 0
    listed = capsys.readouterr().out
    assert "neighbourhood" in listed
    assert '"QHT"' not in listed
    assert run(translated, "translation", "--segment", "1", "--unapprove") == 0
    with pytest.raises(SensemakerError, match="which segment"):
        run(translated, "translation", "--approve")
    with pytest.raises(SensemakerError, match="Name the file"):
        run(translated, "memory", "import")
    with pytest.raises(ImportProblem, match="no such file"):
        run(translated, "glossary", "import", str(tmp_path / "none.csv"))
    with open_for_reading(path) as again:
        assert translations.human(again, [1])[1].state == "edited"
