"""Tensors without memory, with a petabyte of it, sparse, quantized, nested."""
import torch
from torch import nn


class Line(nn.Module):
    def forward(self, x):
        return torch.zeros(1).expand(2**50)


def fitted(x, y, steps):
    for odd in (
        lambda: torch.empty(2**40, device="meta"),
        lambda: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]),
        lambda: torch.quantize_per_tensor(torch.zeros(3), 1.0, 0, torch.quint8),
        lambda: torch.zeros(2).to_sparse(),
    ):
        try:
            return odd()
        except RuntimeError:
            continue
