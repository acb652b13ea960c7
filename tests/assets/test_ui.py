"""What Dagster's UI is told: names, partitions in order and in health, previews, offending rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from dagster._core.definitions.partitions.context import partition_loading_context

from assets import clean
from assets.definitions import defs
from assets.home import CHECKOUT, Home
from assets.previews import told_columns, with_inputs
from assets.reporting import key_of
from assets.runs import RunFailedError, run_paths
from assets.store import writing
from assets.tables import TABLES
from assets.webserver import workspace
from pipelines.extract.quotes import Quotes

Drop = Callable[..., Path]


def test_the_code_location_has_our_name(home: Home) -> None:
    (target,) = json.loads(workspace(home).read_text("utf-8"))["load_from"]
    assert target["python_module"] == {
        "module_name": "assets.definitions",
        "working_directory": str(CHECKOUT),
        "location_name": "newsledger",
    }


def test_the_code_location_loads_as_the_webserver_loads_it(home: Home) -> None:
    """All of it: names that two definitions share are only found this way."""
    defs.get_repository_def().load_all_definitions()


def test_every_table_is_made_before_it_is_published() -> None:
    graph = defs.resolve_asset_graph()
    before = graph.get_ancestor_asset_keys(key_of("published"))
    assert {key_of(table.__table__) for table in TABLES} <= before


def test_an_asset_leads_to_its_contract_and_its_docs() -> None:
    spec = defs.resolve_asset_graph().get(key_of("facts/quotes"))
    references = spec.metadata["dagster/code_references"].code_references
    assert [(Path(link.file_path).relative_to(CHECKOUT).as_posix(), link.label) for link in references] == [
        ("pipelines/extract/quotes.py", "contract"),
        ("docs/tables.md", "docs"),
    ]
    for link, words in zip(references, ("class Quotes(", "## facts.quotes"), strict=True):
        assert Path(link.file_path).read_text("utf-8").splitlines()[link.line_number - 1].startswith(words)
    assert "Key: `fact_id`" in str(spec.description)


def test_days_are_in_the_order_of_the_calendar_and_a_range_holds_what_lies_between(home: Home, drop: Drop) -> None:
    home.prepare()
    with dg.DagsterInstance.get() as instance:
        for key in ("undated", "2023-09-13", "2023-09-11", "2024-01-01", "2023-09-12"):
            instance.add_dynamic_partitions("publication_dates", [key])
        days = ["2023-09-11", "2023-09-12", "2023-09-13", "2024-01-01", "undated"]
        assert instance.get_dynamic_partitions("publication_dates") == days
        page = instance.get_paginated_dynamic_partitions("publication_dates", limit=2, ascending=True)
        rest = instance.get_paginated_dynamic_partitions(
            "publication_dates", limit=9, ascending=True, cursor=page.cursor
        )
        assert [*page.results, *rest.results] == days
        between = dg.PartitionKeyRange("2023-09-11", "2023-09-13")
        dates = dg.DynamicPartitionsDefinition(name="publication_dates")
        with partition_loading_context(dynamic_partitions_store=instance):
            assert dates.get_partition_keys_in_range(between) == days[:3]
        instance.add_dynamic_partitions("drops", ["second", "first"])
        assert instance.get_dynamic_partitions("drops") == ["second", "first"], "drops: as they arrived"


def test_days_can_be_backfilled_whatever_drops_they_came_with() -> None:
    """Which drops is not for Dagster to know: it would look for one named like the day, and refuse the backfill."""
    graph = defs.resolve_asset_graph()
    for layer, parent in (("facts/quotes", "clean/articles"), ("facts/quantities", "clean/edits")):
        mapping = graph.get_partition_mapping(key_of(layer), key_of(parent))
        assert mapping == dg.SpecificPartitionsPartitionMapping([])
    for name in ("raw/captures", "clean/articles", "facts/quotes"):
        assert graph.get(key_of(name)).backfill_policy == dg.BackfillPolicy.single_run()


def test_a_preview_begins_with_what_people_read() -> None:
    assert told_columns(Quotes) == [
        "publication_date", "quote", "quote_type", "speaker", "speaker_text", "cue", "via", "block_kind",
    ]  # fmt: skip


def test_all_partitions_of_a_failed_run_show_as_failed_and_are_healed_by_the_next(
    home: Home, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [drop({1: 11}, "first"), drop({2: 12}, "second")]
    whole = clean.clean_drop

    def fail(*arguments: object) -> dict[str, int]:
        raise OSError("the shelf gave way")

    articles = key_of("clean/articles")

    def health(instance: dg.DagsterInstance) -> tuple[int, int]:
        drops = instance.get_dynamic_partitions("drops")
        status = instance.get_status_by_partition(articles, drops, dg.DynamicPartitionsDefinition(name="drops")) or {}
        states = [str(value.value) for value in status.values() if value]
        return states.count("FAILED"), states.count("MATERIALIZED")

    home.prepare()
    monkeypatch.setattr(clean, "clean_drop", fail)
    with dg.DagsterInstance.get() as instance:
        with pytest.raises(RunFailedError, match="the shelf gave way"):
            run_paths(home, folders)
        assert health(instance) == (2, 0)
        monkeypatch.setattr(clean, "clean_drop", whole)
        run_paths(home, folders)
        assert health(instance) == (0, 2)
        preview = instance.fetch_materializations(key_of("facts/quotes"), limit=1).records[0].asset_materialization
        assert preview is not None
        header, _, row = str(preview.metadata["preview"].value).splitlines()
        assert header.startswith("| publication_date | quote | quote_type | speaker |")
        assert row.startswith("| 2023-09-1")
        assert "| It will bring the two towns together at last, | direct | Maria Lopes |" in row
    with writing(home) as con:
        captures = con.execute("SELECT capture_id, uri FROM raw.captures ORDER BY uri").fetchall()
        facts = con.execute("SELECT fact_id FROM facts.quotes ORDER BY capture_id <> ?", [captures[1][0]]).fetchall()
        by_capture = with_inputs(con, pl.DataFrame({"capture_id": [captures[1][0], "gone"], "gap": [1, 2]}))
        assert by_capture.rows() == [(captures[1][1], captures[1][0], 1), (None, "gone", 2)]
        by_fact = with_inputs(con, pl.DataFrame({"fact_id": [facts[0][0]]}))
        assert by_fact.rows() == [(captures[1][1], facts[0][0])]
        by_none = pl.DataFrame({"rule_id": ["a.rule"]})
        assert with_inputs(con, by_none).equals(by_none)
