"""The samples that a script makes are those that it would make today."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from gold import labels as gold

from pipelines.read.stage import READERS

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    runpy.run_path(str(SEEDS / "make_samples.py"))["make"](folder)
    return folder


def test_the_samples_are_those_that_the_script_makes(made: Path) -> None:
    """Compared as captures: another release of a compressor may write other bytes around the same documents."""
    fresh, rejects = gold.read(made)
    assert rejects.is_empty()
    kept, _ = gold.read(SEEDS / "captures")
    kept = kept.filter(kept["capture_id"].is_in(fresh["capture_id"].to_list()))
    assert kept["capture_id"].to_list() == fresh["capture_id"].to_list(), "run python seeds/make_samples.py"


def test_the_samples_are_of_every_format_and_two_events() -> None:
    captures, rejects = gold.read(SEEDS / "captures")
    names = [uri.rpartition("/")[2] for uri in captures["uri"]]
    assert rejects.is_empty()
    assert len(names) >= 12
    for reader in READERS:
        assert any(name.partition("#")[0].removesuffix(".gz").endswith(reader.SUFFIXES) for name in names), (
            reader.__name__
        )
    assert any(".txt.gz" in name for name in names)
    assert any(".warc.gz" in name for name in names)
    assert {"utf-8", "cp1252"} <= set(captures.filter(captures["media_type"] == "text/html")["encoding"])
