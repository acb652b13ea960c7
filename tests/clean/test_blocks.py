"""Typed blocks: each rule about places in a page, whole pages, and the law that nothing is lost."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.blocks import cover, label
from pipelines.clean.encoding import repairs
from pipelines.rules import Rule, load_rules
from pipelines.text import Text

RULES = list(load_rules("blocks").values())
BODY = "The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday."
MORE = "Engineers had found cracks in two of its piers, the city said in a statement."


def found(page: str, title: str | None = None) -> list[tuple[str, str]]:
    """Kind and repaired text of each block."""
    text = Text(page, repairs(page))
    return [(block.kind, text.clean[block.start : block.end]) for block in label(text, title)]


def rules_of(example: str) -> set[str]:
    declared = re.match(r"\{title: (.*)\}\n", example)
    page = example[declared.end() :] if declared else example
    return {block.rule_id for block in cover(Text(page, repairs(page)), declared[1] if declared else None)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_examples_of_the_rules(rule: Rule) -> None:
    for page in rule.matches:
        assert rule.rule_id in rules_of(page), page
    for page in rule.spares:
        assert rule.rule_id not in rules_of(page), page


def test_a_page_from_top_to_bottom() -> None:
    page = f"""Europe
Old bridge closes after forty years
Mayor promises help for commuters
By Ana Ruiz
13 Sep 2021
Workers at the bridge on Monday. (Photo: Ben Olsen)
NORTHGATE (Reuters) - {BODY}
Read more: Why bridges fall
{MORE}
Years of neglect
“It had to come,” the mayor said.
___
(Reporting by Ana Ruiz; Editing by Ben Olsen)
Copyright 2021 Daily Example
Share
Leave a Reply
boatman says it was about time"""
    assert [kind for kind, _ in found(page)] == [
        "section", "headline", "deck", "byline", "metadata", "caption", "dateline", "body", "related", "body", "crosshead",
        "body", "separator", "contributors", "copyright", "interface", "comment", "comment",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "pieces", "why"),
    [
        (
            "Old bridge closes     DATE: 2021-06-02 01:38:06",
            ["Old bridge closes", "DATE: 2021-06-02 01:38:06"],
            "a time stamp behind the title",
        ),
        (
            "Rain comes Rain comes 2021-03-04 08:10  |  River news Wind goes Wind goes 2021-03-04 09:11  |  River news "
            + BODY,
            [
                "Rain comes Rain comes 2021-03-04 08:10  |  River news Wind goes Wind goes 2021-03-04 09:11  |  River news",
                BODY,
            ],
            "the section's name has been used in the list before",
        ),
        (
            "Rain comes Rain comes 2021-03-04 08:10 | Weather According to the city, the bridge stays closed for a year.",
            [
                "Rain comes Rain comes 2021-03-04 08:10 | Weather",
                "According to the city, the bridge stays closed for a year.",
            ],
            "a word that opens sentences",
        ),
        (
            "Ana Ruiz /Pool/AFP via Getty Images Ana ruiz toggles the image to see more of it.",
            ["Ana Ruiz /Pool/AFP via Getty Images", "Ana ruiz toggles the image to see more of it."],
            "what a screen reader says, behind a credit",
        ),
        (
            BODY + " (Reporting by Ana Ruiz; Editing by Ben Olsen)",
            [BODY, "(Reporting by Ana Ruiz; Editing by Ben Olsen)"],
            "those who helped are named behind the last sentence",
        ),
        (
            BODY + "Read more: Why bridges fall",
            [BODY, "Read more: Why bridges fall"],
            "a link behind a sentence, not even a blank between",
        ),
        (
            "Workers look at the bridge on Monday. (AP Photo/Ana Ruiz) " + BODY,
            ["Workers look at the bridge on Monday. (AP Photo/Ana Ruiz)", BODY],
            "a caption ends with its credit",
        ),
        (
            "By Ana Ruiz NORTHGATE (Reuters) - " + BODY,
            ["By Ana Ruiz", "NORTHGATE (Reuters) -", BODY],
            "a byline before a dateline",
        ),
    ],
)
def test_lines_that_hold_two_blocks_are_cut_at_the_right_character(line: str, pieces: list[str], why: str) -> None:
    before = "Bridge shut" if line.startswith("By ") else BODY
    page = f"{before}\n\n{line}\n\n{MORE}"
    assert [text for _, text in found(page)][1 : 1 + len(pieces)] == pieces, why


@pytest.mark.parametrize(
    "line",
    [
        "LIMA (AP) — The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday.",
        "It was the start of a long year of reporting by the city’s papers, which had warned of it (and of worse).",
        "He asked to read more: the report, the minutes (all of them), the letters; nobody had opened the file before.",
    ],
)
def test_lines_that_hold_one_block_stay_whole(line: str) -> None:
    assert line in [text for _, text in found(f"{BODY}\n\n{MORE}\n\n{line}")]


def test_no_break_spaces_do_not_hide_a_list_of_links() -> None:
    page = f"{BODY}\n\nRain comes Rain comes 2021-03-04 08:10\xa0\xa0|\xa0\xa0Weather\n\n{MORE}"
    assert [kind for kind, _ in found(page)] == ["body", "related", "body"]


def test_curly_quotes_do_not_hurt() -> None:
    straight = f'{BODY}\n\n"It\'s over," the mayor said.\n\n{MORE}'
    curly = straight.replace('"It\'s over,"', "“It’s over,”")
    assert [kind for kind, _ in found(straight)] == [kind for kind, _ in found(curly)] == ["body"] * 3


def test_the_declared_title_is_the_headline_and_the_body_begins_behind_it() -> None:
    page = f"A storm is on its way to the coast, and the ferries will not sail today.\nBridge shut\n{BODY}\n{MORE}"
    assert ("headline", "Bridge shut") in found(page, "Bridge shut")
    assert [kind for kind, _ in found(page, "Bridge shut")][-2:] == ["body", "body"]


def test_what_people_would_argue_about_is_below_seven_tenths() -> None:
    page = f"Bridge shut for good, says city\nBridge shut for good, says city\n{BODY}"
    first, second, _ = cover(Text(page))
    assert first.confidence >= 0.7 > second.confidence


@pytest.mark.parametrize(
    ("page", "raw_blocks", "why"),
    [
        (f"<p>{BODY}</p>", [f"<p>{BODY}</p>"], "what is deleted goes with its line"),
        (f"One title over it<br>{BODY}", ["One title over it<br>", BODY], "a break ends a block"),
        (f"{BODY}\n\n<p></p>\n\n{MORE}", [BODY, "<p></p>", MORE], "alone on its line it is its own block"),
        ("\ufeffTitle of the page\n" + BODY, ["\ufeffTitle of the page", BODY], "a byte order mark"),
        ("\x00\x00", ["\x00\x00"], "nothing but deleted characters"),
        (" \n\t\xa0\n", [], "nothing at all"),
        (f"{BODY}Â\xa0\n\n{MORE}", [f"{BODY}Â\xa0", MORE], "a repair that ends in white space is taken whole"),
    ],
)
def test_deleted_characters_are_covered_too(page: str, raw_blocks: list[str], why: str) -> None:
    assert [page[b.start : b.end] for b in cover(Text(page, repairs(page)))] == raw_blocks, why


PIECES = [
    BODY, MORE, "Old bridge closes", "By Ana Ruiz", "Share", "Photo: Ben Olsen", "<p></p>", "<br>", "Peru‚Äôs plan", "&nbsp;", "\x00", "\u200b", "___",
    "Rain comes 2021-03-04 08:10 | Weather", "Leave a Reply", "• an item", "DATE: 2021-06-02", "", " ", "\xa0", "\r", "\x85", "\u2028", "“Yes!”", "a\x0bb", "It is so.Â\xa0",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["\n", "\n\n", "", " ", "\r\n"]))
def test_blocks_are_disjoint_trimmed_and_cover_every_non_blank_character(pieces: list[str], glue: str) -> None:
    page = glue.join(pieces)
    edits = repairs(page)
    blocks = cover(Text(page, edits))
    edges = {edge for edit in edits for edge in (edit.start, edit.end)}
    assert all(one.end <= two.start for one, two in pairwise(blocks))
    assert not any(edit.start < edge < edit.end for b in blocks for edge in (b.start, b.end) for edit in edits)
    for b in blocks:
        words = page[b.start : b.end]
        assert words.strip(), "a block is not blank"
        assert words == words.lstrip() or b.start in edges
        assert words == words.rstrip() or b.end in edges
    held = "".join(page[b.start : b.end] for b in blocks)
    assert "".join(held.split()) == "".join(page.split())
    assert not any(re.search(r"\n\s*\n", page[b.start : b.end]) for b in blocks), "a block spans no blank line"


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_a_page_with_running_text_has_a_body(pieces: list[str]) -> None:
    page = "\n".join([*pieces, BODY, MORE])
    assert "body" in {block.kind for block in cover(Text(page, repairs(page)))}


PLACES = [
    (
        "Home | Weather | Rivers | Letters\nTown news\nOld bridge closes after forty years\n{body}",
        ["interface", "section", "headline", "body"],
        "sections between bars are no title",
    ),
    (
        "FOR IMMEDIATE RELEASE\nContact: Ana Ruiz, ana@example.org, (555) 010-0199\nExample Bridges opens a crossing\n"
        "NORTHGATE, Alderland – (EXAMPLE WIRE) – May 3, 2021 – {body}\n{more}\n"
        "About Example Bridges\nExample Bridges builds and repairs bridges in nine countries.",
        ["metadata", "metadata", "headline", "dateline", "body", "body", "body", "body"],
        "a press release: its banner and its contact stand over the title",
    ),
    (
        "Old bridge closes after forty years\nReuters\nNorthgate | Updated: May 3, 2021 22:15 IST\n"
        "Workers stand on the old bridge on Monday. (Example photo by Ana Ruiz)\n{body}\n{more}",
        ["headline", "byline", "dateline", "caption", "body", "body"],
        "place, date and picture are no deck",
    ),
    (
        "Old bridge closes after forty years\nMayor promises help for commuters\nAna Ruiz West of Alder correspondent\n"
        "Mon 3 May 2021 17.04 BST\n{body}",
        ["headline", "deck", "byline", "metadata", "body"],
        "a byline without By that says what its bearer does",
    ),
    (
        "Old bridge closes after forty years\nAna Ruiz and Ben Olsen in Northgate\n3 May 2021\n{body}",
        ["headline", "byline", "metadata", "body"],
        "a byline without By that says where its bearers are",
    ),
    (
        "Old bridge closes after forty years\nMayor promises help for commuters\nFerries to run all night\n"
        "Schools stay open for now\n{body}",
        ["headline", "deck", "deck", "interface", "body"],
        "a deck has two lines at most",
    ),
    (
        "A bridge too few\nBy Ana Ruiz\n{body}\n{more}\nAna Ruiz is a retired engineer who lives in Northgate.\n"
        "Follow the opinion pages of the Daily Example on Facebook.\n"
        "A version of this column appears in print on May 3, 2021, on page B2.",
        ["headline", "byline", "body", "body", "byline", "promo", "metadata"],
        "what stands under the last paragraph",
    ),
]


@pytest.mark.parametrize(("page", "kinds", "why"), PLACES, ids=[why for _, _, why in PLACES])
def test_styles_of_heads_and_ends(page: str, kinds: list[str], why: str) -> None:
    assert [kind for kind, _ in found(page.format(body=BODY, more=MORE))] == kinds, why


def test_a_live_report_is_entries_of_a_time_a_title_and_text() -> None:
    page = f"""Bridge closed for good: the day as it happened
By Ana Ruiz and Ben Olsen
Key events
8.15pm Ferries to run all night
10.40pm
‘We are done’, says the mayor
By Ben Olsen
{BODY}
“We are done with it,” the mayor told a crowd at the town hall.
8:15 p.m. ET
Ferries to run all night
“Nobody will be left on the other side,” the harbour master said.
20:02
Schools stay open
{MORE}
Most viewed in Town
"""
    assert [kind for kind, _ in found(page)] == [
        "headline", "byline", "interface", "related", "metadata", "crosshead", "byline", "body", "body", "metadata", "crosshead",
        "body", "metadata", "crosshead", "body", "related",
    ]  # fmt: skip


def test_a_time_under_a_paragraph_does_not_make_it_part_of_the_head() -> None:
    page = f"Bridge closed for good\n{BODY}\n10:40\nFerries to run all night\n{MORE}\n{BODY}"
    assert [kind for kind, _ in found(page)] == ["headline", "body", "metadata", "crosshead", "body", "body"]


def test_what_a_press_release_says_of_its_sender_is_doubtful() -> None:
    about = "About Example Bridges\nExample Bridges builds and repairs bridges in nine countries."
    page = f"Example Bridges opens a crossing\nNORTHGATE, May 3, 2021 /Exampleswire/ -- {BODY}\n{MORE}\n{about}"
    blocks = {block.rule_id: block.confidence for block in cover(Text(page))}
    assert blocks["blocks/boilerplate"] < 0.7 < blocks["blocks/paragraph"]


@pytest.mark.parametrize(
    ("dateline", "why"),
    [
        ("NORTHGATE, Alderland – (EXAMPLE WIRE) – May 3, 2021 –", "a wire's mark, then the day"),
        ("NORTHGATE, Alderland--(EXAMPLE WIRE)--", "no blanks at all"),
        ("New Alder, May 3, 2021 /Exampleswire-Desk/ --", "a mark between strokes"),
        ("NORTHGATE, Alderland, May 03, 2021 (EXAMPLE NEWSWIRE) --", "the year in the day"),
        ("NORTHGATE, Alderland – May 3, 2021 –", "no mark"),
    ],
)
def test_datelines_of_press_releases(dateline: str, why: str) -> None:
    assert ("dateline", dateline) in found(f"Example Bridges opens a crossing\n{dateline} {BODY}\n{MORE}"), why
