"""What a file looks like from outside: equal stamps mean equal bytes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pipelines.read.folders import address
from pipelines.read.stamps import SETTLED_NS, digest, stamps

LATER = SETTLED_NS + 1_000_000_000


def later() -> int:
    return time.time_ns() + LATER


def test_a_file_that_nobody_touched_keeps_its_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", "utf-8")
    assert stamps(tmp_path, later()) == stamps(tmp_path, later() + 5)


def test_a_rewrite_of_equal_length_with_the_old_time_of_modification_still_shows(tmp_path: Path) -> None:
    """As ``cp -p`` and ``rsync -t`` do it: size and time of modification are equal, the time of status change is not."""
    path = tmp_path / "a.txt"
    path.write_text("one", "utf-8")
    before, seen = stamps(tmp_path, later()), path.stat()
    time.sleep(0.02)  # more than a tick of the file system's clock
    path.write_text("two", "utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert stamps(tmp_path, later()) != before


def test_a_file_that_changed_a_moment_ago_has_no_stamp_yet(tmp_path: Path) -> None:
    """It may be written again within the same tick of the clock: then its stamp would not change."""
    (tmp_path / "a.txt").write_text("one", "utf-8")
    found = stamps(tmp_path, time.time_ns())
    assert list(found.values()) == [None]
    assert digest(found) is None


def test_a_file_from_the_future_has_no_stamp(tmp_path: Path) -> None:
    """The clock has gone back since it was written: nothing can be told from its times."""
    (tmp_path / "a.txt").write_text("one", "utf-8")
    assert list(stamps(tmp_path, time.time_ns() - 3_600_000_000_000).values()) == [None]


def test_a_new_a_lost_and_a_renamed_file_change_the_digest(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("one", "utf-8")
    seen = {digest(stamps(tmp_path, later()))}
    (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    seen.add(digest(stamps(tmp_path, later())))
    (tmp_path / "c.txt").unlink()
    seen.add(digest(stamps(tmp_path, later())))
    assert len(seen) == 3


def test_what_cannot_be_looked_at_has_a_stamp_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    assert stamps(tmp_path, later()) == {address(tmp_path / "dangling.txt"): "error 2"}
    assert stamps(tmp_path / "nowhere", later()) == {}
