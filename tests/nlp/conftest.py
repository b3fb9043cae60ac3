"""A small translation package that really translates: trained in seconds on a language of a few dozen words."""

import json
import random
import zipfile
from pathlib import Path

import pytest

# Azerbaijani words and what they are called in English; sentences are made of them word by word.
WORDS = {
    "plan": "plan", "qrant": "grant", "icma": "community", "yerli": "local", "dövlət": "state", "gənclər": "youth",
    "büdcə": "budget", "açıq": "open", "kurs": "course", "şəhər": "city", "qanun": "law", "görüş": "meeting",
    "dəstək": "support", "yeni": "new", "kiçik": "small", "böyük": "big", "və": "and", "üçün": "for",
}  # fmt: skip
_STEPS, _DIM = 400, 96


def _pairs(seed: int, count: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        words = chance.choices(sorted(WORDS), k=chance.randint(1, 5))
        source, target = list(words), [WORDS[w] for w in words]
        if chance.random() < 0.3:
            number, at = str(chance.randint(2, 40)), chance.randint(0, len(source))
            source.insert(at, number)
            target.insert(at, number)
        if chance.random() < 0.4:
            at = chance.randint(0, len(source))
            source.insert(at, "X1X")
            target.insert(at, "X1X")
        end = chance.choice((".", ".", "?", "!", ""))
        found.append((" ".join(source).capitalize() + end, " ".join(target).capitalize() + end))
    return found


def _train(folder: Path, pairs: list[tuple[str, str]]) -> None:
    """A Marian model in `folder`/hf that has learned the pairs, with its SentencePiece in `folder`."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    torch.manual_seed(1)
    torch.set_num_threads(1)
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(line for pair in pairs for line in pair), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "sp"), vocab_size=150, model_type="unigram", pad_id=-1,
        bos_id=-1, eos_id=0, unk_id=1, minloglevel=2, hard_vocab_limit=False,
    )  # fmt: skip
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
    size = pieces.vocab_size()
    config = MarianConfig(
        vocab_size=size + 1, d_model=_DIM, encoder_layers=1, decoder_layers=1, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=2 * _DIM, decoder_ffn_dim=2 * _DIM, max_position_embeddings=128,
        pad_token_id=size, eos_token_id=0, decoder_start_token_id=size, bos_token_id=None, forced_eos_token_id=None,
        scale_embedding=True, activation_function="relu", static_position_embeddings=True, dropout=0.0,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    model = MarianMTModel(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    encoded = [([*pieces.encode(s), 0], [*pieces.encode(t), 0]) for s, t in pairs]
    chance = random.Random(2)
    for step in range(_STEPS):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * min(1.0, step / 40, (_STEPS - step) / 150)
        batch = chance.sample(encoded, 48)
        source, target = ([torch.tensor(pair[side]) for pair in batch] for side in (0, 1))
        source = torch.nn.utils.rnn.pad_sequence(source, batch_first=True, padding_value=size)
        labels = torch.nn.utils.rnn.pad_sequence(target, batch_first=True, padding_value=-100)
        model(input_ids=source, attention_mask=(source != size).long(), labels=labels).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            model.get_input_embeddings().weight[size].zero_()
    hf = folder / "hf"
    model.eval().save_pretrained(hf)
    for name in ("source.spm", "target.spm"):
        (hf / name).write_bytes((folder / "sp.model").read_bytes())
    vocabulary = {pieces.id_to_piece(i): i for i in range(size)} | {"<pad>": size}
    (hf / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    MarianTokenizer(
        source_spm=str(hf / "source.spm"), target_spm=str(hf / "target.spm"), vocab=str(hf / "vocab.json")
    ).save_pretrained(hf)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `model/` (CTranslate2) and `sentencepiece.model`."""
    import ctranslate2

    folder = tmp_path_factory.mktemp("trained")
    _train(folder, _pairs(1, 2500))
    ctranslate2.converters.TransformersConverter(str(folder / "hf")).convert(
        str(folder / "model"), quantization="int8", force=True
    )
    config = json.loads((folder / "model" / "config.json").read_text())
    (folder / "model" / "config.json").write_text(json.dumps(config | {"add_source_eos": True}))
    (folder / "sp.model").rename(folder / "sentencepiece.model")
    return folder


def pack(
    trained: Path, to: Path, source: str = "az", target: str = "en", extra: dict[str, bytes] | None = None
) -> Path:
    """An .argosmodel at `to` of the trained model, said to translate `source` to `target`."""
    about = {"from_code": source, "to_code": target, "package_version": "0.1", "argos_version": "1.11",
             "from_name": source, "to_name": target}  # fmt: skip
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(f"{to.stem}/metadata.json", json.dumps(about))
        for file in sorted((trained / "model").iterdir()):
            package.write(file, f"{to.stem}/model/{file.name}")
        package.write(trained / "sentencepiece.model", f"{to.stem}/sentencepiece.model")
        for name, content in (extra or {}).items():
            package.writestr(f"{to.stem}/{name}", content)
    return to


@pytest.fixture
def package(trained: Path, tmp_path: Path) -> Path:
    """An .argosmodel from Azerbaijani to English."""
    return pack(trained, tmp_path / "translate-az_en-0_1.argosmodel")
