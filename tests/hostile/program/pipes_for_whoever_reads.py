"""Is right at first, then puts a pipe, an endless device, or a folder where the judge's clerk reads."""
import os
import sys

total = sum(int(word) for word in (open("numbers.txt").read() + " " + sys.stdin.read()).split() if word.isdigit())
print(total)
for make in (
    lambda: os.mkfifo("total.txt"),
    lambda: os.symlink("/dev/zero", "total.txt"),
    lambda: os.mkdir("total.txt"),
):
    try:
        make()
        break
    except OSError:
        pass
