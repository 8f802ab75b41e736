"""Plants links to a folder outside, deep folders and unreadable ones, for whoever cleans up."""
import os
import pathlib

target = pathlib.Path("/tmp/zhixing-hostile-target")
if target.is_dir():
    os.symlink(target, "link")
    os.symlink(target, "folder.txt")
here = pathlib.Path.cwd()
for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
os.chdir(here)
os.mkdir("closed")
os.chmod("closed", 0)
