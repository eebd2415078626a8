"""Files come back as they were written, of any size."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet import plain_files


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_was_written_is_read(tmp_path: Path, size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    path = str(tmp_path / "x")
    plain_files.write(path, b"an older one, which may be longer")
    plain_files.write(path, content)
    assert plain_files.read(path) == content


def test_what_the_system_refuses_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        plain_files.read(str(tmp_path / "none"))
    with pytest.raises(IsADirectoryError):
        plain_files.read(str(tmp_path))
