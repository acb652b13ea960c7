"""Lines that repeat on a site: what is believed, which captures it makes stale, and that the way there does not matter."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assets import drops, raw
from assets.clean import clean_drop
from assets.drops import register_drops
from assets.home import Home
from assets.raw import ingest
from assets.repeats import stale_by_repeats
from assets.staleness import stale_drops, why_stale
from assets.store import Connection, select, writing
from assets.tables import CLEAN, LEARNED, order_by
from assets.withdrawal import withdraw
from pipelines.read.folders import drop_id_of

Rows = dict[str, list[tuple[Any, ...]]]

NOTE = "The Coast Mail has told the towns of the bay what the powerful would keep from them since 1904."
BOX = "Around the bay today"
STREETS = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Pine", "Rowan")


def story(number: int, *lines: str) -> str:
    """An article of its own about a street, with lines that it shares."""
    street = STREETS[number % len(STREETS)] + ("" if number < len(STREETS) else f" {number}")
    own = (
        f"The council closed {street} Street on Monday, when the water main under it burst again.",
        f"Engineers dug for {number + 2} days before they found the crack in the pipe below {street} Street.",
        f"Nobody who lives in {street} Street was told how long the repairs would take them this time.",
    )
    return "\n\n".join([f"Water main bursts in {street} Street", own[0], *lines, *own[1:]])


def record(number: int, text: str, site: str | None = "coastmail.example") -> dict[str, object]:
    return {"id": number, "text": text} | ({"url": f"https://www.{site}/news/{number}"} if site else {})


def write(folder: Path, name: str, rows: Sequence[object]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def bring(home: Home, *paths: Path) -> dict[str, int]:
    """Read drops and clean what is stale, as a run does. Returns how many captures were cleaned."""
    written: dict[str, int] = {}
    with writing(home) as con:
        known = register_drops(con, home, paths)
        for drop_id in known:
            ingest(con, home, drop_id)
        clean_all(con, written)
    return written


def clean_all(con: Connection, written: dict[str, int]) -> None:
    while todo := stale_drops(con):
        for drop_id in todo:
            count = clean_drop(con, drop_id)["captures"]
            written[drop_id] = written.get(drop_id, 0) + count


def learned(home: Home) -> list[tuple[Any, ...]]:
    with writing(home) as con:
        return con.execute("SELECT site, line, articles, of_articles FROM clean.repeats ORDER BY ALL").fetchall()


def body(home: Home, number: int) -> str:
    with writing(home) as con:
        rows = con.execute(
            "SELECT body FROM clean.articles JOIN raw.captures USING (capture_id) WHERE uri LIKE '%#' || ?", [number]
        ).fetchall()
    return str(rows[0][0])


def rows(home: Home) -> Rows:
    with writing(home) as con:
        return {
            table.__table__: select(con, f"FROM {table.__table__} ORDER BY {order_by(table)}").rows()
            for table in CLEAN + LEARNED
        }


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Homes are compared: all is read at the same moment."""
    moment = raw.now()
    for module in (drops, raw):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_what_three_articles_of_a_site_share_is_not_their_text(home: Home, tmp_path: Path) -> None:
    bring(home, write(tmp_path, "two.jsonl", [record(n, story(n, NOTE, BOX)) for n in range(2)]))
    assert learned(home) == []
    assert NOTE in body(home, 0), "two articles prove nothing"
    bring(home, write(tmp_path, "three.jsonl", [record(n, story(n, NOTE, BOX)) for n in range(2, 5)]))
    assert learned(home) == [("coastmail.example", BOX, 5, 5), ("coastmail.example", NOTE, 5, 5)]
    assert "Coast Mail" not in body(home, 3)
    assert BOX not in body(home, 3)
    assert "Engineers dug for 5 days" in body(home, 3)
    assert NOTE in body(home, 0), "later drops teach nothing to those before them"


def test_where_no_site_is_known_the_drop_is_the_group(home: Home, tmp_path: Path) -> None:
    """A few words in three articles are believed; a sentence is not, unless nearly all have it: outlets share what agencies write."""
    rows = [record(n, story(n, NOTE if n < 4 else BOX, "Elsewhere in the bay"), None) for n in range(8)]
    bring(home, write(tmp_path, "mixed.jsonl", rows))
    assert [(line, articles) for _, line, articles, _ in learned(home)] == [(BOX, 4), ("Elsewhere in the bay", 8)]
    bring(home, write(tmp_path, "one_outlet.jsonl", [record(n, story(n, NOTE), None) for n in range(20, 25)]))
    assert ("", NOTE, 5, 5) in learned(home)


def test_another_site_is_another_matter(home: Home, tmp_path: Path) -> None:
    sites = ("one.example", "two.example", "three.example")
    bring(home, write(tmp_path, "sites.jsonl", [record(n, story(n, BOX), sites[n]) for n in range(3)]))
    assert learned(home) == []


def test_versions_and_copies_of_an_article_count_once(home: Home, tmp_path: Path) -> None:
    """Ten captures of one page; three copies under addresses of their own, each with a last line of its own."""
    page = [record(0, story(0, BOX, f"Updated for the {n}th time")) for n in range(10)]
    copies = [record(n, story(1, BOX, "Traffic is led over Quay Road.") + f"\n\nCopy {n}") for n in range(1, 4)]
    path = write(tmp_path, "copies.jsonl", [{**row, "id": n} for n, row in enumerate([*page, *copies])])
    bring(home, path)
    assert learned(home) == []


def test_a_statement_that_articles_share_is_never_eaten(home: Home, tmp_path: Path) -> None:
    said = "“We will pay for every flooded cellar in the town, whatever the insurers say,” the mayor said."
    bring(home, write(tmp_path, "said.jsonl", [record(n, story(n, said, BOX)) for n in range(5)]))
    assert [line for _, line, _, _ in learned(home)] == [BOX]
    assert said in body(home, 4)


def test_background_that_a_few_of_many_articles_share_stays(home: Home, tmp_path: Path) -> None:
    """Four of eighty articles tell the same history of the mains; all thank the readers."""
    background = "The mains under the old town were laid in 1911 and have never been replaced as a whole."
    rows = [record(n, story(n, *([background] if n % 20 == 0 else []), NOTE)) for n in range(80)]
    bring(home, write(tmp_path, "many.jsonl", rows))
    assert [line for _, line, _, _ in learned(home)] == [NOTE]
    assert background in body(home, 20)


def test_only_captures_in_which_other_lines_repeat_are_cleaned_again(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    write(folder, "a.jsonl", [record(n, story(n, BOX) if n < 2 else story(n)) for n in range(6)])
    other = write(tmp_path, "later.jsonl", [record(30, story(30, BOX)), record(31, story(31))])
    elsewhere = write(tmp_path, "elsewhere.jsonl", [record(40, story(40, BOX), "other.example")])
    bring(home, folder, other, elsewhere)
    assert bring(home, folder, other, elsewhere) == {}, "nothing changed, nothing is done"
    write(folder, "b.jsonl", [record(50, story(50, BOX))])
    # The new one and the two that have the line as well. To the one of the later drop they were three before.
    assert bring(home, folder) == {drop_id_of(folder): 3}


def test_a_drop_that_leaves_takes_its_evidence_along(home: Home, tmp_path: Path) -> None:
    one = write(tmp_path, "one.jsonl", [record(n, story(n, BOX)) for n in range(2)])
    two = write(tmp_path, "two.jsonl", [record(n, story(n, BOX)) for n in range(2, 4)])
    bring(home, one, two)
    assert [articles for _, _, articles, _ in learned(home)] == [4]
    with writing(home) as con:
        withdraw(con, home, [drop_id_of(one)])
        assert stale_by_repeats(con) == [drop_id_of(two)]
        assert [stale.why for stale in why_stale(con, home) if stale.stage == "clean"] == [
            "other lines repeat on their sites by now"
        ]
        clean_all(con, {})
    assert learned(home) == []
    assert not [row for row in rows(home)["clean.blocks"] if str(row[5]).startswith("repeats/")]


@pytest.mark.parametrize("seed", range(2))
def test_step_by_step_or_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Drops grow in any order, and one leaves; the store is what a fresh run over all that is left makes of it."""
    chance = random.Random(seed)
    folders = [tmp_path / name for name in ("north", "south", "west")]
    slow, fresh = Home(tmp_path / "slow"), Home(tmp_path / "fresh")
    for folder in folders:
        folder.mkdir()
        write(folder, "0.jsonl", [record(0, story(0, BOX))])
    bring(slow, *folders)
    for step in range(1, 4):
        folder = chance.choice(folders)
        some = []
        for _ in range(chance.randint(1, 4)):
            number = chance.randrange(14)
            shared = [line for line in (NOTE, BOX, "More from the bay") if chance.random() < 0.6]
            some.append(
                record(number, story(number, *shared), chance.choice(("coastmail.example", "bay.example", None)))
            )
        write(folder, f"{step}.jsonl", some)
        bring(slow, folder)
    bring(fresh, *folders)
    assert rows(slow) == rows(fresh)
    for home in (slow, fresh):
        with writing(home) as con:
            withdraw(con, home, [drop_id_of(folders[0])])
            clean_all(con, {})
    rest = Home(tmp_path / "rest")
    bring(rest, *folders[1:])
    assert rows(slow) == rows(fresh) == rows(rest)
