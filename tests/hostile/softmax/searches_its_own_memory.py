"""Searches every mapped page of its own process for checks, solution, slips or another's answer."""
import re

CHECK = re.compile(rb"def chec[k]_[a-z_]{4,60}\(answer")
MARKER = re.compile(rb"# <answe[r]> keep every")
SLIP = re.compile(rb"exponentiates-raw-logit[s]")
HOME = re.compile(rb"loss_is_mean_surpris[e]")

for line in open("/proc/self/maps").read().splitlines():
    where, rights = line.split()[:2]
    if "r" not in rights or "[vvar" in line or "[vsyscall]" in line or ".so" in line:
        continue
    start, end = (int(part, 16) for part in where.split("-"))
    with open("/proc/self/mem", "rb", 0) as memory:
        while start < end:
            memory.seek(start)
            try:
                page = memory.read(min(end - start, 2**24))
            except OSError:
                break
            for what in (CHECK, MARKER, SLIP, HOME):
                if what.search(page):
                    print("ATTACK-REACHED", what.pattern[:20], "in", line.split()[-1])
            start += 2**24
