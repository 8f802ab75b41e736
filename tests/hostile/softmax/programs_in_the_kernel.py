"""Loads a program into the kernel (bpf) and opens its counters (perf_event_open)."""
# needs: rootless
import ctypes
import platform
import struct

libc = ctypes.CDLL(None, use_errno=True)
BPF, PERF = {"x86_64": (321, 298), "aarch64": (280, 241)}.get(platform.machine(), (-1, -1))
BPF_MAP_CREATE, ARRAY = 0, 2
attributes = ctypes.create_string_buffer(struct.pack("IIIII", ARRAY, 4, 8, 1, 0), 120)
if libc.syscall(BPF, BPF_MAP_CREATE, attributes, 120) >= 0:
    print("ATTACK-REACHED bpf")
counter = ctypes.create_string_buffer(struct.pack("IIQ", 1, 112, 0), 112)  # software, CPU clock
if libc.syscall(PERF, counter, 0, -1, -1, 0) >= 0:
    print("ATTACK-REACHED perf_event_open")
