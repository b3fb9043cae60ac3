"""Translation memories: other programs' files are read, hostile ones refused, our own come back as they went."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.domain.translation import Unit
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.tmx import read_tmx, write_tmx
from ogp_sensemaker.formats.xml_text import without_control

UNITS = [
    Unit("QHT-lər üçün qrant & <dəstək>", "Grants & <support> for NGOs", "az", "Ana", "2026-11-23T10:20:30Z"),
    Unit("نطلب منحاً\nصغيرة", "We ask for\nsmall grants", "ar", "Ben"),
    Unit("Hibe istiyoruz.", "We want grants.", "tr"),
]
# As other tools write them: a document type, regional codes, marks of formatting, several languages in one unit.
OTHER = """<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="X" creationtoolversion="1" segtype="sentence" o-tmf="X" adminlang="en-US"
 srclang="az-Latn-AZ" datatype="xml"/>
<body>
<tu creationid="ana" creationdate="20220928T101500Z" changeid="ben">
 <tuv xml:lang="az-Latn-AZ">
  <seg>Açıq <bpt i="1">&lt;b&gt;</bpt>hökumət<ept i="1">&lt;/b&gt;</ept> <hi>hamı</hi> üçün<ph/>.</seg>
 </tuv>
 <tuv xml:lang="EN-GB"><seg>Open <hi type="x">government</hi> for all.</seg></tuv>
 <tuv xml:lang="ru_RU"><seg>Открытое правительство для всех.</seg></tuv>
</tu>
<tu><tuv xml:lang="en"><seg>Only English</seg></tuv></tu>
<tu><tuv lang="fr"><seg>Vide</seg></tuv><tuv lang="en"><seg> </seg></tuv></tu>
</body></tmx>
"""


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "m.tmx"
    assert write_tmx(UNITS, file) == 3
    assert read_tmx(file) == (UNITS, [])
    first = file.read_bytes()
    write_tmx(UNITS, file)
    assert file.read_bytes() == first
    assert b'creationdate="20261123T102030Z" creationid="Ana"' in first
    assert b'srclang="*all*"' in first


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(without_control).filter(str.strip)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_any_text_comes_back(pairs: list[tuple[str, str]]) -> None:
    from tempfile import TemporaryDirectory

    units = [Unit(a.strip(), b.strip(), "az") for a, b in pairs]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "m.tmx"
        write_tmx(units, file)
        if units:
            assert read_tmx(file)[0] == units


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_other_tools_files(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "other.tmx"
    file.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>\n{OTHER}'.encode(encoding))
    units, findings = read_tmx(file)
    assert units == [
        Unit("Açıq hökumət hamı üçün.", "Open government for all.", "az", "ben", "2022-09-28T10:15:00Z"),
        Unit("Открытое правительство для всех.", "Open government for all.", "ru", "ben", "2022-09-28T10:15:00Z"),
    ]
    assert len(findings) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"<html><p>No</p></html>", "no translation memory"),
        (b"<tmx><body><tu>", "not valid XML"),
        (b'<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx><header/>&b;</tmx>', "entities"),
        (b'<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><header/>&a;</tmx>', "entities"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "encoding"),
        (b"original,english\na,b\n", "not valid XML"),
    ],
)
def test_bad_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "bad.tmx"
    file.write_bytes(content)
    with pytest.raises(ImportProblem, match=message):
        read_tmx(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no such file"):
        read_tmx(tmp_path / "none.tmx")
