"""Empties files it may not write: by their path, and by opening them to read and to truncate."""
# needs: rootless
import os

PRECIOUS = "/tmp/zhixing-hostile-target/precious.txt"


def put_back():
    print("ATTACK-REACHED an emptied file", flush=True)
    with open(PRECIOUS, "w") as file:
        file.write("mine")


for call in (
    lambda: os.truncate(PRECIOUS, 0),
    lambda: os.close(os.open(PRECIOUS, os.O_RDONLY | os.O_TRUNC)),
    lambda: os.close(os.open(PRECIOUS, os.O_WRONLY)),
    lambda: os.replace("nothing", PRECIOUS),
    lambda: os.unlink(PRECIOUS + ".none") or os.rmdir("/tmp/zhixing-hostile-target/none"),
):
    try:
        call()
        put_back()
    except OSError:
        pass
