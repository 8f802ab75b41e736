"""Writes replies into the line before any question was asked."""
import json
import os
import struct

for number in range(200):
    head = json.dumps({"id": number, "ok": True, "b": []}).encode()
    os.write(100, struct.pack(">2sI", b"ZX", len(head)) + head)
