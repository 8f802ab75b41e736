"""Hands its streams to a child that stays, so that nobody sees them end."""
# needs: rootless
import os
import time

try:
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    print("ATTACK-REACHED a child")
except OSError:
    pass
