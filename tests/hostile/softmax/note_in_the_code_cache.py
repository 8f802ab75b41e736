"""Leaves a note where Python keeps compiled code and start-up files, for whoever imports next."""
# needs: rootless
# twice
import importlib.util
import os
import sys
import sysconfig

PTH = "zhixing-hostile.pth"
places = [os.path.join(path, PTH) for path in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))]
for module in ("json", "zhixing", "zhixing.grader.wire"):
    spec = importlib.util.find_spec(module)
    places.append(os.path.join(os.path.dirname(spec.cached), "zhixing-hostile.pyc"))
for path in dict.fromkeys(places):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write("")
        os.unlink(path)
        print("ATTACK-REACHED", path)
    except OSError:
        pass
