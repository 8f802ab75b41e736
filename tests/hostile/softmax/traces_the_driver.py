"""Traces and profiles every frame above it and changes what the driver is about to say."""
import ctypes
import sys
import threading


def forge(frame, event, value):
    for name in ("reply", "form", "value", "head", "ok"):
        if name in frame.f_locals:
            frame.f_locals[name] = {"ok": True}
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return forge


sys.settrace(forge)
sys.setprofile(forge)
threading.settrace(forge)
frame = sys._getframe()
while frame is not None:
    frame.f_trace = forge
    if any("check_" in str(name) and "answer" in str(value) for name, value in frame.f_locals.items()):
        print("ATTACK-REACHED a check in a frame")
    frame = frame.f_back
