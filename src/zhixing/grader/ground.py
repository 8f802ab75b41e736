"""Memory of a process that will be forked thousands of times, laid out so that a fork is cheap.

A fork copies one entry for each page of 4 KiB, and the end of a process takes each back: with some
thousands of small pages that is half of what a bare fork costs. Pages that lie side by side can be
gathered in large ones (2 MiB), of which the kernel copies a whole run at once.
"""

import ctypes
import sys

LARGE_PAGE, SMALL_PAGE = 2 * 1024 * 1024, 4096
MADV_HUGEPAGE, MADV_COLLAPSE = 14, 25
"""The latter: Linux 6.1 and newer, gather this range in large pages now."""
BLOCK, BLOCKS_OF_AN_ARENA = 448, 2_000
"""Objects of so many bytes are Python's own to place; about so many fill one arena, 1 MiB."""
HELD: list[bytes] = []


def lay(mib: int) -> None:
    """Have Python's small objects of the next `mib` MiB lie side by side: what is imported from
    now on fills this one range, instead of an arena here and there between the libraries. One
    block of each arena is held, so that none is given back."""
    if sys.platform.startswith("linux"):
        blocks = [bytes(BLOCK) for _ in range(mib * BLOCKS_OF_AN_ARENA)]
        HELD.extend(blocks[::BLOCKS_OF_AN_ARENA])


def gather() -> bool:
    """Lay this process's own memory in large pages where the kernel can; False where it cannot,
    and all works as before."""
    if not sys.platform.startswith("linux"):
        return False
    madvise = ctypes.CDLL(None, use_errno=True).madvise
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for start, size in own_memory(SMALL_PAGE):  # neighbours that are alike become one
        madvise(start, size, MADV_HUGEPAGE)
    found = [madvise(start, size, MADV_COLLAPSE) == 0 for start, size in own_memory(LARGE_PAGE)]
    return any(found)


def own_memory(page: int) -> list[tuple[int, int]]:
    """(start, bytes) of the heap and of unnamed private memory, cut to whole pages of this size."""
    ranges = []
    with open("/proc/self/maps") as file:  # noqa: PTH123
        for line in file:
            where, rights, _, _, _, *name = line.split()
            first, last = (int(end, 16) for end in where.split("-"))
            start, end = -(-first // page) * page, last // page * page
            if rights == "rw-p" and name in ([], ["[heap]"]) and end > start:
                ranges.append((start, end - start))
    return ranges
