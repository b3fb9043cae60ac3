"""One position per case from many pieces of evidence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ogp_sensemaker.domain.evidence import Evidence, Kind, described, merge, values

EVIDENCE = st.lists(
    st.builds(Evidence, st.integers(1, 4), st.sampled_from(Kind), st.sampled_from([-1.0, 0.0, 1.0]), st.integers(1, 5)),
    max_size=30,
)


@settings(deadline=None)
@given(EVIDENCE, st.randoms())
def test_the_order_of_the_evidence_does_not_matter(evidence: list[Evidence], rng) -> None:
    shuffled = list(evidence)
    rng.shuffle(shuffled)
    assert merge(shuffled) == merge(evidence)


@settings(deadline=None)
@given(EVIDENCE)
def test_saying_everything_twice_changes_nothing(evidence: list[Evidence]) -> None:
    assert merge(evidence + evidence, machine=True) == merge(evidence, machine=True)


def test_repeating_one_of_several_comments_changes_nothing() -> None:
    said = [Evidence(1, Kind.STANCE, 1.0, "a"), Evidence(1, Kind.STANCE, -1.0, "b")]
    assert merge([*said, said[0], said[0]])[1].value == 0.0


def test_ten_comments_make_one_position() -> None:
    assert len(merge(Evidence(1, Kind.STANCE, 1.0, key) for key in range(10))) == 1


def test_a_number_given_by_the_case_decides_over_what_was_read_out_of_its_words() -> None:
    found = merge([Evidence(1, Kind.STANCE, -1.0, "a"), Evidence(1, Kind.OPINION, 0.7), Evidence(1, Kind.VOTE, 1.0)])
    assert (found[1].value, found[1].kind, found[1].pieces) == (0.7, Kind.OPINION, 1)


def test_what_a_machine_suggests_is_left_out_unless_asked_for() -> None:
    evidence = [Evidence(1, Kind.MACHINE, -1.0, "a"), Evidence(2, Kind.STANCE, 1.0, "b")]
    assert values(merge(evidence)) == {2: 1.0}
    assert values(merge(evidence, machine=True)) == {1: -1.0, 2: 1.0}


def test_what_positions_rest_on_is_said_in_words() -> None:
    opinions = [Evidence(i, Kind.OPINION, 0.5) for i in range(14)]
    assert described(merge(opinions)) == "14 opinions"
    assert described(merge([*opinions, Evidence(20, Kind.STANCE, 1.0)])) == "15 positions (14 opinions, 1 coded stance)"
    machine = merge([Evidence(1, Kind.MACHINE, 1.0, "a")], machine=True)
    assert described(machine) == "1 stance suggested by the machine"
    assert described({}) == "0 positions"
