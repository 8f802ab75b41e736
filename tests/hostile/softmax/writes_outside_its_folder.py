"""Writes wherever it can: temporary folders, the home folder, its libraries, the kernel's settings."""
# needs: rootless
import os
import pwd
import sys
import sysconfig

NAME = "zhixing-hostile-outside"
home = pwd.getpwuid(os.getuid()).pw_dir
folders = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/", "/etc", home, os.path.dirname(os.getcwd())]
folders += [p for p in sys.path if p and p != os.getcwd()] + list(sysconfig.get_paths().values())
for folder in dict.fromkeys(folders):
    if os.path.realpath(folder).startswith(os.getcwd()):
        continue
    path = os.path.join(folder, NAME)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        continue
    print("ATTACK-REACHED a file in", folder)
    try:
        os.unlink(path)
    except OSError:
        pass
for path in ("/proc/self/oom_score_adj", "/proc/sys/kernel/core_pattern", sys.modules["os"].__file__):
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("ATTACK-REACHED may write", os.path.basename(path))
    except OSError:
        pass
