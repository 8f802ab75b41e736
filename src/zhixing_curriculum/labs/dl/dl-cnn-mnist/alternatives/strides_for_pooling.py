import torch
import torch.nn.functional as F
from torch import nn


class LeNet(nn.Module):
    """A convolution with stride in place of the second pooling; leaky; the sizes worked out by hand."""

    def __init__(self, side=28, classes=10, dropout=0.25):
        super().__init__()
        self.c1 = nn.Conv2d(1, 8, 5, padding=2, bias=False)
        self.c2 = nn.Conv2d(8, 24, 3, stride=2, padding=1)
        self.f1 = nn.Linear(24 * ((side // 2 + 1) // 2) ** 2, 72)
        self.f2 = nn.Linear(72, classes)
        self.dropout = dropout

    def features(self, X):
        return F.leaky_relu(self.c2(F.max_pool2d(F.relu(self.c1(X)), 2)))

    def forward(self, X):
        h = F.relu(self.f1(torch.flatten(self.features(X), start_dim=1)))
        return self.f2(F.dropout(h, self.dropout, training=self.training))


def train(model, X, y, epochs, batch, rate, seed, on_epoch=None):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    torch.manual_seed(seed)
    for _ in range(epochs):
        model.train()
        order, total = torch.randperm(len(X)), 0.0
        for start in range(0, len(X), batch):
            rows = order[start : start + batch]
            loss = F.cross_entropy(model(X[rows]), y[rows], reduction="mean")
            model.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * rows.numel()
        if on_epoch is not None:
            on_epoch(total / len(X))
    return model


def predict(model, X):
    before = model.training
    model.eval()
    with torch.no_grad():
        best = torch.cat([model(piece).max(dim=1).indices for piece in X.split(256)])
    model.train(before)
    return best


def weights(model):
    return {name: tensor.numpy().copy() for name, tensor in model.state_dict().items()}


def restore(kept):
    model = LeNet()
    model.load_state_dict({name: torch.as_tensor(array) for name, array in kept.items()})
    return model


def filters(model):
    pictures = []
    for kernel in model.c1.weight.detach().numpy():
        picture = kernel[0] - kernel[0].min()
        pictures.append(picture / picture.max())
    import numpy

    return numpy.stack(pictures)
