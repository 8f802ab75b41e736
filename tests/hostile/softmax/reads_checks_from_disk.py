"""Walks the disk for checks, solutions and the curriculum: paths of Python, home, temporary folders."""
# needs: rootless
import os
import pwd
import sys
import time

WANTED = ("checks.py", "solution.py", "lab.toml", "ledger.json", "zhixing.db")
until = time.monotonic() + 1.0
home = pwd.getpwuid(os.getuid()).pw_dir
roots = [p for p in sys.path if p] + [os.path.dirname(os.getcwd()), home, "/tmp", "/dev/shm", "/work", "/home"]
roots.sort(key=lambda path: not os.path.isdir(os.path.join(path, "zhixing_curriculum")))
found = 0
for root in dict.fromkeys(roots):
    start = os.path.join(root, "zhixing_curriculum")
    for folder, _, names in os.walk(start if os.path.isdir(start) else root):
        for name in set(names) & set(WANTED):
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    file.read(1)
            except OSError:
                continue
            if name != "solution.py" or "labs" in folder:
                found += 1
                if found < 4:
                    print("ATTACK-REACHED", os.path.join(folder, name))
        if time.monotonic() > until or found > 3:
            break
