"""Which system calls may an answer make? An allow-list: what is not named here is refused.

Numbers are (x86_64, aarch64), from the kernel's own headers (arch/x86/entry/syscalls,
include/uapi/asm-generic/unistd.h); None where an architecture has no such call. A refused call
fails with EPERM, so that a library that only asks goes on; `clone3` fails with ENOSYS, since its
flags cannot be looked at, and the C library then uses `clone`, whose flags can.

Not here, on purpose: making sockets, other processes, programs (the profiles below); signals,
ptrace, process_vm_*, pidfd_*, kcmp (other processes); mount, chroot, setns, unshare, set*id, capset
(more rights); shm*, sem*, msg*, mq_*, keyctl, setxattr, memfd_create (notes for the next answer, or
memory that no limit counts); bpf, perf_event_open, userfaultfd, io_uring_*, seccomp, landlock_*,
personality, splice, vmsplice (wide surfaces that no lab needs); prctl and ioctl but for a few.
"""

from collections.abc import Iterable, Iterator, Mapping

Numbers = tuple[int | None, int | None]

COMPUTE: Mapping[str, Numbers] = {
    # memory: The heap, mapped libraries, what numpy allocates. RLIMIT_AS is the cap.
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "msync": (26, 227),
    "mincore": (27, 232),
    # signals within: Handlers and masks of its own; nothing here reaches another process.
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "pause": (34, None),
    # open files: Reading and writing what is open already.
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "preadv2": (327, 286),
    "pwritev2": (328, 287),
    "lseek": (8, 62),
    "close": (3, 57),
    "close_range": (436, 436),  # where it is refused, closefrom() of the C library aborts
    "fstat": (5, 80),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "ftruncate": (77, 46),
    "fadvise64": (221, 223),
    "sendfile": (40, 71),
    "copy_file_range": (326, 285),
    "pipe": (22, None),
    "pipe2": (293, 59),
    # paths: Opening and naming files: Landlock says which paths.
    "open": (2, None),
    "openat": (257, 56),
    "creat": (85, None),
    "stat": (4, None),
    "lstat": (6, None),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    "getdents": (78, None),
    "getdents64": (217, 61),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "link": (86, None),
    "linkat": (265, 37),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "umask": (95, 166),
    # waiting: Waiting for descriptors and clocks; asyncio's loop.
    "select": (23, None),
    "pselect6": (270, 72),
    "poll": (7, None),
    "ppoll": (271, 73),
    "epoll_create": (213, None),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, None),
    "epoll_pwait": (281, 22),
    "epoll_pwait2": (441, 441),
    "eventfd": (284, None),
    "eventfd2": (290, 19),
    "timerfd_create": (283, 85),
    "timerfd_settime": (286, 86),
    "timerfd_gettime": (287, 87),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    "alarm": (37, None),
    "timer_create": (222, 107),
    "timer_settime": (223, 110),
    "timer_gettime": (224, 108),
    "timer_delete": (226, 111),
    # sockets in hand: Using sockets that were handed in, and accepting on them.
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "sendmmsg": (307, 269),
    "recvmmsg": (299, 243),
    "shutdown": (48, 210),
    "getsockname": (51, 204),
    "getpeername": (52, 205),
    "setsockopt": (54, 208),
    "getsockopt": (55, 209),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    # clocks and facts: Reading clocks and facts about itself.
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getpgid": (121, 155),
    "getpgrp": (111, None),
    "getsid": (124, 156),
    "getuid": (102, 174),
    "getgid": (104, 176),
    "geteuid": (107, 175),
    "getegid": (108, 177),
    "getgroups": (115, 158),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getcpu": (309, 168),
    "getpriority": (140, 141),
    "capget": (125, 90),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126),
    "getrandom": (318, 278),
    # threads' own: What the C library needs for locks and thread-local memory, one thread or many.
    "futex": (202, 98),
    "futex_waitv": (449, 449),
    "set_tid_address": (218, 96),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "arch_prctl": (158, None),
    # ending: Ending, and waiting for children that there may be.
    "exit": (60, 93),
    "exit_group": (231, 94),
    "wait4": (61, 260),
    "waitid": (247, 95),
}

# Modes and times of files: Landlock does not look at these, so any file of the user could be meant.
# The call says yes and does nothing, since copying a file with its mode must not fail. Allowed with
# `exec` (a script is made executable) where all mounts but the rooms are read-only.
MODES: Mapping[str, Numbers] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
}
# What a profile of WIRE 4 adds. `clone` is weighed by its flags, `socket` by its family.
PROFILES: Mapping[str, Mapping[str, Numbers]] = {
    # threads: `clone` with CLONE_THREAD only: see `clone_rule`.
    "threads": {},
    # processes: fork, wait, and signals to what it started (only where signals cannot go further).
    "processes": {"fork": (57, None), "vfork": (58, None), "setsid": (112, 157),
                  "setpgid": (109, 154)},
    # exec: other programs, found by the paths that Landlock lets it execute.
    "exec": {"fork": (57, None), "vfork": (58, None), "execve": (59, 221),
             "execveat": (322, 281), "setsid": (112, 157), "setpgid": (109, 154)},
    # loopback: TCP inside a network of its own; refused where there is none.
    "loopback": {"bind": (49, 200), "connect": (42, 203)},
}  # fmt: skip
SIGNALS: Mapping[str, Numbers] = {
    "kill": (62, 129),
    "tgkill": (234, 131),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
}
CLONE, CLONE3, PRCTL, FCNTL, AFFINITY = (56, 220), (435, 435), (157, 167), (72, 25), (203, 122)
IOCTL, SOCKET, SOCKETPAIR, PRLIMIT = (16, 29), (41, 198), (53, 199), (302, 261)

CLONE_THREAD = 0x00010000
NEW_NAMESPACES = 0x7E020080  # CLONE_NEW{USER,PID,NET,IPC,UTS,CGROUP,NS,TIME}
AF_UNIX, AF_INET = 1, 2
SOCK_STREAM, SOCKET_FLAGS = 1, (0, 0x800, 0x80000, 0x80800)
"""With and without NONBLOCK and CLOEXEC."""
PRCTLS = (15, 16, 3, 21, 0x53564D41)
"""Its own name (set, get), is it dumpable, which filter has it, names of its memory (glibc)."""
FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 9, 1030, 1031, 1032)
"""Duplicate, flags, locks that end with the process, size of a pipe; not F_SETOWN and F_SETSIG,
which signal others, nor the locks of a description (36–38), which outlive the process."""
IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal (TCGETS, TIOCGWINSZ), bytes waiting (FIONREAD), FIONBIO, FIONCLEX, FIOCLEX."""

# --- the program: classic BPF over struct seccomp_data (seccomp(2)) -------------------------------

Instruction = tuple[int, int, int, int]
LOAD, JUMP_EQUAL, JUMP_SET, JUMP_OVER, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
ALLOW, REFUSE, NO_SUCH_CALL, KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
YES_AND_NOTHING = 0x00050000
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16


def program(
    machine: str, sandbox: Iterable[str], *, apart: bool, signals: bool
) -> list[Instruction]:
    """The filter of a profile. `apart`: mounts and network are its own; `signals`: may it send any
    (they go nowhere else)? KeyError for a machine without a table."""
    column, architecture = ARCHITECTURES[machine]
    asked = frozenset(sandbox) - (frozenset() if apart else {"loopback"})
    actions = dict.fromkeys(_numbers(COMPUTE, column), ALLOW)
    for name in asked:
        actions |= dict.fromkeys(_numbers(PROFILES[name], column), ALLOW)
    if asked & {"processes", "exec"} and signals:
        actions |= dict.fromkeys(_numbers(SIGNALS, column), ALLOW)
    modes = ALLOW if apart and "exec" in asked else YES_AND_NOTHING
    actions |= dict.fromkeys(_numbers(MODES, column), modes)
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        *_weighed(asked, column),
        *_tree(_turns(actions)),
    ]


def _numbers(table: Mapping[str, Numbers], column: int) -> list[int]:
    return [number for number in (both[column] for both in table.values()) if number is not None]


def _weighed(asked: frozenset[str], column: int) -> Iterator[Instruction]:
    """Calls whose arguments decide."""
    yield from _when(CLONE[column], list(_clone_rule(asked)))
    yield from _when(PRCTL[column], list(_one_of(0, PRCTLS)))
    yield from _when(FCNTL[column], list(_one_of(1, FCNTLS)))
    yield from _when(IOCTL[column], list(_one_of(1, IOCTLS)))
    yield from _when(SOCKETPAIR[column], list(_pair_rule()))
    yield from _when(PRLIMIT[column], list(_one_of(0, (0,))))
    yield from _when(AFFINITY[column], list(_one_of(0, (0,))))
    if "loopback" in asked:
        yield from _when(SOCKET[column], list(_one_of(0, (AF_INET,))))
    yield from _when(CLONE3[column], [(RETURN, 0, 0, NO_SUCH_CALL)])


def _turns(actions: Mapping[int, int]) -> list[tuple[int, int]]:
    """(from this number on, what to do), sorted. Beyond the last (x32 too): refused."""
    turns = [(0, REFUSE)]
    for number in sorted(actions):
        for turn in ((number, actions[number]), (number + 1, REFUSE)):
            if turns[-1][0] == turn[0]:
                turns.pop()
            if not turns or turns[-1][1] != turn[1]:
                turns.append(turn)
    return turns


def _tree(turns: list[tuple[int, int]]) -> list[Instruction]:
    """A binary search: few steps for any number. The kernel tries every number as it loads a
    filter, so a list of some hundred comparisons would cost 0.3 ms an answer."""
    if len(turns) == 1:
        return [(RETURN, 0, 0, turns[0][1])]
    middle = len(turns) // 2
    below, above = _tree(turns[:middle]), _tree(turns[middle:])
    return [(JUMP_OVER, len(below), 0, turns[middle][0]), *below, *above]


def _when(number: int, rule: list[Instruction]) -> list[Instruction]:
    """A rule for one call; the rule ends in a RETURN on every way."""
    return [(JUMP_EQUAL, 0, len(rule), number), *rule]


def _one_of(argument: int, values: Iterable[int]) -> Iterator[Instruction]:
    """Allowed if the low half of an argument is one of `values`."""
    yield (LOAD, 0, 0, ARGUMENTS + 8 * argument)
    for value in values:
        yield (JUMP_EQUAL, 0, 1, value)
        yield (RETURN, 0, 0, ALLOW)
    yield (RETURN, 0, 0, REFUSE)


def _pair_rule() -> Iterator[Instruction]:
    """Pairs that talk to each other alone. Not of datagrams: such a socket can be told to send to
    any path or name."""
    yield (LOAD, 0, 0, ARGUMENTS)
    yield (JUMP_EQUAL, 1, 0, AF_UNIX)
    yield (RETURN, 0, 0, REFUSE)
    yield from _one_of(1, (SOCK_STREAM | flags for flags in SOCKET_FLAGS))


def _clone_rule(asked: frozenset[str]) -> Iterator[Instruction]:
    """New threads with `threads`, processes with `processes` or `exec`, namespaces never."""
    yield (LOAD, 0, 0, ARGUMENTS)
    yield (JUMP_SET, 0, 1, NEW_NAMESPACES)
    yield (RETURN, 0, 0, REFUSE)
    yield (JUMP_SET, 0, 1, CLONE_THREAD)
    yield (RETURN, 0, 0, ALLOW if "threads" in asked else REFUSE)
    yield (RETURN, 0, 0, ALLOW if asked & {"processes", "exec"} else REFUSE)
