"""Leaves a note in times of use and attributes of files that all answers see, and looks for an older one."""
# needs: rootless
# twice
import os
import sys

NOTE = 1_000_000_007  # seconds: a date that means something
for path in (os.path.dirname(os.getcwd()), "/tmp/zhixing-hostile-target/precious.txt", sys.modules["os"].__file__):
    try:
        seen = os.stat(path)
        if int(seen.st_atime) == NOTE:
            print("ATTACK-REACHED a note in the times of", path)
            os.utime(path)
        elif path != sys.modules["os"].__file__:
            os.utime(path, (NOTE, seen.st_mtime))
    except OSError:
        pass
    try:
        if os.getxattr(path, "user.zhixing-hostile"):
            print("ATTACK-REACHED a note in the attributes of", path)
    except OSError:
        pass
    try:
        if path != sys.modules["os"].__file__:
            os.setxattr(path, "user.zhixing-hostile", b"1")
    except OSError:
        pass


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
