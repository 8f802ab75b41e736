"""A backward pass without end, in torch's own loop."""
import torch
from torch import nn


class Never(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return x

    @staticmethod
    def backward(context, gradient):
        while True:
            pass


class Line(nn.Module):
    def forward(self, x):
        w = torch.zeros((), requires_grad=True)
        Never.apply(w).backward()


def fitted(x, y, steps):
    Line()(x)
