"""The same files make the same bytes."""

import io
import zipfile

from zhixing.export.zips import zipped


def test_the_order_of_the_files_does_not_matter_and_no_date_is_kept() -> None:
    one = zipped({"b.md": "二", "a/c.bin": b"\0"})
    assert one == zipped({"a/c.bin": b"\0", "b.md": "二"})
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["a/c.bin", "b.md"]
        assert archive.read("b.md").decode() == "二"
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
