"""Trains a translator from one or several languages into English, in a given number of minutes.

    python models/recipes/translation/train.py --out run --minutes 25 \\
        --train az=DATA/train.az-en.tsv.gz --train tr=DATA/train.tr-en.tsv.gz:0.5 \\
        --prose az=DATA/written.az-en.tsv.gz:6 --dev az=DEV/flores-dev.az-en.tsv.gz

See README.md beside it for what happens and why. `package.py` makes an .argosmodel of what this leaves in --out.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import alignment
import begin
import torch
from pairs import BACK, PLACEHOLDERS, Pair, batches, dealt, read, tag, varied
from softmax import SmoothedLoss

EOS, UNKNOWN = 0, 1
SAVE_EVERY = 300.0  # seconds
PORTION = 20_000  # pairs that are encoded at once


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--train", action="append", default=[], metavar="LANG=FILE[:WEIGHT]", help="pairs of any kind")
    add("--prose", action="append", default=[], metavar="LANG=FILE[:WEIGHT]", help="pairs that the last phase uses too")
    add("--back", action="append", default=[], metavar="LANG=FILE[:WEIGHT]", help="sources that a machine made")
    add(
        "--dev", action="append", default=[], metavar="LANG=FILE", help="for the loss that is printed; never trained on"
    )
    add("--out", type=Path, required=True)
    add("--minutes", type=float, required=True, help="in all, with those before --resume; pauses do not count")
    add("--tune", type=float, default=0.2, help="share of the time for the phase on prose (default: %(default)s)")
    add("--resume", type=Path, help="a checkpoint.pt of the same shape")
    add("--begin", type=Path, help="a package of the same shape to start from; see begin.py")
    add("--dim", type=int, default=512)
    add("--encoder", type=int, default=6)
    add("--decoder", type=int, default=3)
    add("--heads", type=int, default=8)
    add("--vocabulary", type=int, default=16000)
    add("--tokens", type=int, default=16000, help="in a batch, padding included")
    add("--rate", type=float, default=1.2e-3)
    add("--warmup", type=int, default=1500, help="steps")
    add("--dropout", type=float, default=0.3)
    add("--sampling", type=float, default=0.5, help="alpha of subword sampling in sources; less is wilder, 0 is none")
    add("--attention", type=float, default=0.1, help="dropout within layers")
    add("--guide", type=float, default=0.5, help="weight of the alignments in the first third; 0 is none")
    add("--longest", type=int, default=100, help="words of a pair")
    add("--seed", type=int, default=3)
    add("--threads", type=int, default=0, help="processor threads; 0 leaves it to torch")
    return parser.parse_args()


def learn_pieces(out: Path, groups: Sequence[Sequence[Pair]], size: int, seed: int, package: Path | None):
    """SentencePiece over all sources and their English, with the tags as pieces of their own.

    With a package to begin with, `size` counts the sources' pieces alone: English is cut as in the package.
    """
    import sentencepiece

    model = out / "pieces.model"
    if not model.exists():
        chance = random.Random(seed)
        languages = sorted({pair.language for group in groups for pair in group})
        corpus = out / "corpus.txt"
        with corpus.open("w", encoding="utf-8") as file:
            for pair in (pair for group in groups for pair in group):
                if chance.random() < 0.2 + pair.weight:
                    file.write(f"{pair.source}\n" if package else f"{pair.source}\n{pair.english}\n")
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=str(out / "pieces"), vocab_size=size, hard_vocab_limit=False,
            character_coverage=0.9998, byte_fallback=True, normalization_rule_name="nmt_nfkc", pad_id=-1, bos_id=-1,
            eos_id=EOS, unk_id=UNKNOWN, minloglevel=2, max_sentence_length=6000,
            user_defined_symbols=[BACK, *map(tag, languages), *PLACEHOLDERS],
        )  # fmt: skip
        corpus.unlink()
        if package:
            english = (pair.english for group in groups for pair in group)
            begin.pieces_with(package, english, model, model)
    return sentencepiece.SentencePieceProcessor(model_file=str(model))


def make_model(size: int, wanted: argparse.Namespace):
    from transformers import MarianConfig, MarianMTModel

    return MarianMTModel(
        MarianConfig(
            vocab_size=size + 1, d_model=wanted.dim, encoder_layers=wanted.encoder, decoder_layers=wanted.decoder,
            encoder_attention_heads=wanted.heads, decoder_attention_heads=wanted.heads, encoder_ffn_dim=4 * wanted.dim,
            decoder_ffn_dim=4 * wanted.dim, max_position_embeddings=512, static_position_embeddings=True,
            scale_embedding=True, activation_function="relu", dropout=wanted.dropout,
            attention_dropout=wanted.attention, activation_dropout=wanted.attention,
            share_encoder_decoder_embeddings=True, tie_word_embeddings=True, eos_token_id=EOS,
            # CTranslate2's converter leaves out the last entry: it has to be the padding that decoding begins with.
            pad_token_id=size, decoder_start_token_id=size, bos_token_id=None, forced_eos_token_id=None,
        )
    )  # fmt: skip


class Trainer:
    """The model with all that changes while it learns."""

    def __init__(self, wanted: argparse.Namespace, size: int) -> None:
        self.wanted, self.pad = wanted, size
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        # A processor that has no bfloat16 of its own is six times slower with it than without.
        half = self.device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self.kind = torch.bfloat16 if half else torch.float32
        self.model = make_model(size, wanted).to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=wanted.rate, betas=(0.9, 0.98), weight_decay=0.01
        )
        self.step = 0
        self.spent = 0.0  # seconds of learning
        self.guide: alignment.Guide | None = None
        self.mean: dict[str, torch.Tensor] = {}
        self.means = 0
        if wanted.resume:
            saved = torch.load(wanted.resume, map_location=self.device, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.step, self.spent = saved["step"], saved["spent"]

    def loss(
        self, rows: Sequence[tuple[list[int], list[int]]], smoothing: float, guided: float = 0.0
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The loss that is learned from, and the translator's own part of it, per piece."""
        source = self._padded([s for s, _ in rows])
        target = self._padded([t for _, t in rows])
        begun = self._padded([[self.pad, *t[:-1]] for _, t in rows])
        there = target != self.pad
        with torch.autocast(self.device, torch.bfloat16, enabled=self.kind is torch.bfloat16):
            hidden = self.model.model(
                input_ids=source, attention_mask=(source != self.pad).long(), decoder_input_ids=begun, use_cache=False
            ).last_hidden_state
            pulled = self.guide.loss(source, target, self.pad) if self.guide and guided > 0 else 0.0
        own = SmoothedLoss.apply(hidden[there], self.model.lm_head.weight, target[there], smoothing, self.kind)
        return own + guided * pulled, own.detach()

    def _padded(self, rows: Sequence[list[int]]) -> torch.Tensor:
        return alignment.padded(rows, self.pad).to(self.device)

    def learn(self, rows: Sequence[tuple[list[int], list[int]]], rate: float, guided: float) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss, own = self.loss(rows, 0.1, guided)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():  # decoding begins with zeros in CTranslate2
            self.model.get_input_embeddings().weight[self.pad].zero_()
        self.step += 1
        return float(own)

    def remember(self) -> None:
        """Take the present weights into the mean that is shipped."""
        self.means += 1
        for name, value in self.model.state_dict().items():
            if name not in self.mean:
                self.mean[name] = value.detach().float().clone()
            else:
                self.mean[name].lerp_(value.float(), 1 / self.means)

    def save(self, place: Path) -> None:
        fresh = place.with_suffix(".new")
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save({**state, "step": self.step, "spent": self.spent}, fresh)
        fresh.replace(place)

    def dev_loss(self, rows: Sequence[tuple[list[int], list[int]]]) -> float:
        self.model.eval()
        total = count = 0.0
        with torch.no_grad():
            for batch in batches(rows, self.wanted.tokens, random.Random(0)):
                pieces = sum(len(target) for _, target in batch)
                total += float(self.loss(batch, 0.0)[1]) * pieces
                count += pieces
        self.model.train()
        return total / max(count, 1)


def encoded(pieces, pairs: Sequence[Pair], chance: random.Random, sampling: float) -> list[tuple[list[int], list[int]]]:
    both = [varied(pair, chance) for pair in pairs]
    how = {"enable_sampling": True, "alpha": sampling, "nbest_size": -1} if sampling else {}
    sources = pieces.encode([source for source, _ in both], **how)
    # English in one cut alone: a small model that has to guess the cut as well learns little else.
    targets = pieces.encode([english for _, english in both])
    return [([*s[:254], EOS], [*t[:254], EOS]) for s, t in zip(sources, targets, strict=True)]


_given: dict[str, Any] = {}  # what the process that encodes was given when it began


def portion(seed: int) -> list:
    """The batches of one portion of the pairs, drawn by what they count; in the process that encodes."""
    chance = random.Random(seed)
    drawn = dealt(_given["pairs"], _given["weights"], PORTION, chance)
    rows = encoded(_given["pieces"], drawn, chance, _given["wanted"].sampling)
    return list(batches(rows, _given["wanted"].tokens, chance))


def portions(pieces, pairs: Sequence[Pair], wanted: argparse.Namespace, seed: int) -> Iterator[list]:
    """Batches without end; the next portion is encoded in another process while this one is learned."""
    _given.update(pieces=pieces, pairs=pairs, weights=list(accumulate(p.weight for p in pairs)), wanted=wanted)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as ahead:
        waiting = ahead.submit(portion, seed)
        while True:
            here = waiting.result()
            seed += 1
            waiting = ahead.submit(portion, seed)
            yield from here


def run(trainer: Trainer, pieces, every: Sequence[Pair], prose: Sequence[Pair], dev: list) -> None:
    """First on everything, then on prose with a small rate; the mean is of the last third of each."""
    wanted = trainer.wanted
    last, last_save, last_word = time.monotonic(), trainer.spent, 0.0
    whole = wanted.minutes * 60
    phases = [("everything", every, 0.0, 1.0 - wanted.tune if prose else 1.0)]
    if prose and wanted.tune > 0:
        phases.append(("prose", prose, 1.0 - wanted.tune, 1.0))
    for number, (name, pairs, first, last_share) in enumerate(phases):
        if trainer.spent >= last_share * whole:
            continue
        trainer.mean, trainer.means = {}, 0
        since = trainer.spent
        for batch in portions(pieces, pairs, wanted, 1_000_000 * (wanted.seed + number) + trainer.step):
            # What takes longer than a step can was a pause: the machine was needed for something else.
            trainer.spent += min(time.monotonic() - last, 15.0)
            last = time.monotonic()
            done = trainer.spent / whole
            if done >= last_share:
                break
            within = (done - first) / (last_share - first)
            # A straight fall to nearly nothing: with few steps that is better than the usual root.
            falls = max(0.03, 1 - within)
            rise = min(1.0, (trainer.step + 1) / wanted.warmup)
            rate = wanted.rate * rise * falls if number == 0 else 0.1 * wanted.rate * falls
            loss = trainer.learn(batch, rate, wanted.guide * max(0.0, 1 - 3 * done))
            now = trainer.spent
            if within > 0.67 and now - since > max(1.0, whole * (last_share - first) / 60):
                trainer.remember()
                since = now
            if now - last_save > SAVE_EVERY:
                trainer.save(wanted.out / "checkpoint.pt")
                last_save = now
            if now - last_word > max(5.0, whole / 100):
                print(f"{name}: {done:.0%} step {trainer.step} loss {loss:.3f} rate {rate:.1e}", flush=True)
                last_word = now
        print(f"{name}: ended at step {trainer.step}, dev loss {trainer.dev_loss(dev):.3f}", flush=True)


def write(trainer: Trainer, pieces, out: Path) -> None:
    """The mean weights, the pieces and the tokenizer files that the converter reads, into out/hf."""
    trainer.save(out / "checkpoint.pt")
    if trainer.means:
        own = trainer.model.state_dict()
        trainer.model.load_state_dict({name: value.to(own[name].dtype) for name, value in trainer.mean.items()})
    hf = out / "hf"
    trainer.model.half().cpu().eval().save_pretrained(hf)
    for name in ("source.spm", "target.spm"):
        (hf / name).write_bytes((out / "pieces.model").read_bytes())
    vocabulary = {pieces.id_to_piece(i): i for i in range(pieces.vocab_size())} | {"<pad>": pieces.vocab_size()}
    (hf / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    wanted = options()
    if wanted.threads:
        torch.set_num_threads(wanted.threads)
    torch.manual_seed(wanted.seed)
    wanted.out.mkdir(parents=True, exist_ok=True)
    train = [pair for spec in wanted.train for pair in read(spec, wanted.longest)]
    prose = [pair for spec in wanted.prose for pair in read(spec, wanted.longest)]
    back = [pair for spec in wanted.back for pair in read(spec, wanted.longest, back=True)]
    pieces = learn_pieces(wanted.out, (train, prose), wanted.vocabulary, wanted.seed, wanted.begin)
    dev_pairs = [pair for spec in wanted.dev for pair in read(spec, wanted.longest)]
    plain = [(f"{tag(p.language)} {p.source}", p.english) for p in dev_pairs]
    dev = [([*pieces.encode(s), EOS], [*pieces.encode(e), EOS]) for s, e in plain]
    trainer = Trainer(wanted, pieces.vocab_size())
    if wanted.begin:
        names = [pieces.id_to_piece(i) for i in range(pieces.vocab_size())]
        arrays, shared = begin.fill(trainer.model, wanted.begin, names)
        print(f"{arrays} arrays and {shared} pieces from {wanted.begin.name}", flush=True)
    trainer.model.train()
    count = sum(p.numel() for p in trainer.model.parameters())
    print(f"{len(train)} + {len(prose)} prose + {len(back)} back-translated pairs; {count / 1e6:.1f} M parameters; "
          f"{trainer.device}", flush=True)  # fmt: skip
    if wanted.guide > 0 and not wanted.resume:
        chance = random.Random(wanted.seed)
        every = [*train, *prose]
        drawn = dealt(every, list(accumulate(p.weight for p in every)), 120_000, chance)
        table = alignment.learn(list(batches(encoded(pieces, drawn, chance, 0.0), 8000, chance)), trainer.pad)
        trainer.guide = alignment.Guide(trainer.model, table.to(trainer.device))
        alignment.begin_near(trainer.model.get_input_embeddings().weight, table, trainer.pad)
        print("alignments are learned", flush=True)
    run(trainer, pieces, [*train, *prose, *back], prose, dev)
    write(trainer, pieces, wanted.out)
    print(f"mean of {trainer.means} sets of weights written to {wanted.out / 'hf'}")


if __name__ == "__main__":
    main()
