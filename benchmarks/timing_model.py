"""A translation package for measuring speed alone: of the usual size, untrained, and it ends its sentences.

A model with random weights never ends a sentence, and then only the limits of two programs are compared. In this one
the end of a sentence is a direction of the position signal, so that every sentence has about `LENGTH` pieces.
"""

import json
import math
import zipfile
from collections.abc import Sequence
from pathlib import Path

LENGTH = 28  # pieces that it answers with
_DIM, _LAYERS, _VOCABULARY = 512, 6, 16000
_STEEP = 30  # how suddenly the end comes: beam search must not find a much earlier one worth it


def make(folder: Path, texts: Sequence[str]) -> Path:
    """An .argosmodel in `folder`: a 6+6 Transformer of dimension 512 in int8, its pieces learned from `texts`."""
    import ctranslate2
    import sentencepiece
    from transformers import MarianTokenizer

    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(texts), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(folder / "sp"), vocab_size=_VOCABULARY, hard_vocab_limit=False, pad_id=-1,
        bos_id=-1, eos_id=0, unk_id=1, minloglevel=2,
    )  # fmt: skip
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sp.model"))
    hf = folder / "hf"
    _model(pieces.vocab_size()).save_pretrained(hf)
    for name in ("source.spm", "target.spm"):
        (hf / name).write_bytes((folder / "sp.model").read_bytes())
    vocabulary = {pieces.id_to_piece(i): i for i in range(pieces.vocab_size())} | {"<pad>": pieces.vocab_size()}
    (hf / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    MarianTokenizer(
        source_spm=str(hf / "source.spm"), target_spm=str(hf / "target.spm"), vocab=str(hf / "vocab.json")
    ).save_pretrained(hf)
    ctranslate2.converters.TransformersConverter(str(hf)).convert(str(folder / "model"), quantization="int8")
    config = folder / "model" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"add_source_eos": True}))
    return _packed(folder)


def _packed(folder: Path) -> Path:
    about = {"from_code": "az", "to_code": "en", "from_name": "Azerbaijani", "to_name": "English",
             "package_version": "0", "argos_version": "1.11"}  # fmt: skip
    file = folder / "timing-az_en.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        package.writestr("timing-az_en/metadata.json", json.dumps(about))
        for part in sorted((folder / "model").iterdir()):
            package.write(part, f"timing-az_en/model/{part.name}")
        package.write(folder / "sp.model", "timing-az_en/sentencepiece.model")
    return file


def _model(size: int):
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(1)
    config = MarianConfig(
        vocab_size=size + 1, d_model=_DIM, encoder_layers=_LAYERS, decoder_layers=_LAYERS, encoder_attention_heads=8,
        decoder_attention_heads=8, encoder_ffn_dim=4 * _DIM, decoder_ffn_dim=4 * _DIM, max_position_embeddings=512,
        pad_token_id=size, eos_token_id=0, decoder_start_token_id=size, bos_token_id=None, forced_eos_token_id=None,
        scale_embedding=True, activation_function="relu", static_position_embeddings=True,
        share_encoder_decoder_embeddings=True, tie_word_embeddings=True,
    )  # fmt: skip
    model = MarianMTModel(config).eval()
    # The sine that rises longest within a sentence: a quarter of its wave is about the length wanted.
    place = min(range(_DIM // 2), key=lambda i: abs(10000 ** (2 * i / _DIM) * math.pi / 2 - 1.5 * LENGTH))
    with torch.no_grad():
        # The decoder's layers hand on what comes in, so that the position can still be read at the end. They are
        # multiplied all the same: a zero costs as much as any other weight.
        for layer in model.model.decoder.layers:
            for part in (layer.self_attn.out_proj, layer.encoder_attn.out_proj, layer.fc2):
                part.weight.zero_()
                part.bias.zero_()
        table = model.get_input_embeddings().weight
        table[:, place] = 0
        table[0].zero_()
        # An untrained model repeats its last piece; the end has to become likelier than that at the length wanted.
        ids = torch.randint(1, size, (64, LENGTH))
        found = model(input_ids=ids, decoder_input_ids=ids, output_hidden_states=True)
        likeliest = found.logits[:, -1].max(-1).values.mean()
        rising = found.decoder_hidden_states[-1][:, -1, place].mean()
        table[0, place] = _STEEP * likeliest / rising
        model.final_logits_bias[0, 0] = -(_STEEP - 1) * likeliest
        table[size].zero_()
    return model
