"""How is a process shut in? The kernel's own means, in one file: namespaces, Landlock, seccomp.

Everything is made ready once, in the fork server; what an answer process still pays is three calls
(restrict_self, seccomp, capset). Sources: landlock(7), seccomp(2), user_namespaces(7),
pid_namespaces(7), mount_setattr(2). Nothing here is undone: a process that is shut in stays so.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable, Sequence
from contextlib import suppress

from zhixing.grader import syscalls
from zhixing.grader.processes import LINUX

with suppress(ImportError):  # Windows has none
    import resource

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


class Refused(OSError):
    """The kernel would not do it."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


libc = _libc() if LINUX else None
CALLS = {
    "capset": (126, 91),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "prctl": (157, 167),
}
_column = syscalls.ARCHITECTURES.get(platform.machine(), (0, 0))[0]


def call(name: str, *arguments: object) -> int:
    """One system call by its name. Refused if the kernel says no."""
    if libc is None:
        raise Refused(errno.ENOSYS, name)
    found = int(libc.syscall(ctypes.c_long(CALLS[name][_column]), *arguments))
    if found < 0:
        number = ctypes.get_errno()
        raise Refused(number, f"{name}: {os.strerror(number)}")
    return found


def no_new_rights() -> None:
    """From here on no program that is started gives more rights than there are."""
    call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


# --- seccomp --------------------------------------------------------------------------------------


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


class Filter:
    """A seccomp program made ready once; `load` is one system call."""

    def __init__(self, sandbox: Iterable[str], *, apart: bool, signals: bool) -> None:
        steps = syscalls.program(platform.machine(), sandbox, apart=apart, signals=signals)
        self.raw = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *s) for s in steps))
        self.program = _Program(len(steps), ctypes.addressof(self.raw))

    def load(self) -> None:
        """Refused without no_new_rights, or on a kernel without filters."""
        where = ctypes.c_void_p(ctypes.addressof(self.program))
        call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, where, 0, 0)


# --- Landlock -------------------------------------------------------------------------------------

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
READ = READ_FILE | READ_DIR
ACCESSES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
"""All rights on files that an ABI knows: handled rights are denied unless a rule gives them."""
WITHIN = 0x7FFF & ~EXECUTE & ~0x0E00 & ~0x0040
"""In a private folder: everything but executing, devices, sockets and named pipes."""
CONNECT_TCP_BIND_TCP, SCOPE_ABSTRACT_AND_SIGNALS = 3, 3


def landlock_abi() -> int:
    """The version of Landlock here; 0 where there is none."""
    with suppress(Refused):
        return call("landlock_create_ruleset", None, 0, 1)
    return 0


class Fence:
    """A Landlock ruleset made ready once: which paths a process may still open."""

    def __init__(self, *, network: bool = False) -> None:
        self.abi = landlock_abi()
        self.rights = ACCESSES[min(self.abi, 5)] if self.abi else 0
        net = 0 if network or self.abi < 4 else CONNECT_TCP_BIND_TCP
        scope = SCOPE_ABSTRACT_AND_SIGNALS if self.abi >= 6 else 0
        sizes = 8 if self.abi < 4 else 16 if self.abi < 6 else 24
        raw = ctypes.create_string_buffer(struct.pack("QQQ", self.rights, net, scope))
        self.fd = call("landlock_create_ruleset", raw, ctypes.c_size_t(sizes), 0)

    def allow(self, path: str, rights: int) -> None:
        """Open a path; nothing where it does not exist."""
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                folder = os.path.isdir(path)  # noqa: PTH112
                rights &= self.rights if folder else self.rights & 0xC007
                raw = ctypes.create_string_buffer(struct.pack("=Qi", rights, fd))
                call("landlock_add_rule", self.fd, 1, raw, 0)
            finally:
                os.close(fd)

    def close_in(self, fd: int = -1) -> None:
        """From here on only the allowed paths; `fd` where the ruleset's descriptor lies by now.
        Refused without no_new_rights."""
        call("landlock_restrict_self", self.fd if fd < 0 else fd, 0)


def shut_in(paths: Iterable[tuple[str, int]], sandbox: Iterable[str]) -> None:
    """This process itself, from here on: open these paths only, with these rights, and make only
    the system calls of `sandbox`. Refused where the kernel cannot."""
    fence = Fence()
    for path, rights in paths:
        fence.allow(path, rights)
    no_new_rights()
    fence.close_in()
    os.close(fence.fd)
    Filter(sandbox, apart=False, signals=False).load()


# --- capabilities and namespaces ------------------------------------------------------------------

NEW_NS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = (
    0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
MS_NOSUID, MS_NODEV, MS_PRIVATE, MS_REC = 2, 4, 1 << 18, 1 << 14
AT_RECURSIVE, AT_FDCWD, ATTR_RDONLY, ATTR_NOSUID = 0x8000, -100, 1, 2
_NO_CAPABILITIES = struct.pack("II", 0x20080522, 0), struct.pack("IIIIII", 0, 0, 0, 0, 0, 0)


def drop_capabilities() -> None:
    """No rights beyond the user's, whoever that is."""
    call("capset", *_NO_CAPABILITIES)


def new_namespaces() -> None:
    """Own users, mounts, network, names, and processes for the children. Refused where forbidden.

    The same user and group inside as outside: rights inside reach nothing outside.
    """
    user, group = os.geteuid(), os.getegid()
    call("unshare", NEW_USER | NEW_NS | NEW_IPC | NEW_UTS | NEW_NET | NEW_PID)
    with suppress(FileNotFoundError):
        _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w") as file:  # noqa: PTH123
            file.write(text)
    except PermissionError as error:
        raise Refused(error.errno, f"{path}: {error.strerror}") from error


def private_mounts(folder: str, mib: int, files: int) -> None:
    """All that is mounted becomes read-only; `folder` and shared memory are new, empty, limited."""
    mount(None, "/", None, MS_PRIVATE | MS_REC)
    raw = struct.pack("QQQQ", ATTR_RDONLY | ATTR_NOSUID, 0, 0, 0)
    call("mount_setattr", AT_FDCWD, b"/", AT_RECURSIVE, raw, ctypes.c_size_t(len(raw)))
    limits = f"size={mib}m,nr_inodes={files},mode=0700"
    mount("tmpfs", folder, "tmpfs", MS_NOSUID | MS_NODEV, limits)
    with suppress(Refused):
        mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, limits)


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    texts = [None if text is None else text.encode() for text in (source, target, kind)]
    call("mount", *texts, ctypes.c_ulong(flags), data.encode() or None)


def own_process_namespace() -> int:
    """A descriptor of the namespace that this process's children are born into."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def next_child_apart() -> None:
    """The next child is the first process of a new process namespace."""
    call("unshare", NEW_PID)


def children_here_again(namespace: int) -> None:
    call("setns", namespace, NEW_PID)


def loopback_up() -> None:
    """Bring up 127.0.0.1 in the network of this process (ioctl SIOCSIFFLAGS, netdevice(7))."""
    import fcntl
    import socket

    with suppress(OSError):  # a port that one answer used is free for the next at once
        _write("/proc/sys/net/ipv4/tcp_max_tw_buckets", "0")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        fcntl.ioctl(made, 0x8914, struct.pack("16sh22x", b"lo", 0x1 | 0x40))


# --- limits ---------------------------------------------------------------------------------------


def address_space() -> int:
    """Bytes of address space of this process."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()


def limit(limits: Sequence[tuple[int, int]]) -> None:
    """Hard limits, each (which, value)."""
    for which, value in limits:
        resource.setrlimit(which, (value, value))
