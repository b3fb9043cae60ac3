"""Which source piece each English piece comes from, learned before the translator, to show it where to look.

A small translator with few data spends most of its time as a language model that does not look at its source. Here
IBM model 1 (Brown et al. 1993) with a weak pull to the diagonal (as in Dyer et al. 2013) is run in both directions over
pieces; the first steps of training then pull one head of cross attention to what it found (Chen et al. 2016).
"""

from collections.abc import Sequence

import torch

Rows = Sequence[tuple[list[int], list[int]]]

PULL = 1.5  # towards the diagonal: Azerbaijani puts its verb last, so it must be weak
FLOOR = 1e-6


def prior(width: int, sources: torch.Tensor, height: int, targets: torch.Tensor) -> torch.Tensor:
    """exp(-PULL·|i/I - j/J|) for every target piece i and source piece j, [rows, height, width]."""
    i = torch.arange(height, device=targets.device)[None, :, None] / targets[:, None, None]
    j = torch.arange(width, device=sources.device)[None, None, :] / sources[:, None, None]
    return torch.exp(-PULL * (i - j).abs())


def padded(rows: Sequence[Sequence[int]], value: int) -> torch.Tensor:
    """Rows of unequal length as one tensor, [rows, longest]."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def shares(table: torch.Tensor, source: torch.Tensor, target: torch.Tensor, pad: int) -> torch.Tensor:
    """What share of each target piece each source piece gets, [rows, target, source]; the rows of padding are zero."""
    given = (source != pad).sum(1).float(), (target != pad).sum(1).float()
    weight = table[target[:, :, None], source[:, None, :]].float() + FLOOR
    weight = weight * prior(source.shape[1], given[0], target.shape[1], given[1])
    weight = weight * (source != pad)[:, None, :] * (target != pad)[:, :, None]
    return weight / weight.sum(2, keepdim=True).clamp_min(1e-9)


def learn(batches: Sequence[Rows], size: int, rounds: int = 5) -> torch.Tensor:
    """sqrt(P(e|f)·P(f|e)) for all pieces, [English piece, source piece], half precision; `size` is the padding's id."""
    both = [torch.full((size + 1, size + 1), 1.0 / size) for _ in range(2)]
    for _ in range(rounds):
        counted = [torch.zeros_like(table) for table in both]
        for rows in batches:
            source, target = padded([s for s, _ in rows], size), padded([t for _, t in rows], size)
            at = (target[:, :, None] * (size + 1) + source[:, None, :]).flatten()
            forward = shares(both[0], source, target, size)
            counted[0].view(-1).scatter_add_(0, at, forward.flatten())
            backward = shares(both[1].T, target, source, size).transpose(1, 2)
            counted[1].view(-1).scatter_add_(0, at, backward.flatten())
        both[0] = counted[0] / counted[0].sum(0, keepdim=True).add_(0.1)  # P(English | source)
        both[1] = counted[1] / counted[1].sum(1, keepdim=True).add_(0.1)  # P(source | English)
    return (both[0] * both[1]).sqrt_().half()


def begin_near(weight: torch.Tensor, table: torch.Tensor, pad: int) -> None:
    """Begin with source pieces near the English ones they go with: the mean of these by the table's shares.

    `weight` [pieces + 1, dim] is changed in place; what is likelier English than source stays where it is.
    """
    links = table.float()
    links[pad], links[:, pad] = 0.0, 0.0
    other = links.clone()
    other.fill_diagonal_(0.0)
    sums = other.sum(0)  # how firmly each source piece goes with others than itself
    foreign = sums > links.diagonal()
    shares_ = (other / sums.clamp_min(1e-6)).T.to(weight.device)
    shares_ = torch.where(shares_ > 0.05, shares_, 0.0)
    with torch.no_grad():
        near = shares_ @ weight
        size = weight.norm(dim=1).mean()
        near = near / near.norm(dim=1, keepdim=True).clamp_min(1e-6) * size
        here = foreign.to(weight.device) & (shares_.sum(1) > 0)
        weight[here] = 0.3 * weight[here] + 0.7 * near[here]


class Guide:
    """Hooks one head of the last decoder layer's cross attention, and says how far it looks from the table."""

    def __init__(self, model, table: torch.Tensor) -> None:
        self.table = table
        self.attention = model.model.decoder.layers[-1].encoder_attn
        self.seen: tuple[torch.Tensor, torch.Tensor] | None = None
        self.attention.register_forward_pre_hook(self._look, with_kwargs=True)

    def _look(self, _module, given, named) -> None:
        states = named.get("hidden_states", given[0] if given else None)
        self.seen = (states, named["key_value_states"])

    def loss(self, source: torch.Tensor, target: torch.Tensor, pad: int) -> torch.Tensor:
        """Cross entropy between the head's attention and the table's shares, per target piece."""
        states, memory = self.seen
        width = self.attention.head_dim
        queries, keys = self.attention.q_proj, self.attention.k_proj
        q = torch.nn.functional.linear(states, queries.weight[:width], queries.bias[:width])
        k = torch.nn.functional.linear(memory, keys.weight[:width], keys.bias[:width])
        score = (q @ k.transpose(1, 2)).float() * width**-0.5
        score = score.masked_fill((source == pad)[:, None, :], -1e4).log_softmax(2)
        wanted = shares(self.table, source, target, pad)
        return -(wanted * score).sum() / (target != pad).sum()
