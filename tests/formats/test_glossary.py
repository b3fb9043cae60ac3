"""Glossaries: the one that ships is sound, and CSV and TBX come back as they went."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.translation import Term
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.glossary import read_glossary, shipped, write_glossary

TERMS = [
    Term("az", "QHT", "NGO|CSO", True, "qeyri-hökumət təşkilatı"),
    Term("az", "vətəndaş cəmiyyəti", "civil society"),
    Term("ar", "المجتمع المدني", "civil society"),
    Term("fr", "=SOMME & <b>", "sum"),
    Term("ru", "акимат", "akimat", note="as said in Kazakhstan; a\tb"),
]
LETTERS = {"az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz- ", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя«» "}
# As TermBase exchange files of the older edition look.
MARTIF = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Default" xml:lang="en"><martifHeader/><text><body>
<termEntry id="1"><langSet xml:lang="en-GB"><tig><term>civil society</term></tig></langSet>
<langSet xml:lang="ar-LB"><ntig><termGrp><term>المجتمع  المدني</term>
<termNote type="partOfSpeech">noun</termNote></termGrp><note>usual</note></ntig></langSet>
<langSet xml:lang="tr"><tig><term>sivil toplum</term></tig><tig><term>STK</term>
<termNote type="partOfSpeech">properNoun</termNote></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="en"><tig><term>only English</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_the_glossary_that_ships() -> None:
    terms = shipped()
    by_language = Counter(term.language for term in terms)
    assert set(by_language) == {"az", "ar", "tr", "fr", "es", "ru"}
    assert min(by_language.values()) >= 50
    assert len(terms) >= 300
    assert max(Counter((t.language, same_words(t.term)) for t in terms).values()) == 1
    for term in terms:
        assert term.preferred
        assert unicodedata.is_normalized("NFC", term.term)
        assert term.term == term.term.strip()
        assert all(form.isascii() or form == "Grand National Assembly of Türkiye" for form in term.forms)
    for language, letters in LETTERS.items():
        written = {c for t in terms if t.language == language for c in t.term.replace("İ", "i").lower()}
        assert written <= set(letters), language
    arabic = {c for t in terms if t.language == "ar" for c in t.term}
    assert all("\u0621" <= c <= "\u064a" or c == " " for c in arabic)
    assert {"QHT", "vətəndaş cəmiyyəti", "شراكة الحكومة المنفتحة"} <= {t.term for t in terms}


@pytest.mark.parametrize("suffix", [".csv", ".tbx"])
def test_what_is_written_comes_back(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"g{suffix}"
    assert write_glossary(TERMS, file) == len(TERMS)
    found, findings = read_glossary(file)
    as_read = [Term(t.language, t.term, t.english, t.name, " ".join(t.note.split())) for t in found]
    wanted = [Term(t.language, t.term, t.english, t.name, " ".join(t.note.split())) for t in TERMS]
    assert sorted(as_read, key=str) == sorted(wanted, key=str)
    assert findings == []
    write_glossary(shipped(), file)
    assert sorted(read_glossary(file)[0], key=str) == sorted(shipped(), key=str)


def test_a_spreadsheet_does_not_take_a_term_for_a_formula(tmp_path: Path) -> None:
    write_glossary(TERMS, tmp_path / "g.csv")
    assert "fr,'=SOMME" in (tmp_path / "g.csv").read_text(encoding="utf-8")


def test_older_tbx(tmp_path: Path) -> None:
    file = tmp_path / "old.tbx"
    file.write_text(MARTIF, encoding="utf-8")
    found, findings = read_glossary(file)
    assert found == [
        Term("ar", "المجتمع المدني", "civil society", False, "usual"),
        Term("tr", "sivil toplum", "civil society"),
        Term("tr", "STK", "civil society", True),
    ]
    assert len(findings) == 1


def test_a_table_with_other_headings_and_gaps(tmp_path: Path) -> None:
    file = tmp_path / "g.csv"
    file.write_text("Lang;Source term;Translation\naz-AZ;QHT;NGO\n;x;y\ntr;;z\n", encoding="utf-8")
    found, findings = read_glossary(file)
    assert found == [Term("az", "QHT", "NGO")]
    assert [f.row for f in findings] == [3, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2\n", "needs the column language"),
        (b"<tmx/>", "no glossary"),
        (b"<tbx><text>", "not valid XML"),
        (b'<!DOCTYPE t [<!ENTITY a "b">]><tbx>&a;</tbx>', "entities"),
        (b"\x89PNG\r\n", "no glossary"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(ImportProblem, match=message):
        read_glossary(file)
