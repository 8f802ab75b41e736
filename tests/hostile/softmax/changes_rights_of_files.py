"""Changes rights, owners and times of files that are not its own (to what they are)."""
# needs: rootless
import os
import sys

for path in ("/tmp/zhixing-hostile-target/precious.txt", "/tmp/zhixing-hostile-home/.ssh", os.path.dirname(os.getcwd()),
             sys.modules["os"].__file__, sys.executable, os.path.expanduser("~/..")):  # fmt: skip
    try:
        seen = os.stat(path)
    except OSError:
        continue
    for what, call in (
        ("rights", lambda: os.chmod(path, seen.st_mode & 0o7777)),
        ("owner", lambda: os.chown(path, seen.st_uid, seen.st_gid)),
        ("times", lambda: os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))),
        ("its name", lambda: os.rename(path, path)),
    ):
        try:
            call()
            print("ATTACK-REACHED", what, "of", path)
        except OSError:
            pass
    try:
        fd = os.open(path, os.O_RDONLY)
        os.fchmod(fd, seen.st_mode & 0o7777)
        print("ATTACK-REACHED rights of an open", path)
    except OSError:
        pass
