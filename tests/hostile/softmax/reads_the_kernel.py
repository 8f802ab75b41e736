"""Reads what the kernel tells everybody: its log, its symbols, its settings, devices."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SYSLOG_ACTION_READ_ALL = 3
text = ctypes.create_string_buffer(1000)
if libc.klogctl(SYSLOG_ACTION_READ_ALL, text, 1000) > 0:
    print("ATTACK-REACHED the log of the kernel")
for path in ("/proc/kallsyms", "/proc/1/environ", "/dev/kmsg", "/dev/mem", "/proc/kcore", "/sys/kernel/debug",
             "/proc/net/tcp", "/proc/net/unix", "/sys/class/net"):  # fmt: skip
    try:
        if os.path.isdir(path):
            os.listdir(path)
        else:
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        print("ATTACK-REACHED", path)
    except OSError:
        pass
