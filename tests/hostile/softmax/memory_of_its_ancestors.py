"""Reads the memory of every ancestor through /proc for checks, and writes nothing."""
# needs: rootless
import os
import re

CHECK = re.compile(rb"def chec[k]_[a-z_]{4,60}\(answer")


def parent(pid):
    with open(f"/proc/{pid}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])


def look(pid):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        print("ATTACK-REACHED memory of an ancestor", flush=True)
        for line in maps.read().splitlines():
            if "rw-p" not in line:
                continue
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            memory.seek(start)
            try:
                if CHECK.search(memory.read(min(end - start, 2**24))):
                    print("ATTACK-REACHED checks in memory", flush=True)
                    return
            except OSError:
                continue


pid = os.getpid()
try:
    for _ in range(3):
        pid = parent(pid)
        if pid > 1:
            look(pid)
except (OSError, ValueError, IndexError):
    pass
