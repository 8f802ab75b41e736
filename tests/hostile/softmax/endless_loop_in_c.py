"""Never returns, inside one call of the interpreter."""


def log_softmax(Z):
    return sum(range(10**15))


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
