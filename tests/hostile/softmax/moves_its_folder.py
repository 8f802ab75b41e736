"""Moves its own folder away and puts a link to somebody else's in its place."""
# needs: rootless
import os

target = "/tmp/zhixing-hostile-target"
here = os.getcwd()
try:
    os.rename(here, here + "-zhixing-hostile-moved")
    os.symlink(target, here)
    print("ATTACK-REACHED its folder is elsewhere")
except OSError:
    pass
