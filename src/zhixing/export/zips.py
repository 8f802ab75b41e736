"""Several files as one: a zip with the same bytes for the same files, today and anywhere."""

import io
import zipfile
from collections.abc import Mapping

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can hold."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of `files`, by name. Not compressed: other versions of zlib give other bytes, and
    texts of a week are small."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            content = files[name]
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return held.getvalue()
