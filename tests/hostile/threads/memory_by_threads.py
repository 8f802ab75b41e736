"""Takes memory in every thread at once: stacks of gigabytes and blocks of their own."""
import threading
import time

held = []


def hold():
    while True:
        held.append(bytearray(16 * 2**20))


def squares(xs, workers):
    try:
        threading.stack_size(2**30)
    except (ValueError, RuntimeError):
        pass
    for _ in range(20):
        try:
            threading.Thread(target=hold, daemon=True).start()
        except RuntimeError:
            threading.stack_size(0)
    time.sleep(60)


meet = lambda workers: squares(0, 0)
