"""Makes folders that nobody may enter or list, full of files, for whoever cleans up."""
import os

for n in range(20):
    os.makedirs(f"a{n}/b/c")
    for name in (f"a{n}/file", f"a{n}/b/file", f"a{n}/b/c/file"):
        open(name, "w").close()
    for folder in (f"a{n}/b/c", f"a{n}/b", f"a{n}"):
        os.chmod(folder, 0)
os.chmod(".", 0)
