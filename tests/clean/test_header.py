"""The header of a text dump: which line is the title, who signs, which section; menus and buttons around them."""

from __future__ import annotations

import os
import time

import pytest

from pipelines.clean.blocks import label
from pipelines.clean.lines import lines_of
from pipelines.clean.titles import likely_title
from pipelines.text import Text

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone."""

TITLE = "Old bridge over the Alder closes after forty years"
BODY = """The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday.
Engineers had found cracks in two of its piers, the city said in a statement on the old bridge.
Nobody knows when it will open again, and the ferries are full from morning to night."""


def kinds(page: str) -> list[tuple[str, str]]:
    """Kind and text of each block over the body."""
    found = [(piece.kind, page[piece.start : piece.end]) for piece in label(Text(page))]
    return found[: next(number for number, (kind, _) in enumerate(found) if kind == "body")]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (TITLE, "alone"),
        (f"River Mail\nWorld\nSport\nWeather maps for the weekend\n{TITLE}\nBy Ana Ruiz", "a menu over it"),
        (f"{TITLE}\nBy Ana Ruiz\n3 May 2021\nUniversal Boat Pictures for All", "a credit next to the text"),
        (f"{TITLE}\nBy Ana Ruiz\nOpen extended reactions\nShare this with all", "buttons next to the text"),
        (f"Rivers and roads —\n{TITLE}\nBy Ana Ruiz", "a series over it"),
        (f"{TITLE}\nFerries run all day from the northern quay to make up for the loss\nBy Ana Ruiz", "a deck below it"),
        (f"May 3, 2021 report\n{TITLE}\n3 May 2021", "a date that is no title"),
        (f"Most read stories\nMost read stories\nHow a town lives with its harbour\n{TITLE}\nBy Ana Ruiz", "a heading that stands twice"),
        (f"Now reading: {TITLE}\n{TITLE}\nBy Ana Ruiz", "a label glued to its double"),
    ],
)  # fmt: skip
def test_the_title_is_the_line_that_tells_what_the_text_tells(header: str, why: str) -> None:
    headlines = [text for kind, text in kinds(f"{header}\n{BODY}") if kind == "headline"]
    assert headlines[-1:] == [TITLE], why


def test_a_text_without_any_other_line_has_no_title() -> None:
    assert likely_title(lines_of(BODY), 0, 3) is None


def test_two_lines_that_may_both_be_the_title_leave_a_doubt() -> None:
    rivals = (
        "Engineers close the old bridge over the Alder\nRivers\nCracks in the piers of the old bridge over the Alder"
    )
    assert [piece.confidence < 0.7 for piece in label(Text(f"{rivals}\n{BODY}")) if piece.kind == "headline"] == [True]


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        ("By\nAna Ruiz", ["byline", "byline"], "the word alone, then the name"),
        ("By\nAna Ruiz, rivermail.example", ["byline", "byline"], "and where she writes"),
        ("Emma Ruiz\nRoads editor", ["byline", "byline"], "a given name, then what she does"),
        ("Emma RuizPublished: 3 May 2021", ["byline"], "a date glued to the name"),
        ("Emma Ruiz Northgate Telegram & Gazette", ["byline"], "a paper behind the name"),
        ("3 May 2021 | By Emma Ruiz", ["byline"], "the date first"),
        ("By Ana Ruiz\nFact checked by\nBen Olsen", ["byline", "contributors", "contributors"], "who checked has not written"),
        ("By Ana Ruiz\n1,204\n| May 3, 2021", ["byline", "metadata", "metadata"], "readers, and a date behind a bar"),
        ("Emma Stone\nPhoto: Ben Olsen", ["interface", "credit"], "a name over a credit is that of a picture"),
    ],
)  # fmt: skip
def test_who_signs_the_text(lines: str, expected: list[str], why: str) -> None:
    assert [kind for kind, _ in kinds(f"{TITLE}\n{lines}\n{BODY}")][1:] == expected, why


def test_usual_names_of_sections_over_the_title_are_sections() -> None:
    assert kinds(f"Crime\nNorthgate\n{TITLE}\n{BODY}")[:2] == [("section", "Crime"), ("section", "Northgate")]


@pytest.mark.parametrize(
    "bait",
    ["A " * 50_000, "A" * 100_000, "A.A " * 25_000, "By " * 33_000, "Ana Ruiz\n" * 11_000, "May 3, 2021 " * 8_000, "| " * 50_000],
)  # fmt: skip
def test_hostile_headers_cost_what_they_weigh(bait: str) -> None:
    began = time.process_time()
    label(Text(f"{bait}\n{TITLE}\nBy Ana Ruiz\n{BODY}"))
    assert not TIMED or time.process_time() - began < 2
