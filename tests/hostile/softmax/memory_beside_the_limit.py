"""Takes memory that is nobody's address space: anonymous files, written and never mapped."""
# needs: rootless
import os

held, block = 0, b"x" * 2**24


def log_softmax(Z):
    global held
    for _ in range(5):
        fd = os.memfd_create("zhixing-hostile")
        for _ in range(3):
            held += os.write(fd, block)
    if held > 200 * 2**20:
        print("ATTACK-REACHED", held // 2**20, "MiB beside the limit", flush=True)
    os._exit(0)


def loss_and_gradient(W, X, y):
    files = []
    for n in range(4):
        files.append(open(f"/dev/shm/zhixing-hostile-{n}", "wb"))
        os.unlink(files[-1].name)
        for _ in range(8):
            files[-1].write(block)
    print("ATTACK-REACHED memory in /dev/shm", flush=True)
    os._exit(0)
