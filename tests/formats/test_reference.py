"""Every exporter writes what it wrote when somebody last looked at it."""

import pytest

from tests.formats.reference_outputs import FOLDER, outputs


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return outputs()


def test_every_exporter_has_expected_output(written):
    assert sorted(written) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_output_is_as_expected(written, name):
    expected = (FOLDER / name).read_bytes().decode("utf-8")
    assert written[name].splitlines() == expected.splitlines()
