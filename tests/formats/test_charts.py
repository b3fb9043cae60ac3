"""Charts are well-formed SVG, say in words what they show, and draw what the numbers say."""

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from ogp_sensemaker.formats import charts
from ogp_sensemaker.formats.charts import Bar, Interval, Split

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.floats(-2, 2, allow_nan=False)
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


def boxes(svg: str, kind: str) -> list[float]:
    root = ElementTree.fromstring(svg)
    return [float(box.get("width")) for box in root.iter(f"{SVG}rect") if f"--{kind}," in box.get("style")]


def said(svg: str) -> tuple[str, str, str]:
    root = ElementTree.fromstring(svg)
    return root.get("aria-label"), root.find(f"{SVG}title").text or "", root.find(f"{SVG}desc").text or ""


def test_bar_is_as_long_as_its_share():
    assert boxes(charts.small(Bar("a", 0.25, "1 of 4")), "for") == [50.0]


def test_parts_of_a_split_bar_share_its_length():
    svg = charts.small(Split("a", 6, 1, 3))
    assert boxes(svg, "for") == [119.0]
    assert boxes(svg, "neutral") == [19.0]
    assert boxes(svg, "against") == [59.0]


def test_nobody_gives_an_empty_bar():
    svg = charts.small(Split("a", 0, 0, 0))
    assert boxes(svg, "soft") == [200.0]
    assert boxes(svg, "for") == []


def test_distribution_has_a_column_for_each_tenth():
    svg = charts.small(Interval("a", 5, 0.2, -0.1, 0.5, (-0.8, 0.0, 0.51, 0.49, 1.0)))
    assert len(boxes(svg, "against")) == 1
    assert len(boxes(svg, "neutral")) == 1
    assert len(boxes(svg, "for")) == 2
    assert len(boxes(svg, "band")) == 1
    assert svg.count("<circle") == 1


def test_no_mean_draws_no_dot():
    svg = charts.small(Interval("a", 0, None))
    assert "<circle" not in svg
    assert said(svg)[2] == "no opinions"


@pytest.mark.parametrize(
    ("mean", "text"),
    [(0.479, "+0.48 (n = 14)"), (-0.35, "−0.35 (n = 14)"), (-0.001, "0.00 (n = 14)"), (0, "0.00 (n = 14)")],
)
def test_mean_in_words(mean, text):
    assert Interval("a", 14, mean).text == text


def test_labels_are_escaped_and_read_out():
    svg = charts.chart((Bar('<script>&"', 0.5, "½"),), 'a "title" <b>', "of & this")
    assert "<script>" not in svg
    assert said(svg) == ('a "title" <b>: of & this', 'a "title" <b>', "of & this")


def test_label_in_another_script_stays_whole():
    svg = charts.chart((Bar("تعزيز الشراكات", 0.5, "1"),), "t")
    assert "تعزيز الشراكات" in svg


def test_long_labels_are_wrapped():
    svg = charts.bars([Bar("word " * 40, 1, "1")], "t")
    texts = [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert len([t for t in texts if t.startswith("word")]) == 3
    assert any(t.endswith("…") for t in texts)


def test_chart_of_nothing_is_still_a_picture():
    assert ElementTree.fromstring(charts.chart((), "t")).tag == f"{SVG}svg"


@given(st.lists(st.builds(Bar, TEXTS, SHARES, TEXTS), max_size=4))
def test_bars_are_well_formed(rows):
    svg = charts.bars(rows, "t", "d")
    assert all(0 <= width <= 350 for width in boxes(svg, "for"))


@given(st.lists(st.builds(Split, TEXTS, *[st.integers(0, 10**6)] * 3), min_size=1, max_size=4))
def test_split_bars_never_outgrow_their_row(rows):
    svg = charts.stacked(rows, "t")
    root = ElementTree.fromstring(svg)
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x")) + float(box.get("width")) <= 602


@given(
    st.builds(
        Interval,
        TEXTS,
        st.integers(0),
        SHARES | st.none(),
        SHARES | st.none(),
        SHARES | st.none(),
        st.lists(st.floats(-1, 1)).map(tuple),
    )
)
def test_intervals_stay_on_their_axis(row):
    for svg in (charts.small(row), charts.intervals([row], "t")):
        root = ElementTree.fromstring(svg)
        for box in root.iter(f"{SVG}rect"):
            assert float(box.get("width")) >= 0
            assert float(box.get("height")) >= 0
