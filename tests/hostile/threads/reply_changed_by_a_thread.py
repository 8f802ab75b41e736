"""Changes a list while the driver packs it: entries come, go and turn into something else."""
import threading

shared = [0] * 20


def churn():
    while True:
        shared.append(object())
        shared.clear()
        shared.extend([0] * 20)


threading.Thread(target=churn, daemon=True).start()


def squares(xs, workers):
    return shared


meet = lambda workers: shared
