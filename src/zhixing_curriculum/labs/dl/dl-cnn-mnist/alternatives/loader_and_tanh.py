import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class LeNet(nn.Module):
    """Tanh and mean pooling, as in 1998; a trial picture says how many numbers reach the dense layers."""

    def __init__(self, side=28, classes=10, dropout=0.25):
        super().__init__()
        self.maps = nn.Sequential(
            nn.Conv2d(1, 8, kernel_size=5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(8, 16, kernel_size=5),
            nn.Tanh(),
            nn.AvgPool2d(2),
        )
        with torch.no_grad():
            arriving = self.maps(torch.zeros(1, 1, side, side)).numel()
        self.head = nn.Sequential(
            nn.Flatten(), nn.Linear(arriving, 128), nn.Tanh(), nn.Dropout(p=dropout), nn.Linear(128, classes)
        )

    def features(self, X):
        return self.maps(X)

    def forward(self, X):
        return self.head(self.maps(X))


def train(model, X, y, epochs, batch, rate, seed, on_epoch=None):
    rows = TensorDataset(X, y)
    batches = DataLoader(rows, batch_size=batch, shuffle=True, generator=torch.Generator().manual_seed(seed))
    loss_of = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), rate, 0.9)
    for _ in range(epochs):
        model.train()
        losses = []
        for some, labels in batches:
            optimizer.zero_grad(set_to_none=False)
            loss = loss_of(model(some), labels)
            loss.backward()
            optimizer.step()
            losses += [float(loss)] * len(labels)
        if on_epoch:
            on_epoch(sum(losses) / len(losses))
    return model


@torch.inference_mode()
def predict(model, X):
    mode = model.training
    try:
        return model.eval()(X).argmax(1).tolist()
    finally:
        model.train(mode)


def weights(model):
    return {name: parameter.detach().clone().numpy() for name, parameter in model.named_parameters()}


def restore(kept):
    model = LeNet()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(torch.tensor(kept[name]))
    return model


def filters(model):
    kernels = model.maps[0].weight.data.squeeze(1)
    flat = kernels.flatten(1)
    low = flat.min(dim=1).values[:, None, None]
    high = flat.max(dim=1).values[:, None, None]
    return ((kernels - low) / (high - low)).numpy()
