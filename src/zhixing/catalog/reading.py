"""What is there to learn? Pack folders in, a `Catalog` of what is sound and every letter out.

Nothing here is imported or executed: packs are text. A catalog without letters may be remembered
in a cache file, keyed by the content of every file it was read from.
"""

from collections.abc import Sequence
from pathlib import Path

from zhixing.catalog.files import pack_files
from zhixing.catalog.remembering import remember, remembered
from zhixing.errors import Letter, Problem
from zhixing.records import Catalog


def read_catalog(
    folders: Sequence[Path], cache: Path | None = None
) -> tuple[Catalog, tuple[Letter, ...]]:
    """The catalog of what is sound in these pack folders, and every letter found.

    What is misspelt or half there stays in the catalog as far as it can be used: only what could
    not be shown or graded is left out. `cache` is a file that may come and go.
    """
    files = [pack_files(folder) for folder in folders]
    known = remembered(cache, files) if cache else None
    if known is not None:
        return known, ()
    from zhixing.catalog.parsing import parsed  # a remembered catalog needs no parser: 20 ms

    catalog, letters = parsed(files)
    if cache and not letters:
        remember(cache, files, catalog)
    return catalog, letters


def catalog_or_problem(folders: Sequence[Path], cache: Path | None = None) -> Catalog:
    """The catalog of these pack folders. Raises Problem with every letter there is."""
    catalog, letters = read_catalog(folders, cache)
    if letters:
        raise Problem.of(letters)
    return catalog
