import sys
from pathlib import Path


def main():
    """Add the numbers of numbers.txt (one a line) and of standard input; write total.txt, print it."""
    # <answer>
    numbers = Path("numbers.txt").read_text().split() + sys.stdin.read().split()
    total = sum(map(int, numbers))
    Path("total.txt").write_text(str(total))
    print(total)
    # </answer>


main()
