"""Fills its folder with large files. (At most 200 MB.)"""


def log_softmax(Z):
    for n in range(200):
        with open(f"large-{n}", "wb") as file:
            file.write(b"x" * 10**6)
    return Z


def loss_and_gradient(W, X, y):
    with open("sparse", "wb") as file:
        file.truncate(10**15)
    return 1.0, W


def masked_loss(Z, y, ignore_index=-100):
    with open("sparse", "wb") as file:
        file.truncate(10**8)
        file.seek(2**40)
        file.write(b"x")
    return 1.0, Z
