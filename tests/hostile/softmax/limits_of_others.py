"""Reads and sets limits, priorities and processors of its parent (to the values they have)."""
# needs: rootless
import os
import resource

parent = os.getppid()


def tried(what, call):
    try:
        call()
    except (OSError, PermissionError):
        return
    print("ATTACK-REACHED", what)


if parent:
    tried("limits", lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE))
    tried(
        "priority",
        lambda: os.setpriority(os.PRIO_PROCESS, parent, os.getpriority(os.PRIO_PROCESS, parent)),
    )
    tried("processors", lambda: os.sched_setaffinity(parent, os.sched_getaffinity(parent)))
    tried("scheduler", lambda: os.sched_setscheduler(parent, os.SCHED_OTHER, os.sched_param(0)))
