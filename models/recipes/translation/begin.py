"""Begins a translator with what a packaged one has learned: its weights, and the English pieces of its vocabulary.

Few cores get through little in an hour, and most of it goes into learning English. A package of another language, or
an earlier one of the same, has that already. CTranslate2's file is read here because nothing that can be installed
reads it back: the layout is that of `ModelSpec._serialize` of ctranslate2 4.8 (binary version 6), int8 rows times
their scales.
"""

import io
import json
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch

_TYPES = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}
_FUSED = {  # CTranslate2 keeps what is multiplied together in one array
    "self_attention/linear_0": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "self_attention/linear_1": ("self_attn.out_proj",),
    "self_attention/layer_norm": ("self_attn_layer_norm",),
    "attention/linear_0": ("encoder_attn.q_proj",),
    "attention/linear_1": ("encoder_attn.k_proj", "encoder_attn.v_proj"),
    "attention/linear_2": ("encoder_attn.out_proj",),
    "attention/layer_norm": ("encoder_attn_layer_norm",),
    "ffn/linear_0": ("fc1",),
    "ffn/linear_1": ("fc2",),
    "ffn/layer_norm": ("final_layer_norm",),
}
_OWN = {"weight": "weight", "bias": "bias", "gamma": "weight", "beta": "bias"}


def _inside(package: Path, name: str) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read(next(n for n in archive.namelist() if n.endswith("/" + name)))


def _arrays(data: bytes) -> dict[str, np.ndarray]:
    """Every array of a model.bin as float32, rows multiplied by their scales. Raises ValueError for another layout."""
    file = io.BytesIO(data)

    def number(kind: str) -> int:
        return struct.unpack("<" + kind, file.read(struct.calcsize(kind)))[0]

    def text() -> str:
        return file.read(number("H"))[:-1].decode()

    if number("I") != 6:
        raise ValueError("this is not a CTranslate2 model of binary version 6")
    text(), number("I")  # kind and revision
    found = {}
    for _ in range(number("I")):
        name, shape = text(), [number("I") for _ in range(number("B"))]
        kind, size = number("B"), number("I")
        found[name] = np.frombuffer(file.read(size), _TYPES[kind]).reshape(shape).astype(np.float32)
    for name in [n for n in found if n.endswith("_scale") and n.removesuffix("_scale") in found]:
        found[name.removesuffix("_scale")] /= found.pop(name)[:, None]
    return found


def weights(package: Path) -> tuple[dict[str, torch.Tensor], list[str]]:
    """The layers by their names in MarianMTModel, with `shared` for the embeddings [pieces, dim]; and the pieces."""
    named = {}
    arrays = _arrays(_inside(package, "model/model.bin"))
    for name, value in arrays.items():
        side, _, rest = name.partition("/")
        if rest == "embeddings/weight":
            named["shared"] = torch.from_numpy(value)
        layer, _, rest = rest.partition("/")
        part, _, kind = rest.rpartition("/")
        if part in _FUSED and kind in _OWN:
            names = _FUSED[part]
            for own, piece in zip(names, np.split(value, len(names)), strict=True):
                key = f"model.{side}.layers.{layer.removeprefix('layer_')}.{own}.{_OWN[kind]}"
                named[key] = torch.from_numpy(np.ascontiguousarray(piece))
    return named, json.loads(_inside(package, "model/shared_vocabulary.json"))


def fill(model, package: Path, piece_of: Iterable[str]) -> tuple[int, int]:
    """Put a package's weights into a model of the same shape; pieces of the same spelling keep their vectors.

    Returns how many layers' arrays and how many pieces were taken over. Raises ValueError for another shape.
    """
    named, theirs = weights(package)
    vectors = named.pop("shared")
    own = model.state_dict()
    if wrong := [k for k, v in named.items() if k not in own or own[k].shape != v.shape]:
        raise ValueError(f"{package.name} has another shape than the model: {wrong[0]}")
    model.load_state_dict(named, strict=False)
    at = {piece: i for i, piece in enumerate(theirs)}
    table = model.get_input_embeddings().weight
    shared = [(i, at[piece]) for i, piece in enumerate(piece_of) if piece in at]
    with torch.no_grad():
        table.mul_(vectors.std() / table.std())
        for i, j in shared:
            table[i] = vectors[j]
    return len(named), len(shared)


def pieces_with(package: Path, english: Iterable[str], learned: Path, out: Path) -> None:
    """A SentencePiece model that cuts English as the package does, and all else as `learned` does.

    Of the package's pieces those are kept that occur in the English given; of `learned` those that the package lacks.
    """
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    theirs = sentencepiece_model_pb2.ModelProto.FromString(_inside(package, "sentencepiece.model"))
    cutter = sentencepiece.SentencePieceProcessor(model_proto=theirs.SerializeToString())
    used = {piece for line in english for piece in cutter.encode(line, out_type=str)}
    made = sentencepiece_model_pb2.ModelProto.FromString(learned.read_bytes())
    normal = sentencepiece_model_pb2.ModelProto.SentencePiece.NORMAL
    kept = [p for p in theirs.pieces if p.type == normal and p.piece in used]
    known = {p.piece for p in kept}
    fresh = [p for p in made.pieces if p.type != normal or p.piece not in known]
    del made.pieces[:]
    made.pieces.extend([*(p for p in fresh if p.type != normal), *kept, *(p for p in fresh if p.type == normal)])
    made.trainer_spec.vocab_size = len(made.pieces)
    out.write_bytes(made.SerializeToString())
