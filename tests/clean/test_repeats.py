"""Lines that repeat: how they are counted, and what it makes of a line that it repeats."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.clean.blocks import label
from pipelines.clean.repeats import LONG, QUOTED, SENTENCE, WORDS, document_lines, said_anyway, site_of
from pipelines.rules import load_rules
from pipelines.text import Edit, Text

FIRST = "The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday."
LAST = "Engineers had found cracks in two of its nine piers, the city said in a statement that evening."


def kinds(text: str, *repeated: str) -> dict[str, str]:
    """Rule of each block by its words, if these lines repeat."""
    numbers = [number for number, line in enumerate(text.split("\n")) if line in repeated]
    return {text[block.start : block.end]: block.rule_id for block in label(Text(text, []), repeated=numbers)}


def forms(text: str) -> list[tuple[int, str, int, bool]]:
    frame = document_lines(pl.DataFrame({"number": [7], "text": [text]}))
    return frame.select("line_no", "line", "form", "first").rows()


@pytest.mark.parametrize(
    ("line", "form", "why"),
    [
        ("Around the bay today", WORDS, "no sentence"),
        ("He was 75.", SENTENCE, "short, and true of many"),
        (FIRST, LONG, "a paragraph"),
        ("“We will rebuild it by the spring,” the mayor said.", QUOTED, "somebody said it"),
        ("'' We will rebuild it , '' she said .", QUOTED, "in marks of typewriters"),
        ("word " * 40, LONG, "running text, however it ends"),
        ("Поезда не ходят через Олдер с понедельника, сообщили в мэрии.", LONG, "any script"),
    ],
)
def test_what_a_line_is_to_the_count(line: str, form: int, why: str) -> None:
    assert forms(line) == [(0, line.strip(), form, True)], why


def test_lines_are_trimmed_numbered_by_their_ends_and_told_once() -> None:
    assert forms("  Menu \r\n\r\nMenu\u2028News\n\n" + "x" * 3000) == [
        (0, "Menu", WORDS, True),
        (4, "Menu", WORDS, False),
        (5, "News", WORDS, True),
    ]


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.coastmail.example/news/1", "coastmail.example"),
        ("http://ana:secret@Coastmail.example:8080?x", "coastmail.example"),
        ("file.txt", ""),
        (None, ""),
    ],
)
def test_the_site_of_an_address(url: str | None, site: str) -> None:
    assert pl.DataFrame({"url": [url]}, schema={"url": pl.String}).select(site_of(pl.col("url"))).item() == site


def test_what_a_rule_knows_by_its_words_is_not_learned() -> None:
    assert said_anyway(["By Ana Ruiz", "Around the bay today"]) == ["By Ana Ruiz"]


def test_examples_of_the_rules() -> None:
    rules = load_rules("repeats")
    for name in ("sentence", "words"):
        for line, found in [(line, True) for line in rules[name].matches] + [
            (line, False) for line in rules[name].spares
        ]:
            text = f"{FIRST}\n{LAST}\nMore\n{line}\nMore\n{FIRST}\n{LAST}"
            assert (kinds(text, *([line] if found else []))[line] == rules[name].rule_id) is found, line
    for line, found in ((rules["between"].matches[0], True), (rules["between"].spares[0], False)):
        text = f"{FIRST}\n{LAST}\nAround the bay\n{line}\nAll of it\n{FIRST} Again.\n{LAST}"
        assert (kinds(text, "Around the bay", "All of it")[line] == "repeats/between") is found, line


def test_background_between_paragraphs_is_spared() -> None:
    """What repeats among paragraphs that do not is the outlet's own text used again; at the edge it is a slogan."""
    slogan = "The Coast Mail has told the towns of the bay what the powerful would keep from them."
    assert kinds(f"{FIRST}\n{slogan}\n{LAST}", slogan)[slogan] == "blocks/paragraph"
    assert kinds(f"{FIRST}\n{LAST}\n{slogan}", slogan)[slogan] == "repeats/sentence"


def test_a_headline_that_other_pages_link_to_stays_one() -> None:
    title = "Old bridge closes after forty years"
    text = f"{title}\n{FIRST}\n{LAST}\n{FIRST} Again."
    assert kinds(text, title)[title] == kinds(text)[title]


def test_lines_are_found_by_their_number_in_the_raw_text() -> None:
    """Repairs and cut lines move words about; the number is that of the line as it came."""
    raw = f"{FIRST}\r\n&amp;\r\n{LAST}\r\nAround the bay\r\n{FIRST} Again."
    at = raw.index("&amp;")
    read = Text(raw, [Edit(at, at + 5, "&", "entity", "entities/named")])
    named = {read.clean[b.start : b.end]: b.rule_id for b in label(read, repeated=[6])}
    assert named["Around the bay"] == "repeats/words"
