import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


class LeNet(nn.Module):
    """Grey pictures (n, 1, side, side) -> scores (n, classes). 40,000 to 120,000 parameters at 28."""

    def __init__(self, side=28, classes=10, dropout=0.25):
        super().__init__()
        # <answer> two convolutions and dense layers; how many numbers reach the dense ones follows from side
        self.first = nn.Conv2d(1, 6, 5, padding=2)
        self.second = nn.Conv2d(6, 16, 5)
        left = (side // 2 - 4) // 2
        self.dense = nn.Sequential(
            nn.Linear(16 * left * left, 120),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, classes),
        )
        # </answer>

    def features(self, X):
        """The maps that reach the dense layers: (n, 1, side, side) -> (n, channels, h, w)."""
        # <answer> twice: convolution, activation, pooling
        X = F.max_pool2d(torch.relu(self.first(X)), 2)
        return F.max_pool2d(torch.relu(self.second(X)), 2)
        # </answer>

    def forward(self, X):
        # <answer> flatten each picture by itself, then the dense layers; scores, no softmax
        return self.dense(self.features(X).flatten(1))
        # </answer>


def train(model, X, y, epochs, batch, rate, seed, on_epoch=None):
    """Train `model` in place and return it. SGD with momentum 0.9 on the mean cross-entropy.

    X: (n, 1, side, side), y: (n,). Each epoch has an order of its own, from `seed`, and ends with
    `on_epoch(loss)`: the mean loss of its n pictures, a float.
    """
    # <answer> for each epoch: training mode, a new order, and for each batch forward, backward, step
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    dice = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(y), generator=dice)
        total = 0.0
        for rows in order.split(batch):
            loss = F.cross_entropy(model(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        if on_epoch is not None:
            on_epoch(total / len(y))
    return model
    # </answer>


def predict(model, X):
    """The class with the highest score for each picture: (n,) ints. The model stays in its mode."""
    # <answer> evaluation mode, no gradients, and the mode it had before
    before = model.training
    model.eval()
    with torch.no_grad():
        scores = model(X)
    model.train(before)
    return scores.argmax(dim=1).numpy()
    # </answer>


def weights(model):
    """Everything that `model` learnt, as a dict name -> NumPy array."""
    # <answer> the state dict, each tensor a copy of its own
    return {name: value.numpy().copy() for name, value in model.state_dict().items()}
    # </answer>


def restore(kept):
    """The LeNet for 28 x 28 pictures and 10 classes that had these weights."""
    # <answer> a new LeNet, then its state
    model = LeNet()
    model.load_state_dict({name: torch.from_numpy(value) for name, value in kept.items()})
    return model
    # </answer>


def filters(model):
    """The kernels of the first convolution as pictures: (k, h, w), each from 0 (black) to 1 (white)."""
    # <answer> each kernel stretched by itself
    kernels = model.first.weight.detach().numpy()[:, 0]
    low = kernels.min(axis=(1, 2), keepdims=True)
    high = kernels.max(axis=(1, 2), keepdims=True)
    return (kernels - low) / np.maximum(high - low, 1e-12)
    # </answer>
