"""Reads what the kernel tells of other processes: arguments, environment, maps, open files."""
# needs: rootless
import os

mine = {str(os.getpid()), "self", "thread-self"}
reached = {}
for pid in ([str(os.getppid())] + os.listdir("/proc") if os.path.isdir("/proc") else []):
    if not pid.isdigit() or pid in mine:
        continue
    for name in ("cmdline", "environ", "maps", "stat", "status"):
        try:
            with open(f"/proc/{pid}/{name}", "rb") as file:
                if file.read(64):
                    reached[name] = pid
        except OSError:
            pass
    for name in ("fd", "task", "ns"):
        try:
            if os.listdir(f"/proc/{pid}/{name}"):
                reached[name] = pid
        except OSError:
            pass
if reached:
    print("ATTACK-REACHED", reached)
