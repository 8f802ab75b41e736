"""What a fork server for torch does once, with generic code, so that no answer pays for it.

Left to each answer, the first optimizer alone costs over a second (it imports torch's compiler),
and the copies of the server's page tables several milliseconds.
"""

import contextlib
import io
import os
from typing import Any


def warm_up() -> None:
    """One thread for ever, then every lazy part that a first training would meet.

    torch takes its number of threads from the first call: a pool that one operation started would
    be lost in the forked process, and its next operation would wait for it for ever.
    """
    import torch

    from zhixing.grader import tensors

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    tensors.become_torch()
    _train_a_little(torch)
    _walk_through(torch)
    made = os.environ.pop("TORCHINDUCTOR_CACHE_DIR", "")  # by the import: no answer's folder
    with contextlib.suppress(OSError):
        os.rmdir(made)  # noqa: PTH106


def _train_a_little(torch: Any) -> None:
    """Layers, losses and optimizers of every common kind, forward, backward and a step each."""
    nn = torch.nn
    picture = torch.rand(4, 1, 12, 12)
    label = torch.tensor([0, 1, 2, 1])
    eyes = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 4, 3), nn.GELU(), nn.AvgPool2d(2), nn.AdaptiveAvgPool2d(2), nn.Flatten(),
        nn.Dropout(0.1), nn.Linear(16, 8), nn.LayerNorm(8), nn.Tanh(), nn.Linear(8, 3),
    )  # fmt: skip
    for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW):
        optimizer = kind(eyes.parameters(), lr=0.01)
        turns = torch.optim.lr_scheduler.StepLR(optimizer, 1)
        for _ in range(2):
            optimizer.zero_grad()
            nn.functional.cross_entropy(eyes(picture), label).backward()
            nn.utils.clip_grad_norm_(eyes.parameters(), 1.0)
            optimizer.step()
            turns.step()
    words = nn.Embedding(6, 8)(torch.tensor([[0, 1, 2], [3, 4, 5]]))
    for reader in (nn.LSTM(8, 4), nn.GRU(8, 4), nn.TransformerEncoderLayer(8, 2, 8)):
        heard = reader(words)
        (heard[0] if isinstance(heard, tuple) else heard).sum().backward(retain_graph=True)
    for loss in (nn.MSELoss(), nn.BCEWithLogitsLoss(), nn.L1Loss()):
        loss(torch.rand(3, requires_grad=True), torch.rand(3)).backward()


def _walk_through(torch: Any) -> None:
    """Evaluation, batches from a loader, weights out and in, a save that reaches no disk."""
    rows = torch.utils.data.TensorDataset(torch.rand(6, 4), torch.arange(6))
    model = torch.nn.Linear(4, 3)
    for batch, _ in torch.utils.data.DataLoader(rows, batch_size=4, shuffle=True):
        with torch.no_grad():
            model.eval()(batch).softmax(dim=1).argmax(dim=1).numpy()
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    model.train().load_state_dict(torch.load(file, weights_only=True))
    torch.manual_seed(0)
    torch.Generator().manual_seed(0)
