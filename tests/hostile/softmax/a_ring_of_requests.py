"""Sets up io_uring, which opens, reads and connects without the calls that a filter sees."""
# needs: rootless
import ctypes

IO_URING_SETUP = 425
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(IO_URING_SETUP, 4, ctypes.create_string_buffer(120)) >= 0:
    print("ATTACK-REACHED io_uring")
