"""Leaves notes in its folder and looks there for an older one: its process before, the answer before."""
# twice
import os

if os.listdir("."):
    print("ATTACK-REACHED a folder that is not fresh:", os.listdir(".")[:3])
for name in ("note", ".note", "sitecustomize.py", "numpy.py", "answer.py"):
    with open(name, "w") as file:
        file.write("print('ATTACK-REACHED a note that runs')")
os.makedirs("__pycache__", exist_ok=True)


def log_softmax(Z):
    os._exit(0)


loss_and_gradient = masked_loss = lambda *a: log_softmax(0)
