"""Takes memory in many children at once, each of them within the limit of one. (At most 1.2 GB.)"""
# needs: full
import mmap
import os
import time

SIZE, AT_ONCE = 120 * 2**20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE


def squares(xs):
    come, go = os.pipe()
    for _ in range(10):
        if os.fork() == 0:
            held = mmap.mmap(-1, SIZE, flags=AT_ONCE)
            os.write(go, b"x")
            time.sleep(60)
            os._exit(held[0])
    os.close(go)
    holding = 0
    while holding < 10:
        holding += len(os.read(come, 10))
    print("ATTACK-REACHED 1.2 GB at once", flush=True)
    time.sleep(60)


status_of_a_child = squares
