"""Has a thread fork: a profile of threads is none of processes."""
# needs: rootless
import os
import threading


def child():
    try:
        if os.fork() == 0:
            os.execvp("sleep", ["zhixing-hostile-daemon", "600"])
        print("ATTACK-REACHED a child", flush=True)
    except OSError:
        pass


def squares(xs, workers):
    thread = threading.Thread(target=child)
    thread.start()
    thread.join()
    return None
