"""Leaves a note in folders that everybody shares, and looks there for an older one."""
# needs: rootless
# twice
import os

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/dev/mqueue", os.path.dirname(os.getcwd())):
    path = os.path.join(folder, "zhixing-hostile-note")
    try:
        if os.path.exists(path):
            print("ATTACK-REACHED a note in", folder)
        with open(path, "w") as file:
            file.write("the expected value was 1.0986")
    except OSError:
        pass


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
