"""Raises its own limits above what they were: memory, CPU seconds, files; then uses a little of it."""
# needs: rootless
import ctypes
import os
import resource

PR_SET_MM, PR_SET_PTRACER = 35, 0x59616D61
for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_RTPRIO"):
    limit = getattr(resource, name)
    soft, hard = resource.getrlimit(limit)
    if hard in (resource.RLIM_INFINITY, 2**64 - 1):
        continue
    try:
        resource.setrlimit(limit, (hard + 1, hard + 1))
        print("ATTACK-REACHED", name)
    except (OSError, ValueError):
        pass
for what, call in (
    ("nice", lambda: os.nice(-5)),
    ("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))),
):
    try:
        call()
        print("ATTACK-REACHED", what)
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    except OSError:
        pass
