"""Leaves a note on files it may only read: locks, times of use, extended attributes."""
# needs: rootless
import os
import sys

# Locks die with their process; a time or an attribute would stay. Both need a right to write.
for path in (sys.modules["os"].__file__, sys.executable, os.path.dirname(os.getcwd())):
    try:
        seen = os.stat(path)
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        print("ATTACK-REACHED the times of", path)
    except OSError:
        pass
    try:
        os.setxattr(path, "user.zhixing-hostile", b"1")
        os.removexattr(path, "user.zhixing-hostile")
        print("ATTACK-REACHED attributes of", path)
    except OSError:
        pass
