"""A changed rule, list or reader reprocesses the stages that read it, and nothing else; counted in a checkout of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from assets.home import CHECKOUT, Home
from assets.runs import run_paths
from assets.tables import FACTS

Drop = Callable[..., Path]


END = "\n--- end of a command ---\n"

CALLS = f"""
import shlex, sys
import newsledger
for command in sys.argv[1:]:
    sys.argv = ["newsledger", *shlex.split(command)]
    try:
        newsledger.main()
    except SystemExit as ended:
        if ended.code:
            raise
    print({END!r}, end="", flush=True)
"""


@dataclass
class Checkout:
    """A copy of the code and the seeds, which a test may change, and a home of its own.

    What is brought in before anything changes is brought in by this process: equal code, equal versions.
    """

    folder: Path
    home: Home

    def calls(self, *commands: str) -> list[str]:
        """What commands say, one after the other, all of them in one process of its own: it loads the changed code once."""
        environment = {**os.environ, "COLUMNS": "200", "NEWSLEDGER_HOME": str(self.home.path)}
        command = [sys.executable, "-c", CALLS, *commands]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        said = done.stdout.split(END)
        assert len(said) == len(commands) + 1
        return said[:-1]

    def call(self, command: str) -> str:
        return self.calls(command)[0]

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def touch(self, name: str) -> None:
        """Change a file without changing what it says."""
        path = self.folder / name
        path.write_text(path.read_text("utf-8") + "# another word\n", "utf-8")

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.home.published), read_only=True) as con:
            return con.execute(query).fetchall()

    def steps(self) -> dict[str, dict[str, int]]:
        """What the runs since the last call of this did: asset to the numbers that its run reports."""
        counted: dict[str, dict[str, int]] = {}
        with dg.DagsterInstance.get() as instance:
            for run in instance.get_runs():
                if run.run_id in self.seen:
                    continue
                self.seen.add(run.run_id)
                for event in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION):
                    made = event.asset_materialization
                    assert made is not None
                    numbers = {name: item.value for name, item in made.metadata.items() if isinstance(item.value, int)}
                    counted.setdefault("/".join(made.asset_key.path), {}).update(numbers)
        return counted

    def __post_init__(self) -> None:
        self.seen: set[str] = set()


@pytest.fixture
def checkout(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Checkout:
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("assets", "docs", "pipelines", "sql", "seeds/rules", "seeds/outlets", "seeds/reference"):
        shutil.copytree(CHECKOUT / name, folder / name)  # with the bytecode, which holds for files of equal times
    for name in ("newsledger.py", "dagster.yaml", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, folder / name)
    return Checkout(folder, home)


def stale_rows(checkout: Checkout) -> list[tuple[object, ...]]:
    """Facts whose partition is not their article's date: what a moved article must not leave behind."""
    kinds = " UNION ALL ".join(f"SELECT capture_id, publication_date FROM {kind.__table__}" for kind in FACTS)
    return checkout.ask(
        f"SELECT * FROM ({kinds}) AS facts ANTI JOIN clean.articles USING (capture_id, publication_date)"
    )


def test_a_rule_of_one_kind_of_fact_reruns_that_kind_alone(checkout: Checkout, brought_in: Drop) -> None:
    folder = brought_in({1: 11, 2: 12, 3: 12})
    checkout.steps()
    checkout.touch("seeds/rules/quotes.toml")
    told, _, after = checkout.calls("status", f"run {folder}", "status")
    assert "facts/quotes" in told
    assert "3 articles" in told
    assert "changed since: seeds/rules/quotes.toml" in told
    assert not any(stage in told for stage in ("facts/quantities", "clean  ", "read  "))
    did = checkout.steps()
    assert did["facts/quotes"]["captures_read"] == 3
    assert did["facts/quotes"]["written_rows"] > 0
    assert did["facts/quantities"]["written_rows"] == 0, "the other kind is not written again"
    assert not [name for name in did if name.startswith(("raw/", "clean/"))], "nothing is read or cleaned again"
    assert "Nothing is stale." in after


def test_a_rule_of_the_cleaner_reruns_clean_and_what_follows_but_reads_nothing(
    checkout: Checkout, brought_in: Drop
) -> None:
    folder = brought_in({1: 11, 2: 12})
    checkout.steps()
    checkout.touch("seeds/rules/captions.toml")
    told, _ = checkout.calls("status", f"run {folder}")
    assert "changed since: seeds/rules/captions.toml" in told
    did = checkout.steps()
    assert did["clean/articles"]["written_captures"] == 2
    assert did["facts/quotes"]["captures_read"] == 2
    assert not [name for name in did if name.startswith("raw/")]


def test_a_changed_reader_reads_what_is_stored_again_and_goes_no_further_where_nothing_came_out_differently(
    checkout: Checkout, brought_in: Drop
) -> None:
    folder = brought_in({1: 11, 2: 12})
    checkout.steps()
    checkout.touch("pipelines/read/charset.py")
    shutil.move(folder, folder.with_name("moved"))
    told, _, after = checkout.calls("status", "run", "status")
    assert "1 drop as stored" in told, "the path is gone, the bytes are under sources/"
    did = checkout.steps()
    assert did["raw/captures"]["reread"] == 0
    assert did["clean/articles"]["written_captures"] == 0
    assert not [name for name in did if name.startswith("facts/")]
    assert "its path is gone; its rows stay" in after


def test_what_a_changed_reader_reads_differently_is_made_anew_in_every_layer(
    checkout: Checkout, records: Callable[..., Path]
) -> None:
    path = records([{"id": 1, "html": "<p>The harbour office reopened on 4 May 2022.</p><p>It has 12 desks.</p>"}])
    run_paths(checkout.home, [path])
    before = checkout.ask("SELECT text FROM raw.captures")
    checkout.edit("pipelines/read/flatten.py", 'FLATTENER = "newsledger-html/2"', 'FLATTENER = "newsledger-html/99"')
    _, after = checkout.calls(f"run {path}", "status")
    assert checkout.ask("SELECT flattener FROM raw.captures") == [("newsledger-html/99",)]
    assert checkout.ask("SELECT text FROM raw.captures") == before
    assert checkout.ask("SELECT count(*) FROM raw.deliveries") == [(1,)]
    assert checkout.ask("SELECT count(*) > 0 FROM facts.quantities") == [(True,)]
    assert "Nothing is stale." in after


def test_articles_that_move_dates_when_a_rule_changes_leave_nothing_behind(checkout: Checkout, drop: Drop) -> None:
    """Two days of September become two days of October; another article of the new date is there already."""
    folder = drop({1: 11, 2: 12, 3: 12})
    (folder / "october.txt").write_text(
        (folder / "article-001.txt").read_text("utf-8").replace("11 September", "11 October"), "utf-8"
    )
    run_paths(checkout.home, [folder])
    facts = checkout.ask("SELECT count(*) FROM facts.all_kinds")
    assert {row[0] for row in checkout.ask("SELECT DISTINCT publication_date FROM facts.quotes")} == {
        "2023-09-11", "2023-09-12", "2023-10-11",
    }  # fmt: skip
    checkout.steps()
    checkout.edit("seeds/reference/calendar.toml", '9 = ["september", ', "9 = [")
    checkout.edit("seeds/reference/calendar.toml", "10 = [", '10 = ["september", ')
    checkout.call(f"run {folder}")
    assert checkout.ask("SELECT publication_date, count(*) FROM clean.articles GROUP BY 1 ORDER BY 1") == [
        ("2023-10-11", 2), ("2023-10-12", 2),
    ]  # fmt: skip
    assert checkout.ask("SELECT publication_date, count(*) FROM facts.quotes GROUP BY 1 ORDER BY 1") == [
        ("2023-10-11", 2), ("2023-10-12", 2),
    ]  # fmt: skip
    assert checkout.ask("SELECT count(*) FROM facts.all_kinds") == facts
    assert stale_rows(checkout) == []
    with dg.DagsterInstance.get() as instance:
        quotes = dg.AssetKey(["facts", "quotes"])
        newest = {}
        for record in reversed(instance.fetch_materializations(quotes, limit=100).records):
            made = record.asset_materialization
            assert made is not None
            newest[made.partition] = made.metadata["dagster/partition_row_count"].value
    assert newest == {"2023-09-11": 0, "2023-09-12": 0, "2023-10-11": 2, "2023-10-12": 2}, "old dates are run too"
