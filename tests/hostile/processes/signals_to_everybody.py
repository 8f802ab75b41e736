"""Sends signals beyond its own children: parent, neighbours, everybody (signal 0: no harm)."""
# needs: rootless
import os

own = set()


def squares(xs):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    for other in [os.getppid(), *range(max(2, os.getpid() - 50), os.getpid())]:
        try:
            if other > 0:
                os.kill(other, 0)
                print("ATTACK-REACHED", other)
                break
        except OSError:
            pass
    return []
