"""Sends signals beyond its own children: to parent and neighbours (signal 0: no harm), to everybody."""
# needs: rootless
import os
import signal


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
    if os.getpid() == 1:  # the first of a namespace: everybody is nobody outside of it
        os.kill(-1, signal.SIGKILL)
    return []
