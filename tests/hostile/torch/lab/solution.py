import torch
from torch import nn


class Line(nn.Module):
    """y = w x + b, of numbers; both begin at 0."""

    # <answer>
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(()))
        self.b = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return self.w * x + self.b

    # </answer>


def fitted(x, y, steps):
    """(w, b) after so many steps of gradient descent on the squared error, length 0.1."""
    # <answer>
    line = Line()
    optimizer = torch.optim.SGD(line.parameters(), lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        ((line(x) - y) ** 2).mean().backward()
        optimizer.step()
    return torch.stack([line.w, line.b]).detach()
    # </answer>
