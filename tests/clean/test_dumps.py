"""Pages as they come: where the body is and what stands beside it, pages written for these tests."""

from __future__ import annotations

import os
import time

import pytest

from pipelines.clean.blocks import label
from pipelines.text import Text

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone: shared machines are too noisy for CI."""

BODY = "The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday."
MORE = "Engineers had found cracks in two of its piers, the city said in a statement."
LAST = "Repairs will take until spring, and the ferry that used to cross here will sail again until then, the mayor promised."

END = (
    "Nobody will miss the old one much, said the men who had painted it every spring for as long as it had stood there."
)


def kinds_of(page: str, title: str | None = None) -> dict[str, str]:
    """The kind of each line by its text; pages of these tests have no line twice."""
    return {page[block.start : block.end]: block.kind for block in label(Text(page, ()), title)}


def test_a_text_over_the_title_is_not_the_body() -> None:
    """Teasers over the title are longer than the article: what the page is about stands under its title."""
    teasers = "\n".join(
        f"Tale number {n} of the coast\nThe tale of boat number {n} is told by those who sailed it to the far islands."
        for n in range(6)
    )
    found = kinds_of(
        f"{teasers}\nOld bridge closes after forty years\n{BODY}\n{MORE}", "Old bridge closes after forty years"
    )
    assert [line for line, kind in found.items() if kind == "body"] == [BODY, MORE]


def test_a_title_at_the_foot_of_the_page_is_a_link() -> None:
    """Boxes repeat the title under the text: most of the running text stands over it."""
    page = f"{BODY}\n{MORE}\n{LAST}\nShare\nOld bridge closes after forty years"
    assert kinds_of(page, "Old bridge closes after forty years")[BODY] == "body"


@pytest.mark.parametrize(
    ("lines", "kinds", "why"),
    [
        (
            ["Winners of the boat race", "2021: Ana Ruiz", "2020: Ben Olsen", "2019: Cy Dunn", "2018: Di Elm"],
            ["crosshead", "body", "body", "body", "body"],
            "a list behind the last sentence, with its heading, is of the article",
        ),
        (
            [
                "Read more: Why bridges fall",
                "Ferry strike goes into its third week on the coast",
                "A ferry for the winter",
                LAST,
            ],
            ["related", "related", "crosshead", "body"],
            "of two lines over a paragraph the last heads it where the first is a longer link",
        ),
        (
            ["Storm on the way to the coast", "Ferry strike goes into third week", LAST],
            ["related", "related", "body"],
            "two titles of one length are links",
        ),
        (
            ["The bridge stays shut until spring.", "— Coast Mail (@coastmail) May 3, 2021", LAST],
            ["unknown", "unknown", "body"],
            "a post inside the text, with the line that signs it",
        ),
        (
            ["A ferry for the winter", "The boats will sail from Northgate twice an hour.", "Dec. 20, 2022", LAST, END],
            ["related", "related", "metadata", "body", "body"],
            "a title, a sentence and a date: a teaser, behind which the text goes on",
        ),
        (
            ["The mill by night.", "NOAA / Ana Ruiz", LAST],
            ["caption", "credit", "body"],
            "a short sentence over a photographer's name",
        ),
        (
            [
                "Ana Ruiz",
                "Senior Staff Reporter",
                "Ana Ruiz is a Senior Editor at the Coast Mail, where she writes on roads.",
            ],
            ["byline", "byline", "byline"],
            "the author introduced behind the text: name, role, note",
        ),
        (
            ["Filed under:", "Bridges", "Northgate"],
            ["metadata", "metadata", "metadata"],
            "topics behind their heading",
        ),
        (
            ["Copyright 2021 Daily Example", "Boats", "Tide tables", "Work with us", "Our history"],
            ["copyright", "interface", "interface", "interface", "interface"],
            "very short lines in a row behind the body are a menu",
        ),
        (
            [
                "Most popular",
                "Storm on its way to the coast",
                "May 3, 2021",
                "Ferry strike goes into third week",
                "May 2, 2021",
            ],
            ["related", "related", "related", "related", "related"],
            "dates behind the body are of the articles beside whose titles they stand",
        ),
    ],
)
def test_lines_behind_two_paragraphs(lines: list[str], kinds: list[str], why: str) -> None:
    page = "\n".join(["Old bridge closes after forty years", BODY, MORE, *lines])
    found = kinds_of(page)
    assert [found[line] for line in lines] == kinds, why
    assert found[BODY] == found[MORE] == "body"


def test_a_heading_may_stand_in_a_table_of_contents_too() -> None:
    heading = "What the engineers found in the piers"
    page = f"{BODY}\nIn this article\n{heading}\n{MORE}\n{LAST}\nShare\n{heading}\n{BODY} Nobody knew."
    blocks = [(page[b.start : b.end], b.kind) for b in label(Text(page, ()))]
    assert blocks[-2] == (heading, "crosshead")


@pytest.mark.parametrize(
    "bait",
    [
        "— A (@a) 1\n",
        "Aa\n",
        "Aa Bb\nSenior Reporter\n",
        "By\n",
        "x. Aa\n",
        "1: a\n",
        "CMRA\nThe mill is here.\n",
        "Jan 1, 2021\n",
    ],
)
def test_hostile_lines_are_labelled_in_time(bait: str) -> None:
    page = (bait * 100_000)[:100_000]
    began = time.process_time()
    blocks = label(Text(page, ()))
    assert not TIMED or time.process_time() - began < 3
    assert blocks[-1].end == len(page.rstrip())


BUTTONS = "Facebook\nTwitter\nPinterest"


@pytest.mark.parametrize(
    ("page", "kept", "why"),
    [
        (
            f"Old bridge closes after forty years\n{BUTTONS}\n{BODY}\n{MORE}\n{LAST}\n{BUTTONS}\nben May 3 at noon\n{END}\n{END}!",
            [BODY, MORE, LAST],
            "the buttons over the text come again behind it: they frame it",
        ),
        (
            f"May 3, 2021\nShare This Story\nOld bridge closes after forty years\n{BODY}\n{MORE}\n{LAST}\n"
            f"May 2, 2021\nShare This Story\nFerry to sail again in the new year\n{END}\nThe ferry {END[7:]}",
            [BODY, MORE, LAST],
            "the same lines over the next title, with another date, open another article",
        ),
        (
            f"Old bridge closes after forty years\nBy Ana Ruiz\nShare\n{BODY}\n{MORE}\nShare\nPrint\n{LAST}",
            [BODY, MORE, LAST],
            "one button again is no frame",
        ),
        (
            f"Old bridge closes after forty years\n{BODY}\nShare\nPrint\n{MORE}\nShare\nPrint\n{LAST}",
            [BODY, MORE, LAST],
            "what first stands inside the text may come again inside it",
        ),
    ],
)
def test_lines_from_over_the_text_that_come_again(page: str, kept: list[str], why: str) -> None:
    found = [page[block.start : block.end] for block in label(Text(page, ())) if block.kind == "body"]
    assert found == kept, why


@pytest.mark.parametrize(
    ("line", "credit", "kind", "why"),
    [
        ("The bridge in May.", "Photo: Ana Ruiz", "caption", "hardly a paragraph has less than ten words"),
        ("Ana Ruiz says that she “crossed it every day” when she was a child on the coast.", "Ben Olsen/Coast Mail", "caption",
         "short, over a photographer's name: whoever speaks in it"),
        ("Ana Ruiz said that she would cross it every day as long as there was a bridge.", "Photo: Ben Olsen", "body",
         "somebody speaks, and no photographer's name stands alone"),
    ],
)  # fmt: skip
def test_short_sentences_over_credits(line: str, credit: str, kind: str, why: str) -> None:
    page = f"Old bridge closes after forty years\nBy Ana Ruiz\n{BODY}\n{MORE}\n{line}\n{credit}\n{LAST}\n{END}"
    assert kinds_of(page)[line] == kind, why


def test_a_page_without_running_text_still_has_a_body() -> None:
    """What only its place has named a deck is all that the article says."""
    page = "Old bridge closes after forty years\nBy Ana Ruiz\nMayor promises help for all commuters"
    assert kinds_of(page)["Mayor promises help for all commuters"] == "body"
