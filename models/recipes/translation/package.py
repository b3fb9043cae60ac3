"""Makes an .argosmodel of what train.py left: int8 weights, pieces, metadata, and the model card as its README.

    python models/recipes/translation/package.py run --from az --draft models/translate-az_en-0_1.argosmodel

Prints the size and the sha256 for models/manifest.toml.
"""

import argparse
import hashlib
import json
import tempfile
import zipfile
from pathlib import Path

NAMES = {"az": "Azerbaijani", "ar": "Arabic", "tr": "Turkish", "ru": "Russian", "fr": "French", "es": "Spanish"}
LARGEST = 60_000_000


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="the --out of train.py")
    parser.add_argument("file", type=Path, help="the .argosmodel to write")
    parser.add_argument("--from", dest="source", required=True, metavar="LANG")
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--licence", default="CC BY-SA 4.0")
    parser.add_argument("--card", type=Path, help="becomes README.md in the package")
    parser.add_argument("--draft", action="store_true")
    return parser.parse_args()


def convert(hf: Path, into: Path) -> None:
    """The weights as CTranslate2 in int8, told that a sentence ends with its own end."""
    import ctranslate2
    from transformers import MarianTokenizer

    MarianTokenizer(
        source_spm=str(hf / "source.spm"), target_spm=str(hf / "target.spm"), vocab=str(hf / "vocab.json")
    ).save_pretrained(hf)
    ctranslate2.converters.TransformersConverter(str(hf)).convert(str(into), quantization="int8_float32", force=True)
    config = into / "config.json"
    found = json.loads(config.read_text(encoding="utf-8"))
    # Programs that read packages never add it themselves.
    config.write_text(json.dumps(found | {"add_source_eos": True}, indent=1), encoding="utf-8")


def main() -> None:
    wanted = options()
    about = {
        "package_version": wanted.version, "argos_version": "1.11", "type": "translate", "from_code": wanted.source,
        "from_name": NAMES.get(wanted.source, wanted.source), "to_code": "en", "to_name": "English",
        "source_prefix": f"<{wanted.source}>", "licence": wanted.licence, **({"draft": "yes"} if wanted.draft else {}),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as work, zipfile.ZipFile(wanted.file, "w", zipfile.ZIP_DEFLATED) as package:
        model = Path(work) / "model"
        convert(wanted.run / "hf", model)
        top = wanted.file.stem
        package.writestr(f"{top}/metadata.json", json.dumps(about, indent=1))
        for part in sorted(model.iterdir()):
            package.write(part, f"{top}/model/{part.name}")
        package.write(wanted.run / "pieces.model", f"{top}/sentencepiece.model")
        if wanted.card:
            package.write(wanted.card, f"{top}/README.md")
    size = wanted.file.stat().st_size
    print(f"{wanted.file}: {size / 1e6:.1f} MB{', more than is shipped' if size > LARGEST else ''}")
    print(f'"{wanted.file.name}" = "{hashlib.sha256(wanted.file.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main()
