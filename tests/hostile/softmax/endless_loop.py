"""Never returns, in Python."""


def log_softmax(Z):
    while True:
        pass


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
