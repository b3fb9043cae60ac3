"""The loss over all pieces without keeping every logit: on a processor that is a third of a small model's time."""

import torch

ROWS = 1024  # target pieces at once


class SmoothedLoss(torch.autograd.Function):
    """Mean cross entropy with label smoothing of hidden [n, dim] against weight [pieces, dim]; gradients on the way.

    `kind` is what is multiplied in: bfloat16 where the machine has it, else float32.
    """

    @staticmethod
    def forward(ctx, hidden, weight, target, smoothing, kind):
        of, hidden = weight.to(kind), hidden.to(kind)
        total, of_hidden, of_weight = hidden.new_zeros((), dtype=torch.float32), [], torch.zeros_like(weight)
        for start in range(0, len(target), ROWS):
            rows, wanted = hidden[start : start + ROWS], target[start : start + ROWS]
            at = torch.arange(len(wanted), device=wanted.device)
            logits = (rows @ of.T).float()
            whole = torch.logsumexp(logits, 1)
            right, mean = logits[at, wanted], logits.mean(1)
            total += (whole - (1 - smoothing) * right - smoothing * mean).sum()
            wrong = logits.sub_(whole[:, None]).exp_().sub_(smoothing / logits.shape[1])
            wrong[at, wanted] -= 1 - smoothing
            wrong = wrong.to(kind)
            of_hidden.append(wrong @ of)
            of_weight += (wrong.T @ rows).float()
        ctx.save_for_backward(torch.cat(of_hidden), of_weight)
        ctx.count = len(target)
        return total / len(target)

    @staticmethod
    def backward(ctx, grown):
        of_hidden, of_weight = ctx.saved_tensors
        share = grown / ctx.count
        return of_hidden.float() * share, of_weight * share, None, None, None
