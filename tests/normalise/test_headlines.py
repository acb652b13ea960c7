"""The title of an article: the line over it, and the titles that its page declares."""

from __future__ import annotations

import pytest
from pages import document

from pipelines.normalise.headlines import headline

LINE = "Old bridge closes after forty years"


def declaring(*titles: str, outlet: str = "The Coast Mail", **fields: list[list[str]]) -> dict[str, object]:
    stated = [["og", title] for title in titles]
    return {"page": {"declared": {"title": stated, "outlet": [["og", outlet]], **fields}}}


CASES = [
    ("a line of the page", f"headline: {LINE}", (), LINE),
    ("the line, whatever search engines are told", f"headline: {LINE}", ("Why the old Alder bridge has to close | The Coast Mail",), LINE),
    ("a notice in large letters is no title", "headline: This offer ends soon", (LINE,), LINE),
    ("of two headlines the one that is declared", f"headline: Ten ways to cook eel\nheadline: {LINE}", (LINE,), LINE),
    ("nothing on the page", "body: The bridge was closed.", (LINE,), LINE),
    ("the outlet behind a bar", "body: x", (f"{LINE} | The Coast Mail",), LINE),
    ("the outlet behind a dash, without its article", "body: x", (f"{LINE} - Coast Mail",), LINE),
    ("the outlet in front", "body: x", (f"Coast Mail — {LINE}",), LINE),
    ("what another title lacks", "body: x", (f"{LINE} - Towns", LINE), LINE),
    ("a dash in the title", "body: x", (f"{LINE} - and nobody waves",), f"{LINE} - and nobody waves"),
    ("the outlet's name is no title", "headline: Piers and their history", ("The Coast Mail",), "Piers and their history"),
    ("nothing at all", "body: x", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("page", "titles", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_title_is(page: str, titles: tuple[str, ...], expected: str | None) -> None:
    assert headline(document(page, metadata=declaring(*titles) if titles else {})) == expected


def test_the_address_names_the_outlet_too() -> None:
    found = document(
        "body: x", metadata=declaring(f"{LINE} - Coastmail", outlet="CM"), url="https://www.coastmail.example/a"
    )
    assert headline(found) == LINE


def test_a_records_own_title_stands_below_the_line_and_over_the_page() -> None:
    fields = {"title": "Bridge  closed", **declaring("Something else entirely")}
    assert headline(document("body: x", metadata=fields)) == "Bridge closed"
    assert headline(document(f"headline: {LINE}", metadata=fields)) == LINE


@pytest.mark.parametrize("words", ["| " * 50_000, "- a " * 25_000, "x" * 100_000, " — " * 30_000])
def test_hostile_titles_cost_no_more_than_their_length(words: str) -> None:
    headline(document("body: x", metadata=declaring(words[:500], words[:500] + "|")))
