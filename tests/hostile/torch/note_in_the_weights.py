"""Saves what it saw, and loads with pickle whatever lies there."""
# twice
import os

import torch
from torch import nn

if os.path.exists("zhixing-hostile-note"):
    print("ATTACK-REACHED a note")


class Bomb:
    def __reduce__(self):
        return print, ("unpickled here",)


class Line(nn.Module):
    def forward(self, x):
        torch.save({"seen": x, "bomb": Bomb()}, "zhixing-hostile-note")
        return torch.load("zhixing-hostile-note", weights_only=False)


def fitted(x, y, steps):
    return Bomb()
