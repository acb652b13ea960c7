"""``make faults`` in its short form: a run is killed at seeded moments, and a plain rerun makes everything good."""

from __future__ import annotations

from pathlib import Path

import preloaded
import pytest

from assets.home import Home
from bench import faults


def _start(home: Home, path: Path) -> preloaded.Process:
    return preloaded.start(["-m", "newsledger", "run", "--home", str(home.path), str(path)], start_new_session=True)


def test_a_run_killed_at_any_moment_is_made_good_by_the_next_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One kill while the published copy is written, one on a fresh home, one on a home that holds another drop."""
    monkeypatch.setattr(faults, "_start", _start)
    failed = faults.main(["--trials", "3", "--publishing", "1", "--captures", "30", "--seed", "7", "--own"])
    said = capsys.readouterr().out
    assert not failed, said
    assert "3 killed    3 good" in said


def test_the_moments_are_those_of_the_seed_and_cover_the_whole_run() -> None:
    planned = faults.trials(40, 6, seed=1)
    assert planned == faults.trials(40, 6, seed=1)
    assert planned != faults.trials(40, 6, seed=2)
    assert sum(trial.publishing for trial in planned) == 6
    assert sum(trial.grown for trial in planned) == 20
    tenths = {int(trial.fraction * 10) for trial in planned if not trial.publishing}
    assert tenths == set(range(10))
