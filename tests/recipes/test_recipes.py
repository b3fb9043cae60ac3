"""The training recipes, as far as they can be tried without data: what they read back, write and say."""

import random
import sys
from pathlib import Path

import pytest

RECIPES = Path(__file__).parents[2] / "models" / "recipes"
BOX = RECIPES.parent


@pytest.fixture
def stance(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(RECIPES / "stance"))
    monkeypatch.delitem(sys.modules, "train", raising=False)
    import train

    yield train
    sys.modules.pop("train")


def test_every_note_has_a_target_and_a_label(stance) -> None:
    for path in (*stance.NOTES, stance.DEBATES):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not line or (line[0] in "#+-~0" and line[1] == " " and line[2:].strip()), f"{path.name}:{number}"
        assert path.read_text(encoding="utf-8").startswith("# ")
    told = {pair.target for path in stance.NOTES for pair in stance.read_notes(path)}
    assert set(stance.HELD_BACK.read_text(encoding="utf-8").splitlines()) <= told


def test_the_samples_issues_are_not_among_the_targets(stance) -> None:
    """They are for measuring."""
    told = [pair.target.casefold() for path in stance.NOTES for pair in stance.read_notes(path)]
    for words in ("four-year", "sanctions to members", "menu of options", "cross-country", "maturity model"):
        assert not [target for target in told if words in target], words


def test_answers_say_what_their_label_says(stance) -> None:
    notes = [pair for path in stance.NOTES for pair in stance.read_notes(path)]
    made = stance.answers(notes, 600, random.Random(1))
    assert {pair.label for pair in made} == {0, 1, 2}
    targets = {pair.target for pair in notes}
    for pair in made:
        assert pair.target in targets
        if pair.text.endswith("? no") or pair.text.startswith(("please don't", "no need", "we should not")):
            assert pair.label == 1, pair
        if pair.text.startswith(("yes, ", "agree that", "in favour")):
            assert pair.label == 0, pair
    again = stance.answers(notes, 600, random.Random(1))
    assert made == again


@pytest.mark.models
def test_a_translator_begins_with_what_a_package_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back and put into the network of the recipe, a package's weights give what the package gives."""
    import ctranslate2
    import torch

    monkeypatch.syspath_prepend(str(RECIPES / "translation"))
    import begin

    (package,) = sorted(BOX.glob("translate-az_en-*.argosmodel"))
    named, pieces = begin.weights(package)
    from transformers import MarianConfig, MarianMTModel

    size, width = named["shared"].shape
    layers = {
        side: 1 + max(int(n.split(".")[3]) for n in named if n.startswith(f"model.{side}.layers"))
        for side in ("encoder", "decoder")
    }
    model = MarianMTModel(
        MarianConfig(
            vocab_size=size + 1, d_model=width, encoder_layers=layers["encoder"], decoder_layers=layers["decoder"],
            encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=4 * width, decoder_ffn_dim=4 * width,
            static_position_embeddings=True, scale_embedding=True, activation_function="relu", eos_token_id=0,
            pad_token_id=size, decoder_start_token_id=size, forced_eos_token_id=None, max_position_embeddings=512,
        )
    ).eval()  # fmt: skip
    arrays, shared = begin.fill(model, package, [*pieces, "<pad>"])
    assert shared == size
    assert arrays == len(named) - 1
    with torch.no_grad():
        model.get_input_embeddings().weight[size].zero_()
    source = [pieces.index(p) for p in ("<az>", "▁Yeni", "▁plan")] + [0]
    with torch.inference_mode():
        ours = model.generate(torch.tensor([source]), num_beams=1, max_new_tokens=6, do_sample=False)[0].tolist()
    from ogp_sensemaker.nlp import packages

    place = packages.install(package).folder
    theirs = (
        ctranslate2.Translator(str(place / "model"), compute_type="float32")
        .translate_batch([["<az>", "▁Yeni", "▁plan"]], beam_size=1, max_decoding_length=6)[0]
        .hypotheses[0]
    )
    assert [pieces[i] for i in ours if i < size and i != 0][: len(theirs)] == theirs


def test_another_layout_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import zipfile

    monkeypatch.syspath_prepend(str(RECIPES / "translation"))
    import begin

    with zipfile.ZipFile(tmp_path / "a.argosmodel", "w") as archive:
        archive.writestr("a/model/model.bin", b"\x05\x00\x00\x00")
    with pytest.raises(ValueError, match="binary version 6"):
        begin.weights(tmp_path / "a.argosmodel")


def test_capitals_are_only_taught_where_the_source_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(RECIPES / "translation"))
    import pairs

    chance = random.Random(2)
    arabic = pairs.Pair("نريد خطة جديدة.", "We want a new plan.", "ar", 1.0)
    latin = pairs.Pair("Yeni plan istəyirik.", "We want a new plan.", "az", 1.0)
    said = [[pairs.varied(pair, chance)[1] for _ in range(2000)] for pair in (arabic, latin)]
    assert not any("WE WANT" in english for english in said[0])
    assert any("WE WANT" in english for english in said[1])
