"""What the sensors ask for, look by look, and that Dagster runs exactly that."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import duckdb
import pytest

from assets.definitions import defs
from assets.home import Home
from assets.orphans import PROCESS, this_process
from assets.runs import QUIET, run_paths
from assets.sensors import RUN_KEY, TRIES, inbox, touched_dates
from assets.store import writing
from assets.withdraw import withdraw_drops
from pipelines.read.folders import drop_id_of

Drop = Callable[..., Path]


@dataclass
class Desk:
    """A home with Dagster's instance, a clock that can be moved, and what the daemon does with a sensor."""

    home: Home
    instance: dg.DagsterInstance
    clock: SimpleNamespace

    def __post_init__(self) -> None:
        self.cursors: dict[str, str | None] = {}

    def look(self, sensor: dg.SensorDefinition) -> dg.SensorResult | str:
        """One tick: what is asked for, or why nothing is."""
        context = dg.build_sensor_context(self.instance, self.cursors.get(sensor.name), sensor_name=sensor.name)
        result = sensor(context)
        if isinstance(result, dg.SkipReason):
            self.cursors[sensor.name] = context.cursor
            return str(result.skip_message)
        assert isinstance(result, dg.SensorResult)
        self.cursors[sensor.name] = result.cursor
        return result

    def keys(self, sensor: dg.SensorDefinition, step: str) -> list[str]:
        """One tick: the partitions that are asked for."""
        result = self.look(sensor)
        assert isinstance(result, dg.SensorResult), result
        (request,) = result.run_requests or ()
        return list(request.run_config.get("ops", {}).get(step, {}).get("config", {}).get("keys", []))

    def launch(self, sensor: dg.SensorDefinition) -> dg.ExecuteInProcessResult:
        """One tick, and the run that it asks for, as the daemon launches it."""
        result = self.look(sensor)
        assert isinstance(result, dg.SensorResult), result
        for partitions in result.dynamic_partitions_requests or ():
            self.instance.add_dynamic_partitions(partitions.partitions_def_name, partitions.partition_keys)
        (request,) = result.run_requests or ()
        return defs.resolve_job_def(sensor.job_name).execute_in_process(
            {**QUIET, **request.run_config},
            self.instance,
            partition_key=request.partition_key,
            tags={**request.tags, RUN_KEY: str(request.run_key)},
            asset_selection=request.asset_selection,
            raise_on_error=False,
        )


@pytest.fixture
def desk(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    home.prepare()
    (home.path / "inbox").mkdir()
    clock = SimpleNamespace(ahead=60.0)
    monkeypatch.setattr("pipelines.read.stamps.SETTLED_NS", -(10**12))  # files written a moment ago count as settled
    monkeypatch.setattr("assets.sensors.time", SimpleNamespace(time=lambda: time.time() + clock.ahead))
    with dg.DagsterInstance.get() as instance:
        yield Desk(home, instance, clock)


@pytest.fixture
def arrive(desk: Desk, drop: Drop) -> Callable[..., str]:
    """A function that puts a folder of articles into the inbox; returns its drop_id."""

    def put(days: dict[int, int], name: str = "monday") -> str:
        path = desk.home.path / "inbox" / name
        shutil.copytree(drop(days, name), path, dirs_exist_ok=True)
        return drop_id_of(path)

    return put


def test_what_is_dropped_into_the_inbox_is_read_and_published_and_then_all_is_quiet(
    desk: Desk, arrive: Callable[..., str]
) -> None:
    assert "nothing new or grown in" in str(desk.look(inbox))
    assert desk.look(touched_dates) == "there is no store yet"
    monday = arrive({1: 11, 2: 12})
    assert desk.launch(inbox).success
    assert "nothing new or grown in" in str(desk.look(inbox))
    assert desk.launch(touched_dates).success
    assert desk.look(touched_dates) == "no date is touched, and what is published is current"
    with duckdb.connect(str(desk.home.published), read_only=True) as con:
        assert con.execute("SELECT drop_id, path FROM raw.drops").fetchall() == [
            (monday, str(desk.home.path / "inbox" / "monday"))
        ]
        assert con.execute("SELECT DISTINCT publication_date FROM facts.all_kinds ORDER BY 1").fetchall() == [
            ("2023-09-11",),
            ("2023-09-12",),
        ]
    # Grown: only what is new is asked for, only the date that it touches follows.
    arrive({3: 12})
    assert desk.launch(inbox).success
    assert desk.keys(touched_dates, "extract") == ["2023-09-12"]


def test_several_drops_are_one_run(desk: Desk, arrive: Callable[..., str]) -> None:
    both = [arrive({1: 11}, "a"), arrive({2: 12}, "b")]
    assert desk.keys(inbox, "read") == both


@pytest.mark.parametrize("name", [".hidden", "late.part", "late.TMP", "half.crdownload"])
def test_what_is_named_unfinished_is_no_entry(desk: Desk, name: str) -> None:
    (desk.home.path / "inbox" / name).write_text("The council met.", "utf-8")
    assert "nothing new or grown" in str(desk.look(inbox))


def test_an_empty_folder_is_waited_for(desk: Desk) -> None:
    (desk.home.path / "inbox" / "soon").mkdir()
    assert "nothing new or grown" in str(desk.look(inbox))


def test_what_is_still_being_copied_waits(desk: Desk, arrive: Callable[..., str]) -> None:
    desk.clock.ahead = 0
    monday = arrive({1: 11})
    assert desk.look(inbox) == f"still being copied: {monday}"
    desk.clock.ahead = 5.5
    assert desk.keys(inbox, "read") == [monday]


def test_times_in_the_future_hold_a_drop_back_only_until_two_looks_find_it_the_same(
    desk: Desk, arrive: Callable[..., str]
) -> None:
    monday = arrive({1: 11})
    desk.clock.ahead = -86400  # the clock was a day ahead when the files came, and was put right
    assert "still being copied" in str(desk.look(inbox))
    desk.clock.ahead += 3
    arrive({2: 12})
    assert "still being copied" in str(desk.look(inbox)), "it changed between two looks"
    desk.clock.ahead += 3
    assert "still being copied" in str(desk.look(inbox)), "not five seconds yet"
    desk.clock.ahead += 3
    assert desk.keys(inbox, "read") == [monday]


def test_while_somebody_writes_nothing_is_asked_for(
    desk: Desk, arrive: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive({1: 11})
    with writing(desk.home):
        pass
    monkeypatch.setattr(Home, "busy", lambda home: True)
    for sensor in (inbox, touched_dates):
        assert "the store is being written to" in str(desk.look(sensor))


def test_while_a_run_is_under_way_nothing_is_asked_for(desk: Desk, arrive: Callable[..., str]) -> None:
    arrive({1: 11})
    run = desk.instance.create_run_for_job(
        defs.resolve_job_def("ingest"), status=dg.DagsterRunStatus.STARTED, tags={PROCESS: this_process()}
    )
    for sensor in (inbox, touched_dates):
        assert f"run {run.run_id[:8]} of ingest is under way" in str(desk.look(sensor))


def test_a_run_whose_process_was_killed_is_failed_within_a_look_and_asked_for_again(
    desk: Desk, arrive: Callable[..., str]
) -> None:
    monday = arrive({1: 11})
    for _ in range(TRIES):
        result = desk.look(inbox)
        assert isinstance(result, dg.SensorResult), result
        (request,) = result.run_requests or ()
        died = desk.instance.create_run_for_job(
            defs.resolve_job_def("ingest"),
            status=dg.DagsterRunStatus.STARTED,
            tags={RUN_KEY: str(request.run_key), PROCESS: f"{os.uname().nodename}/no-such-boot/1/1"},
        )
        desk.instance.event_log_storage.set_concurrency_slots("store", 1)
        desk.instance.event_log_storage.claim_concurrency_slot("store", died.run_id, "read")
    assert f"not asked for again until it changes, or by the nightly refresh: {monday}" in str(desk.look(inbox))
    assert {run.status for run in desk.instance.get_runs()} == {dg.DagsterRunStatus.FAILURE}
    assert desk.instance.event_log_storage.get_concurrency_run_ids() == set()


def test_what_failed_is_asked_for_again_when_it_changes_and_not_before(
    desk: Desk, arrive: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = arrive({1: 11})
    with monkeypatch.context() as broken:
        broken.setattr("assets.raw.ingest", lambda *_, **__: 1 / 0)
        assert not desk.launch(inbox).success
    assert "not asked for again until it changes, or by the nightly refresh" in str(desk.look(inbox))
    tuesday = arrive({5: 13}, "tuesday")
    assert desk.keys(inbox, "read") == [tuesday], "another drop is none the worse for it"
    arrive({2: 12})
    assert desk.keys(inbox, "read") == [monday, tuesday]


def test_one_drop_that_fails_does_not_keep_the_others_out(
    desk: Desk, arrive: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [arrive({1: 11}, "a"), arrive({3: 12}, "c")]
    bad = arrive({2: 11}, "b")
    from assets import raw

    ingest = raw.ingest
    monkeypatch.setattr(
        raw, "ingest", lambda con, home, key, **rest: 1 / 0 if key == bad else ingest(con, home, key, **rest)
    )
    assert not desk.launch(inbox).success
    assert desk.keys(inbox, "clean") == good, "they were read, and are yet to be cleaned"


def test_a_drop_that_vanished_is_named_and_left_alone(desk: Desk, drop: Drop) -> None:
    folder = drop({1: 11}, "elsewhere")
    run_paths(desk.home, [folder])
    shutil.rmtree(folder)
    assert desk.look(inbox) == f"their paths are gone, their rows stay: {drop_id_of(folder)}"


def test_a_withdrawn_drop_does_not_come_back_by_itself(desk: Desk, arrive: Callable[..., str]) -> None:
    monday = arrive({1: 11})
    assert desk.launch(inbox).success
    withdraw_drops(desk.home, [monday])
    arrive({2: 12})
    assert "nothing new or grown" in str(desk.look(inbox)), "not even when it grows"


def test_a_folder_elsewhere_that_was_read_once_is_watched_too(desk: Desk, drop: Drop) -> None:
    folder = drop({1: 11}, "elsewhere")
    run_paths(desk.home, [folder])
    drop({2: 12}, "elsewhere")
    assert desk.keys(inbox, "read") == [drop_id_of(folder)]


def test_a_drop_with_dates_from_ten_days_reruns_exactly_those_ten(desk: Desk, arrive: Callable[..., str]) -> None:
    arrive({number: number for number in range(1, 29)}, "before")
    run_paths(desk.home)
    days = [2, 3, 5, 7, 11, 13, 17, 19, 23, 28]
    wanted = [f"2023-09-{day:02d}" for day in days]
    arrive({100 + day: day for day in days}, "after")
    assert desk.launch(inbox).success
    last = desk.launch(touched_dates)
    assert last.success
    quotes = dg.AssetKey(["facts", "quotes"])
    events = desk.instance.fetch_materializations(quotes, limit=100).records
    touched = [
        event.asset_materialization.partition
        for event in events
        if event.run_id == last.run_id and event.asset_materialization
    ]
    assert sorted(map(str, touched)) == wanted
    assert desk.look(touched_dates) == "no date is touched, and what is published is current"


def test_an_extraction_that_fails_is_not_asked_for_again_until_the_store_has_changed(
    desk: Desk, arrive: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive({1: 11})
    assert desk.launch(inbox).success
    with monkeypatch.context() as broken:
        broken.setattr("assets.facts.extract_dates", lambda *_, **__: 1 / 0)
        assert not desk.launch(touched_dates).success
    assert "it is asked for again when the store has changed" in str(desk.look(touched_dates))
    arrive({2: 12})
    assert desk.launch(inbox).success
    assert desk.keys(touched_dates, "extract") == ["2023-09-11", "2023-09-12"]


def test_a_published_copy_that_is_older_than_the_store_is_made_anew_and_nothing_else(desk: Desk, drop: Drop) -> None:
    run_paths(desk.home, [drop({1: 11})])
    desk.home.published.unlink()
    last = desk.launch(touched_dates)
    assert last.success
    assert desk.home.published.exists()
    made = {event.asset_key.path[0] for event in last.get_asset_materialization_events() if event.asset_key}
    assert made == {"ref", "marts", "published"}
