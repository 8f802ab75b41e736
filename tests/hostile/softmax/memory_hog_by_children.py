"""Takes memory in children, each of them within the limit of one."""
# needs: rootless
import os
import time


def log_softmax(Z):
    for n in range(8):
        if os.fork() == 0:
            held = bytearray(120 * 2**20)
            held[::4096] = b"x" * len(held[::4096])
            time.sleep(60)
            os._exit(0)
        print("ATTACK-REACHED child", n, flush=True)
    time.sleep(60)
