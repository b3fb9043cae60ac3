"""The mean of several trained stance models' weights, as one model: steadier on targets never seen than either.

    python models/recipes/stance/blend.py models/stance-minilm two three

After Wortsman and others (2022), "Model soups". The models must have gone on from one another.
"""

import shutil
import sys
from pathlib import Path

from safetensors.torch import load_file, save_file


def main() -> None:
    """The first argument is the folder to write, the others are those to take the mean of."""
    out, *parts = map(Path, sys.argv[1:])
    loaded = [load_file(part / "model.safetensors") for part in parts]
    mean = {name: sum(one[name].float() for one in loaded) / len(loaded) for name in loaded[0]}
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(parts[0] / name, out / name)
    weights = {name: value.half().contiguous() for name, value in mean.items()}
    save_file(weights, out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
