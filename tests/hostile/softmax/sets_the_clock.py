"""Sets the clock of the machine (to nothing new), and asks for alarms that wake it."""
# needs: rootless
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
if libc.settimeofday(None, None) == 0:
    print("ATTACK-REACHED settimeofday")
CLOCK_BOOTTIME_ALARM = 9
if libc.timerfd_create(CLOCK_BOOTTIME_ALARM, 0) >= 0:
    print("ATTACK-REACHED an alarm clock")
try:
    os.close(os.open("/dev/rtc0", os.O_RDWR))
    print("ATTACK-REACHED the clock's own device")
except OSError:
    pass
