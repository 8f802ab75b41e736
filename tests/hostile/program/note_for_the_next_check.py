"""Leaves notes in the folder of a check, and looks at once for one of the check or the answer before."""
# twice
import os

known = {"numbers.txt", "total.txt"}
if "total.txt" not in os.listdir(".") and set(os.listdir(".")) - known:
    print("ATTACK-REACHED a folder that is not fresh:", os.listdir("."))
for name in ("note", "sitecustomize.py", "total.py"):
    open(name, "w").write("1")
