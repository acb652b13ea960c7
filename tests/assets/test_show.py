"""``newsledger show``: which capture is meant, how its text is cut, and a page on which nothing of it is obeyed."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from assets.show import Fact, Row, ShowError, Shown, cut, find, language_of, lay
from assets.show_html import page
from assets.show_terminal import show_capture
from assets.visible import visible

NASTY = "<script>alert(1)</script> \"' & <!-- ]]> &lt; \x00\x1b[31m\x07\x9b \u202eevil\u2066 \ufeff\u200b &#x41; 'onload=x a\u2028b\r\nend"
"""What a hostile page might hold, and what merely looks like it."""

TEXT = f"Harbour news\n\nThe ferry “sails{NASTY}at ten”, said Ana Ruiz. It has 20 cabins."


def row(start: int, end: int, **fields: Any) -> dict[str, Any]:
    return {"span_start": start, "span_end": end, "rule_id": "r/one", "confidence": 0.875, **fields}


def fact(kind: str, start: int, end: int, **fields: Any) -> Fact:
    text = TEXT[start:end]
    return Fact(0, kind, row(start, end, text=text, block_kind="body", fact_id="f", capture_id="c", **fields))


def shown(nasty: str = NASTY) -> Shown:
    """A capture of which every field that a stranger may have written holds ``nasty``."""
    body = TEXT.index("The ferry")
    at = TEXT.index(NASTY)
    blocks = [
        row(0, 12, block_no=0, kind="headline"),
        row(body, len(TEXT), block_no=1, kind="body", xpath=f"/html/{nasty}"),
    ]
    edits = [row(at, at + 8, replacement=nasty, kind="markup")]
    facts = [
        fact("quotes", body + 10, at + len(NASTY) + 6, quote=nasty, speaker=nasty, speaker_start=3, via=[nasty, "b"]),
        fact("quantities", at + 4, at + 30, value_low=20.0, value_high=20.0, approximate=True, unit=None, object=nasty),
        fact("quantities", at + 20, len(TEXT) - 3, value_low=1.0, value_high=2.5),
    ]
    for number, one in enumerate(facts, 1):
        one.number = number
    lay(facts)
    capture = {
        "capture_id": "ab" * 32, "uri": f"/drop/{nasty}.txt", "url": f"javascript:{nasty}", "captured_at": None, "text": TEXT,
        "media_type": "text/plain", "encoding": "utf-8", "size_bytes": 200,
    }  # fmt: skip
    article = {
        "headline": nasty, "outlet_id": nasty, "outlet_method": nasty, "outlet_confidence": 0.5, "authors": [nasty], "agencies": [],
        "language": nasty, "published_on": None,
    }  # fmt: skip
    return Shown(capture, article, [{"uri": nasty}], cut(TEXT, blocks, edits, facts), facts, {"r/one": nasty})


class Reading(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.main = ""
        self.comments = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "br", "input"):
            told = tag in ("ins", "summary") or str(dict(attrs).get("class")).startswith(("kind", "n "))
            self.open.append("" if told else tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() in (tag, ""), f"</{tag}> closes another element"

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def handle_data(self, data: str) -> None:
        if "main" in self.open and "div" in self.open and "" not in self.open:
            self.main += data


def test_the_page_holds_the_text_and_obeys_none_of_it() -> None:
    html = page(shown())
    read = Reading(html)
    assert read.open == []
    assert read.comments == 0
    assert read.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "h1",
        "dl",
        "dt",
        "dd",
        "span",
        "code",
        "nav",
        "a",
        "b",
        "div",
        "main",
        "aside",
        "ol",
        "li",
        "p",
        "del",
        "ins",
        "br",
        "label",
        "input",
        "details",
        "summary",
    }
    names = {name for name, _ in read.attributes}
    assert names <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "style",
        "href",
        "data-tip",
        "tabindex",
        "dir",
        "aria-label",
        "rel",
        "type",
        "checked",
        "open",
    }
    assert {value[0] for name, value in read.attributes if name == "href"} == {"#"}, (
        "an address that is none is no link"
    )
    words = "".join(read.main.split())
    assert "".join(visible(TEXT).split()) == words, "in the order of the text, nothing lost and nothing added"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\u2066-\u2069\ufeff]", html)
    assert html == html.encode("utf-8").decode("utf-8")
    assert "default-src 'none'" in dict(read.attributes)["content"] or "default-src &#x27;none" in html


def test_long_runs_of_furniture_are_folded_and_nothing_that_bears_a_fact() -> None:
    lines = [f"Menu entry {n}" for n in range(9)]
    text = "\n".join([*lines, "The ferry sails on Monday.", *lines])
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        blocks.append(
            row(
                at,
                at + len(line),
                kind="body" if number == 9 else "interface",
                block_no=number,
                rule_id="r/one",
                xpath=None,
            )
        )
        at += len(line) + 1
    facts = [
        Fact(1, "times", row(text.rindex("entry 4"), text.rindex("entry 4") + 7, text="entry 4", block_kind="caption"))
    ]
    one = shown()
    html = page(Shown(one.capture, one.article, [], cut(text, blocks, [], facts), facts, {}))
    folds = re.findall('<details class="fold"><summary>(.*?) <span', html)
    assert folds == ["interface 9"], "four and four beside the fact are shown"
    assert "".join(Reading(html).main.split()) == "".join(text.split())


def test_a_kind_that_is_everywhere_has_a_closed_list_and_every_kind_can_be_taken_away() -> None:
    facts = [Fact(1, "mentions", shown().facts[0].row), Fact(2, "quotes", shown().facts[0].row)]
    one = shown()
    html = page(Shown(one.capture, one.article, [], cut(TEXT, [], [], facts), facts, {}))
    assert "<details open><summary>quotes" in html
    assert "<details><summary>mentions" in html
    assert "body:has(#see-mentions:not(:checked)) main { --mentions: transparent }" in html


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ({"language": "en", "language_covered": True}, "en"),
        ({"language": "da", "language_covered": False}, "da: not covered, only what needs no grammar is read (ref.languages)"),
        ({"language": None, "language_covered": None}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_who_looks_at_an_article_is_told_that_its_language_is_not_covered(article: Row, told: str | None) -> None:
    assert language_of(article) == told


def test_an_address_is_a_link_if_it_is_one() -> None:
    one = shown()
    one.capture["url"] = 'https://a.example/?a=1&b="x"'
    assert ("href", 'https://a.example/?a=1&b="x"') in Reading(page(one)).attributes


def test_rules_and_fields_are_told_with_each_fact() -> None:
    tips = [value for name, value in Reading(page(shown("Ana Ruiz"))).attributes if name == "data-tip"]
    assert any("quotes" in tip and "via: Ana Ruiz, b" in tip and "r/one, 0.88 sure" in tip for tip in tips)
    assert any("block 1 · body" in tip and "/html/Ana Ruiz" in tip for tip in tips)
    assert any(tip.count("r/one") == 3 for tip in tips), "where facts overlap, all of them are told"


def test_facts_say_nothing_twice() -> None:
    facts = shown("Ana").facts
    assert facts[0].said == [("quote", "Ana"), ("via", "Ana, b")]
    assert facts[1].said == [("value", "20"), ("approximate", "yes"), ("object", "Ana")]
    assert facts[2].said == [("value low", "1"), ("value high", "2.5")]


def test_overlapping_facts_are_underlined_on_lines_of_their_own() -> None:
    assert [one.lane for one in shown().facts] == [0, 1, 2]


def test_the_terminal_is_given_no_commands() -> None:
    for styled in (True, False):
        out = StringIO()
        show_capture(
            shown(), Console(file=out, width=100, force_terminal=styled, color_system="truecolor" if styled else None)
        )
        told = re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
        assert "␛[31m" in out.getvalue().replace("\n", "")
        assert ("[-<scr-]" in told) is not styled, "where there are no colours, edits are marked"


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).filter(lambda span: span[0] < span[1])


def _disjoint(found: list[list[int]]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1]["span_end"]:
            kept.append(row(start, end, kind="body", replacement="x"))
    return kept


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5), st.lists(spans, max_size=6))
def test_however_spans_overlap_the_pieces_are_the_text(
    blocks: list[list[int]], edits: list[list[int]], facts: list[list[int]]
) -> None:
    text = "abcdefghijklmnopqrstuvwxyz0123"
    made = [Fact(number, "quotes", row(*span)) for number, span in enumerate(sorted(facts))]
    parts = cut(text, _disjoint(blocks), _disjoint(edits), made)
    at, ended = 0, []
    for part in parts:
        for piece in part.pieces:
            start, at = at, at + len(piece.text)
            assert text[start:at] == piece.text
            assert list(piece.facts) == [f for f in made if f.row["span_start"] <= start and at <= f.row["span_end"]]
            assert part.block is None or part.block["span_start"] <= start < at <= part.block["span_end"]
            ended += piece.ending
    assert at == len(text)
    assert sorted(one.number for one in ended) == list(range(len(made))), "each fact's number stands once"


@pytest.fixture(scope="module")
def store() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA raw")
    for table in ("captures", "deliveries"):
        con.execute(f"CREATE TABLE raw.{table} (capture_id VARCHAR, uri VARCHAR)")
    for table, capture_id, uri in (
        ("captures", "aa11", "/drop/one.txt"),
        ("captures", "aa22", "/drop/two.jsonl#7"),
        ("captures", "bb33", "/drop/some/one.txt"),
        ("deliveries", "bb33", "/later/again.txt"),
    ):
        con.execute(f"INSERT INTO raw.{table} VALUES (?, ?)", [capture_id, uri])
    return con


FOUND = [
    ("the beginning of a capture_id", "bb", "bb33"),
    ("in capitals", "AA22", "aa22"),
    ("a uri", "/drop/one.txt", "aa11"),
    ("the end of a uri", "two.jsonl#7", "aa22"),
    ("the name of a record", "7", "aa22"),
    ("where it was delivered again", "again.txt", "bb33"),
    ("part of a name", "gain.txt", "bb33"),
]


@pytest.mark.parametrize(("words", "capture_id"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_a_capture_is_found_by(store: duckdb.DuckDBPyConnection, words: str, capture_id: str) -> None:
    assert find(store, words) == capture_id


@pytest.mark.parametrize(
    ("words", "told"), [("aa", "2 captures"), ("one.txt", "bb33"), ("%", "no capture"), ("", "no capture")]
)
def test_what_is_meant_by_none_or_several_is_said(store: duckdb.DuckDBPyConnection, words: str, told: str) -> None:
    with pytest.raises(ShowError, match=told):
        find(store, words)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MEASURE = "<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script></body>"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: how the page looks is not tested")
@pytest.mark.parametrize("width", [390, 1500])
def test_the_page_fits_a_phone_and_a_desk(tmp_path: Path, width: int) -> None:
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page(shown(NASTY * 9 + "x" * 300)))
    (tmp_path / "page.html").write_text(html.replace("</body>", MEASURE), "utf-8")
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         f"--window-size={width},900", "--dump-dom", (tmp_path / "page.html").as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    title = re.search(rb"<title>(\d+) of (\d+)</title>", done.stdout)
    assert title, "the page was read to its end, and nothing in it ran instead"
    assert int(title.group(1)) <= int(title.group(2)), "nothing sticks out sideways"
