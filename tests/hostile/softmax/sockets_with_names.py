"""Listens and connects by unix sockets: a path of its own, an abstract name, those of the system."""
# needs: rootless
import os
import socket

for name in ("\0zhixing-hostile-meeting", "/tmp/zhixing-hostile-meeting", os.path.abspath("meeting")):
    try:
        with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as line:
            listener.bind(name)
            listener.listen()
            line.connect(name)
            print("ATTACK-REACHED a meeting at", repr(name))
    except OSError:
        continue
    if name[0] == "/":
        os.unlink(name)
for path in ("\0zhixing-hostile-server", "/tmp/zhixing-hostile-home/server", "/run/dbus/system_bus_socket", "/var/run/docker.sock", "/run/systemd/private", "/dev/log"):
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            print("ATTACK-REACHED", path)
    except OSError:
        pass
