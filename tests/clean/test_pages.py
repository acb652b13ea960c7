"""Blocks of HTML pages: the words, the place and the second opinions together."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import zlib
from pathlib import Path

import polars as pl
import pytest

from pipelines.clean.blocks import Blocks
from pipelines.clean.hints import named_by_place
from pipelines.clean.lines import lines_of, measure
from pipelines.clean.reading import read_page
from pipelines.clean.stage import clean
from pipelines.contracts import frame
from pipelines.document import documents
from pipelines.extract.kinds import KINDS
from pipelines.normalise.articles import Articles, articles
from pipelines.read.captures import Captures
from pipelines.read.flatten import flatten_tree
from pipelines.read.html import parse
from pipelines.read.inputs import Input, Reject
from pipelines.read.stage import capture
from pipelines.rules import Rule, load_rules

RULES = load_rules("layout")
BY_PLACE = [rule for rule in RULES.values() if rule.decided_in == "pipelines.clean.hints"]
BESIDE_TEXT = [rule for rule in RULES.values() if rule.decided_in == "pipelines.clean.opinions"]
INGESTED_ON = dt.date(2026, 11, 21)

HEAD = """<title>Old bridge closes after forty years | The Coast Mail</title><body><header><ul><li><a href=/>World</a></ul></header>
<article><header><h1>Old bridge closes after forty years</h1><p class=standfirst>Mayor promises help for commuters</p>
<span class=byline>By Ana Ruiz</span></header><figure><img><figcaption>The bridge over the Alder before it was closed</figcaption></figure>
<div class=article-body><p>The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday.</p>
<p>Engineers had found cracks in two of its nine piers, the city said in a long statement that evening.</p>"""
TAIL = """<h2>A bridge with a past</h2><p>It was built in 1961 and has been repaired four times since, most recently after the flood of
2019, as the records of the city show.</p><p>“Nobody will miss it,” the mayor said, before she opened the ferry that takes its place.</p>
</div></article><footer><p>About us</p></footer>"""


def captured(html: str) -> pl.DataFrame:
    made = capture(Input("page.html", html.encode(), "html"), "drop")
    assert not isinstance(made, Reject)
    return frame(Captures, [made]).with_columns(ingested_on=pl.lit(INGESTED_ON))


def kinds(html: str) -> dict[str, tuple[str, str]]:
    """Kind and rule of each block of a page, by its words."""
    captures = captured(html)
    blocks, _ = clean(captures)
    Blocks.validate(blocks)
    text = captures["text"][0]
    return {
        text[start:end]: (kind, rule)
        for start, end, kind, rule in blocks.select("span_start", "span_end", "kind", "rule_id").iter_rows()
    }


@pytest.mark.parametrize("rule", BY_PLACE, ids=[rule.rule_id for rule in BY_PLACE])
def test_a_place_names_its_examples_and_spares_the_others(rule: Rule) -> None:
    for examples, matching in ((rule.matches, True), (rule.spares, False)):
        for example in examples:
            marks, _, words = example.partition(" | ")
            line = measure(words, 0, len(words))
            line.marks, line.vote = frozenset(marks.split()), -1
            found = named_by_place(line)
            assert (found == rule) is matching, example


PROSE = [
    "The bridge over the Alder, which carries ten thousand cars a day, was closed on Monday.",
    "Engineers had found cracks in two of its nine piers, the city said in a statement.",
    "It was built in 1961 and has been repaired four times since, the records of the city show.",
    "The mayor opened a ferry that takes its place until the end of the year at least.",
    "Commuters said that they would rather wait for the ferry than drive around the bay.",
]


def rule_beside_text(name: str, example: str) -> str:
    """The rule that names an example over (title) or in the text of a page."""
    marks, _, words = example.partition(" | ")
    before, after = PROSE[:3], PROSE[3:]
    if name == "title":
        before, after = [], before + after
    text = "\n".join([*before, words, *after])
    lines = lines_of(text)
    for line in lines:
        line.vote, line.marks = 1, frozenset(("article", "body"))
    tried = lines[len(before)]
    if name == "box":
        for number, line in enumerate(lines):
            line.path = f"/html/body[1]/div[1]/p[{number}]"
        title = lines[len(before) - 1]
        title.text, title.linked, title.ends = "A ferry for the winter", 1.0, False
        title.path, tried.path = "/html/body[1]/div[1]/div[1]/h3[1]", "/html/body[1]/div[1]/div[1]/p[1]"
        if "promo" not in marks:
            tried.path = "/html/body[1]/div[1]/p[99]"
    tried.marks, tried.vote = frozenset(marks.split()), -1 if name in ("title", "left") else 1
    return next(line.rule_id for line in read_page(text, lines) if line.start == tried.start)


@pytest.mark.parametrize("rule", BESIDE_TEXT, ids=[rule.rule_id for rule in BESIDE_TEXT])
def test_an_opinion_names_its_examples_and_spares_the_others(rule: Rule) -> None:
    name = rule.rule_id.partition("/")[2]
    for example in rule.matches:
        assert rule_beside_text(name, example) == rule.rule_id, example
    for example in rule.spares:
        assert rule_beside_text(name, example) != rule.rule_id, example


def test_a_page_has_its_parts() -> None:
    page = kinds(HEAD + TAIL)
    assert {words: kind for words, (kind, _) in page.items() if kind not in ("body", "interface")} == {
        "Old bridge closes after forty years": "headline",
        "Mayor promises help for commuters": "deck",
        "By Ana Ruiz": "byline",
        "The bridge over the Alder before it was closed": "caption",
        "A bridge with a past": "crosshead",
    }
    assert [words[:12] for words, (kind, _) in page.items() if kind == "body"] == [
        "The bridge o", "Engineers ha", "It was built", "“Nobody will",
    ]  # fmt: skip
    assert page["World"][0] == page["About us"][0] == "interface"


def test_a_box_in_the_text_is_no_text() -> None:
    box = "<div class=newsletter-signup><p>The coast in one letter, every week, free of charge and of advertising.</p></div>"
    assert (
        kinds(HEAD + box + TAIL)["The coast in one letter, every week, free of charge and of advertising."][0]
        == "promo"
    )


def test_opinions_that_found_next_to_nothing_are_passed_over() -> None:
    text = "\n".join([*PROSE * 2, "A note."])
    lines = lines_of(text)
    for line in lines:
        line.vote, line.marks = -1, frozenset(("article", "body"))
    lines[-1].vote = 1
    assert {line.kind for line in read_page(text, lines)[:-1]} == {"body"}


def test_a_heading_that_is_declared_is_the_title_wherever_it_stands() -> None:
    page = kinds(HEAD.replace("<header><h1>", "<header class=site-header><h1>").replace("<article>", "<div>") + TAIL)
    assert page["Old bridge closes after forty years"][0] == "headline"


def test_a_list_behind_the_last_paragraph_is_the_articles_if_opinions_take_it_and_it_leads_nowhere() -> None:
    winners = ["Best harbour: Kelp Row", "Best ferry: the Dunlin", "Best captain: Ana Ruiz", "Best cook: Ben Olsen"]
    for entry, kind in (("<li>{}</li>", "body"), ("<li><a href=/>{}</a></li>", "related")):
        entries = "".join(entry.format(winner) for winner in winners)
        page = kinds(
            f"{HEAD}{TAIL}".replace("</div></article>", f"<h2>The winners</h2><ul>{entries}</ul></div></article>")
        )
        assert {page[winner][0] for winner in winners} == {kind}, entry


def test_short_lines_that_opinions_take_and_that_lead_nowhere_are_a_list() -> None:
    page = kinds(HEAD + "<p>Piers 1 and 2</p><p>Closed until May 3</p><p>Ferry every ten minutes</p>" + TAIL)
    assert page["Closed until May 3"] == ("body", "blocks/list_item")


def test_a_teaser_between_paragraphs_is_known_by_the_title_over_it() -> None:
    box = "<div class=x><h3><a href=/>A ferry for the winter</a></h3><p>It crosses the Alder every ten minutes, whatever the weather.</p></div>"
    page = kinds(HEAD + box + TAIL)
    assert page["It crosses the Alder every ten minutes, whatever the weather."][0] == "related"


def test_a_list_of_links_leads_elsewhere_whoever_takes_it() -> None:
    links = "<ul>" + "".join(f"<li><a href=/{n}>Bridge number {n} of the county</a></li>" for n in range(3)) + "</ul>"
    page = kinds(HEAD + links + TAIL)
    assert {page[f"Bridge number {n} of the county"][0] for n in range(3)} <= {"related", "unknown"}


def test_a_page_that_declares_nothing_and_that_nobody_can_read_still_has_blocks() -> None:
    page = kinds("<p>Tide tables<p>High water at ten.<footer>Harbour office</footer>")
    assert set(page) == {"Tide tables", "High water at ten.", "Harbour office"}


def bench_pages(share: int) -> list[str]:
    """One in so many of the labelled pages, by the hash of their names, where they are at hand."""
    place = Path(os.environ.get("NEWSLEDGER_BENCH") or Path(__file__).resolve().parents[3] / "shared" / "bench")
    found = []
    for name in ("pages.jsonl.gz", "pages_by_site.jsonl.gz"):
        path = place / "pages" / name
        if not path.exists():
            pytest.skip("the labelled pages are not here; set NEWSLEDGER_BENCH to their folder")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = map(json.loads, lines)
            found += [row["html"] for row in rows if zlib.crc32(row["id"].encode()) % share == 0]
    return found


def test_every_fact_of_a_page_opens_at_its_element() -> None:
    """The span holds the fact's words, and the XPath of its one block leads to one element whose visible text holds them."""
    checked = 0
    for html in bench_pages(5):
        captures = captured(html)
        blocks, edits = clean(captures)
        made = articles(documents(captures, blocks, edits))
        Articles.validate(made)
        fields = made.select("capture_id", "publication_date", "published_on", "language")
        dated = captures.join(fields, on="capture_id")
        root = parse(html)
        assert root is not None
        (document,) = documents(dated, blocks, edits)
        text = captures["text"][0]
        places = blocks.select("block_no", "span_start", "span_end", "xpath").rows()
        seen: dict[str, str] = {}
        for contract, extract in KINDS.values():
            facts = extract([document])
            contract.validate(facts)
            for number, start, end, words in facts.select("block_no", "span_start", "span_end", "text").iter_rows():
                assert document.text.repaired(start, end) == words
                over = [place for place in places if place[1] < end and start < place[2]]
                assert [place[0] for place in over] == [number], "a fact lies in the block that it names"
                xpath = over[0][3]
                if xpath not in seen:
                    (element,) = root.xpath(xpath)
                    seen[xpath] = flatten_tree(element).text
                assert text[start:end] in seen[xpath], xpath
                checked += 1
    assert checked > 1000
