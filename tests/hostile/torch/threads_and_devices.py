"""Asks for threads after the fork, and for devices."""
import torch
from torch import nn

try:
    torch.set_num_threads(8)
    print(torch.cuda.is_available())
except Exception as error:
    print(error)


class Line(nn.Module):
    def forward(self, x):
        return torch.randn(600, 600) @ torch.randn(600, 600)


def fitted(x, y, steps):
    return torch.zeros(2)
