"""Changes rights, owners and times of files that are not its own (and changes them back at once)."""
# needs: rootless
import os
import sys

STICKY = 0o1000  # of no effect on a file


def changed(path, change, back):
    before = os.stat(path)
    try:
        change(before)
    except OSError:
        return False
    after = os.stat(path)
    if (before.st_mode, before.st_atime_ns) == (after.st_mode, after.st_atime_ns):
        return False
    back(before)
    return True


def by_descriptor(path, mode):
    fd = os.open(path, os.O_RDONLY)
    os.fchmod(fd, mode)
    os.close(fd)


for path in ("/tmp/zhixing-hostile-target/precious.txt", "/tmp/zhixing-hostile-home/.ssh", os.path.dirname(os.getcwd()),
             sys.modules["os"].__file__, os.path.expanduser("~/..")):  # fmt: skip
    try:
        os.stat(path)
    except OSError:
        continue
    if changed(path, lambda s: os.chmod(path, s.st_mode ^ STICKY), lambda s: os.chmod(path, s.st_mode)):
        print("ATTACK-REACHED rights of", path)
    if changed(path, lambda s: by_descriptor(path, s.st_mode ^ STICKY), lambda s: by_descriptor(path, s.st_mode)):
        print("ATTACK-REACHED rights of an open", path)
    if changed(
        path,
        lambda s: os.utime(path, ns=(s.st_atime_ns + 10**9, s.st_mtime_ns)),
        lambda s: os.utime(path, ns=(s.st_atime_ns, s.st_mtime_ns)),
    ):
        print("ATTACK-REACHED times of", path)
    try:
        os.chown(path, -1, -1)
        os.rename(path, path)
        print("ATTACK-REACHED owner or name of", path)
    except OSError:
        pass
