"""The stance model beside simpler ways, on topics and claims that none of them has seen.

python benchmarks/stance.py --argkp ../shared/data/argkp --perspectrum ../shared/data/perspectrum
"""

import argparse
import importlib.util
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from ogp_sensemaker.nlp import embed, stance

ROOT = Path(__file__).resolve().parent.parent


def recipe():
    """The recipe that trained the model: it reads the data."""
    spec = importlib.util.spec_from_file_location("recipe", ROOT / "models" / "recipes" / "stance" / "train.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["recipe"] = module
    spec.loader.exec_module(module)
    return module


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--argkp", type=Path, required=True)
    parser.add_argument("--perspectrum", type=Path, required=True)
    args = parser.parse_args()
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score

    data = recipe()
    train = data.read_argkp(args.argkp, "train") + data.read_perspectrum(args.perspectrum, "train")
    tests = {
        "ArgKP dev": data.read_argkp(args.argkp, "dev"),
        "Perspectrum dev": data.read_perspectrum(args.perspectrum, "dev"),
    }
    y = [p.label for p in train]
    rows: dict[str, dict[str, float]] = {}

    def note(way: str, name: str, predicted) -> None:
        rows.setdefault(way, {})[name] = f1_score(
            [p.label for p in tests[name]], predicted, average="macro", labels=[0, 1]
        )

    most = Counter(y).most_common(1)[0][0]
    words = [TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True) for _ in range(2)]
    x = hstack([words[0].fit_transform([p.target for p in train]), words[1].fit_transform([p.text for p in train])])
    tfidf = LogisticRegression(max_iter=1000, C=3).fit(x, y)

    def frozen(pairs):
        a, b = embed.embed([p.target for p in pairs]), embed.embed([p.text for p in pairs])
        return np.hstack([a, b, np.abs(a - b), a * b])

    linear = LogisticRegression(max_iter=2000, C=1).fit(frozen(train), y)
    for name, pairs in tests.items():
        note("majority", name, [most] * len(pairs))
        z = hstack([words[0].transform([p.target for p in pairs]), words[1].transform([p.text for p in pairs])])
        note("TF-IDF, logistic regression", name, tfidf.predict(z))
        note("frozen MiniLM, logistic regression", name, linear.predict(frozen(pairs)))
        started = time.perf_counter()
        found = stance.probabilities([(p.target, p.text) for p in pairs])
        speed = len(pairs) / (time.perf_counter() - started)
        note("stance-minilm, of the two sides", name, found[:, :2].argmax(axis=1))
        said = stance.stance([(p.target, p.text) for p in pairs])
        note("stance-minilm, as used (four labels)", name, [stance.LABELS.index(s) for s, _ in said])
        print(f"{name}: {speed:.0f} pairs a second; {dict(Counter(str(s) for s, _ in said))}")
    print(f"\n{'macro-F1':40}" + "".join(f"{name:>18}" for name in tests))
    for way, found in rows.items():
        print(f"{way:40}" + "".join(f"{found[name]:>18.3f}" for name in tests))


if __name__ == "__main__":
    main()
