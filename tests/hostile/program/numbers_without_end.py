"""Is right at first, then makes files larger than anybody asked for, and prints on while it is read."""
import os
import sys

total = sum(int(word) for word in (open("numbers.txt").read() + " " + sys.stdin.read()).split() if word.isdigit())
print(total)
with open("total.txt", "w") as file:
    file.write(str(total))
    file.truncate(60 * 10**6)
for n in range(3000):
    open(f"n{n}" + "x" * 200, "w").close()
sys.stdout.flush()
os.close(0)
