import torch
from torch import nn


class Net(nn.Module):
    """4 features -> 16 rectified units -> 3 logits."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 16)
        self.out = nn.Linear(16, 3)

    def forward(self, X):
        return self.out(torch.relu(self.hidden(X)))


def logits(weights, X):
    """The net's output (n, 3) with the given weights: hidden W (16, 4), b, out W (3, 16), b."""
    net = Net()
    names = ("hidden.weight", "hidden.bias", "out.weight", "out.bias")
    net.load_state_dict(
        {name: torch.tensor(w, dtype=torch.float32) for name, w in zip(names, weights, strict=True)}
    )
    with torch.no_grad():
        return net(torch.tensor(X, dtype=torch.float32)).numpy()


def loss(Z, y):
    """Mean cross-entropy (nats) of logits Z (n, 3) and labels y (n,)."""
    return float(nn.functional.cross_entropy(torch.tensor(Z), torch.tensor(y)))


def train(X, y, steps, rate):
    """Plain SGD on the whole batch: the loss before each step, and the logits afterwards."""
    X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        value = nn.functional.cross_entropy(net(X), y)
        value.backward()
        optimizer.step()
        losses.append(value.item())
    with torch.no_grad():
        return losses, net(X).numpy()
