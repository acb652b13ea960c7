"""Pages: how their bytes are decoded, which of their text is visible, where each line stands, what they declare."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import pytest

from pipelines.read import flatten as flattener
from pipelines.read.charset import decode_page
from pipelines.read.declared import declarations
from pipelines.read.evidence import EXTRACTOR, lines_in
from pipelines.read.html import TooLarge, flatten, parse, read_page
from pipelines.read.inputs import Input, Reject
from pipelines.read.labels import codec_of
from pipelines.read.stage import capture

CHARSETS = [
    ("declared in a meta element", b'<meta charset="windows-1251"><p>\xc4\xe0', "Да", "cp1251"),
    ("Latin-1 means Windows-1252", b"<meta charset=iso-8859-1><p>\x93So\x94", "“So”", "cp1252"),
    ("a byte that Windows-1252 leaves free", b"<meta charset=latin1><p>a\x81b", "a\x81b", "cp1252"),
    (
        "the older form of the declaration",
        b'<meta http-equiv=x content="text/html; charset=Shift_JIS"><p>\x83J',
        "カ",
        "cp932",
    ),
    ("gb2312 is read as what it grew into", b"<meta charset=gb2312><p>\x81\x30\x81\x30", "\x80", "gb18030"),
    ("UTF-16 in a page that declares it is not so", "<meta charset=utf-16><p>é".encode(), "é", "utf-8"),
    ("what only Python calls an encoding", b"<meta charset=unicode_escape><p>a\\u0062", "a\\u0062", "utf-8"),
    ("an encoding of mainframes in a page that can be read", b"<meta charset=cp037><p>ab", "ab", "utf-8"),
    ("a byte order mark wins over a declaration", b"\xef\xbb\xbf<meta charset=koi8-r><p>\xc3\xa9", "é", "utf-8"),
    ("a declaration in a comment is none", "<!-- <meta charset=koi8-r> --><p>é".encode(), "é", "utf-8"),
    ("a declaration behind 1,024 bytes is none", b" " * 1024 + "<meta charset=koi8-r><p>é".encode(), "é", "utf-8"),
    ("a declaration that does not read the bytes", b"<meta charset=utf-8><p>caf\xe9", "café", "cp1252"),
    ("an encoding that nobody knows", "<meta charset=klingon><p>é".encode(), "é", "utf-8"),
    ("an XML declaration", b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb1</p>", "ą", "iso8859-2"),
]


@pytest.mark.parametrize(
    ("data", "text", "encoding"), [case[1:] for case in CHARSETS], ids=[case[0] for case in CHARSETS]
)
def test_pages_are_decoded_as_browsers_do(data: bytes, text: str, encoding: str) -> None:
    decoded = decode_page(data)
    assert (flatten(decoded.text) or decoded.text.rsplit(">", 1)[-1], decoded.encoding) == (text, encoding)


def test_the_response_header_wins_over_the_page() -> None:
    assert decode_page("<meta charset=koi8-r>é".encode(), "utf-8").text.endswith("é")


@pytest.mark.parametrize("label", ["rot13", "base64", "zlib", "", "\x00"])
def test_what_reads_no_text_is_no_encoding(label: str) -> None:
    assert codec_of(label) is None


VISIBLE = [
    (
        "scripts, styles, templates",
        "<script>x</script><style>x</style><template><p>x</template><noscript>x</noscript>",
        "",
    ),
    ("the hidden attribute", "<p hidden>x</p><p hidden=until-found>y", "y"),
    ("style sheets in the element", "<p style='color:red; display : none'>x<p style='VISIBILITY:hidden'>x<p>y", "y"),
    (
        "text for screen readers only",
        "<p><span class='a sr-only'>x</span>y</p><h1 class=visually-hidden>z</h1>",
        "y\nz",
    ),
    ("names that hide on some screens only", "<p class='hidden md:block'>y", "y"),
    ("a dialog that is not open", "<dialog>x</dialog><dialog open>y</dialog>", "y"),
    ("aria-hidden hides from screen readers only", "<p aria-hidden=true>y", "y"),
    ("comments and what follows them", "<p>a<!-- x -->b<?x?>c", "abc"),
    ("options of a form", "<select><option>x</select><p>y", "y"),
    ("a picture in a line breaks no line", "<p>a <img alt=x> b", "a b"),
    ("cells of a table", "<table><tr><td>a<td>b</table>", "a\nb"),
    ("NUL characters", "<p>fer\0ry", "ferry"),
    ("broken markup", "<p <b>a</i></b></p></div><td>b & c < d", "a\nb & c < d"),
    ("an entity bomb is no HTML", '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><p>x', "]>\nx"),
]


@pytest.mark.parametrize(("html", "text"), [case[1:] for case in VISIBLE], ids=[case[0] for case in VISIBLE])
def test_only_what_is_visible_is_text(html: str, text: str) -> None:
    assert flatten(html) == text


PAGE = """<html lang=en><head><title>Ferry | The Coast Mail</title><link rel=canonical href="https://coast.example/2021/03/05/ferry">
<meta property="og:site_name" content="The Coast Mail"><meta name=author content="Ada Moss">
<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":"Ferry &amp; bridge","author":[{"@type":"Person",
"name":"Ada Moss"},{"@type":"Organization","name":"XYZ"}],"datePublished":"2021-03-05T10:00:00Z","publisher":{"name":"Coast Media"},
"articleBody":"The ferry sails again at ten. <b>Nobody waved from the pier.</b>",}]}</script></head><body>
<nav><ul><li><a href=/>Home</a></ul></nav><main><article><h1>Ferry sails</h1><div class="post-authorName">By <a rel=author>Ada Moss</a></div>
<div class="ArticleBody"><p>The ferry sails again at ten.<p>Nobody <o:p>waved</o:p> from the pier.<aside>More ferries</aside></div>
<figure><img><figcaption>The pier</figcaption></figure></article></main><x:y>odd</x:y></body></html>"""


def test_every_line_knows_its_element_and_what_that_stands_in() -> None:
    page = read_page(PAGE)
    lines = dict(zip(page.text.split("\n"), page.places, strict=True))
    assert lines["Home"].marks == "nav li"
    assert lines["Home"].links == 4
    assert lines["Ferry sails"].marks == "main article h1"
    assert "byline" in lines["By Ada Moss"].marks
    assert lines["By Ada Moss"].links == 8
    assert lines["The ferry sails again at ten."].marks == "main article body"
    assert lines["The ferry sails again at ten."].xpath == "/html/body[1]/main[1]/article[1]/div[2]/p[1]"
    assert lines["More ferries"].marks == "main article body aside"
    assert lines["The pier"].marks == "main article figure figcaption"


def test_an_xpath_leads_to_the_element_of_its_line() -> None:
    page, root = read_page(PAGE), parse(PAGE)
    assert root is not None
    for line, place in zip(page.text.split("\n"), page.places, strict=True):
        (element,) = root.xpath(place.xpath)  # names with a colon are no names to XPath
        assert line in " ".join(element.text_content().split())


def test_a_page_is_asked_for_its_evidence() -> None:
    evidence = read_page(PAGE).evidence
    declared = evidence["declared"]
    assert declared["title"][0] == ["json_ld", "Ferry & bridge"], "a trailing comma in the JSON is forgiven"
    assert declared["author"] == [["json_ld", "Ada Moss"], ["meta", "Ada Moss"], ["rel_author", "Ada Moss"]]
    assert declared["published"] == [["json_ld", "2021-03-05T10:00:00Z"]]
    assert declared["outlet"] == [["json_ld", "Coast Media"], ["og", "The Coast Mail"]]
    assert declared["url"] == [["canonical", "https://coast.example/2021/03/05/ferry"]]
    lines = read_page(PAGE).text.split("\n")
    (held,) = evidence["article_body"]
    assert lines[slice(*held)] == ["The ferry sails again at ten.", "Nobody waved from the pier."]
    assert any(first <= lines.index("The ferry sails again at ten.") < last for first, last in evidence["body"])


@pytest.mark.parametrize(
    "script",
    ["", "{", "[" * 100_000, '"x"', "null", '{"@graph": 7}', '{"@type": "NewsArticle", "author": {"name": [3]}}'],
)
def test_json_ld_of_any_kind_is_survived(script: str) -> None:
    root = parse(f'<script type="application/ld+json">{script}</script><p>x')
    assert root is not None
    assert declarations(root)[1] == ""


def test_half_a_surrogate_pair_in_json_ld_is_no_character() -> None:
    script = r'{"@type": "NewsArticle", "headline": "Ferry \ud800 sails \ud83d\ude00"}'
    root = parse(f'<script type="application/ld+json">{script}</script><p>x')
    assert root is not None
    assert declarations(root)[0]["title"] == [["json_ld", "Ferry \ufffd sails \U0001f600"]], (
        "no table can hold half a pair"
    )


def test_json_ld_that_cannot_be_parsed_still_gives_its_date() -> None:
    root = parse(
        '<script type="application/ld+json">{"datePublished": "2021-03-05", "headline": "He said "no""}</script><p>x'
    )
    assert root is not None
    assert declarations(root)[0]["published"] == [["json_ld", "2021-03-05"]]


def test_short_lines_are_held_only_whole() -> None:
    assert lines_in("Home is where the ferry sails", ["Home", "where the ferry sails", "sails"]) == [[1, 2]]


def test_the_extractor_is_named_as_it_is_installed() -> None:
    assert f"trafilatura/{importlib.metadata.version('trafilatura')}" == EXTRACTOR, (
        "its answers are kept under this name"
    )


HOSTILE = [
    ("nested without end", "<div>" * 100_000 + "The ferry sails."),
    ("nested lists", "<ul><li>x" * 50_000),
    ("one long line", "<p>" + "The ferry sails. " * 300_000),
    ("many comments", "<!--" * 200_000 + "<p>x"),
    ("attributes without end", "<p " + "a=b " * 300_000 + ">x"),
    ("a script for each word", "<script type='application/ld+json'>{\"a\":[</script>" * 20_000 + "<p>x"),
]


@pytest.mark.parametrize("html", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_pages_are_a_capture_or_a_reject(html: str) -> None:
    made = capture(Input("page.html", html.encode(), "html"), "drop")
    assert isinstance(made, (tuple, Reject))


def test_a_page_of_a_million_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.read.html.MOST_ELEMENTS", 1000)
    with pytest.raises(TooLarge):
        read_page("<p>a" * 1001)
    made = capture(Input("page.html", b"<p>a" * 1001, "html"), "drop")
    assert isinstance(made, Reject)
    assert made.reason == "too_large"


REFUSED = [
    ("deeper than the parser follows", "<div>" * 3000 + "The ferry sails.", "nested deeper"),
    ("many attributes", "<p " + " ".join(f"a{n}=b" for n in range(4000)) + ">x", "attributes"),
    ("between slashes", "<p " + "/".join(f"a{n}" for n in range(4000)) + ">x", "attributes"),
    ("without blanks", "<p " + "".join(f'a{n}="b"' for n in range(4000)) + ">x", "attributes"),
]


@pytest.mark.parametrize(("html", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_the_parser_would_cut_or_take_too_long_over_is_refused(html: str, words: str) -> None:
    with pytest.raises(TooLarge, match=words):
        read_page(html)


def test_long_tags_are_no_reason_to_refuse_a_page() -> None:
    long = f'<p title="{"a b " * 9000}" data-x=\'{{"a": [{"1, " * 9000}0]}}\'>The ferry sails.</p><script>if(a<b){"x = 1; " * 9000}</script>'
    assert read_page(long).text == "The ferry sails."


def test_places_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flattener, "MAX_PLACES", 3)
    page = read_page("<p>a" * 9)
    assert page.text.count("\n") == 8
    assert [place.xpath for place in page.places] == [f"/html/body[1]/p[{n}]" for n in (1, 2, 3)] + ["/html"]


def test_deep_elements_stand_at_an_ancestor() -> None:
    page = read_page("<div>" * 240 + "x")
    assert page.places[0].xpath.count("/") == flattener.MAX_DEPTH


@pytest.mark.parametrize("suffix", [".html", ".htm", ".xhtml"])
def test_a_page_is_a_file(tmp_path: Path, suffix: str) -> None:
    from pipelines.read.stage import inputs

    (tmp_path / f"a{suffix}").write_bytes(b"<p>The ferry sails again.")
    (item,) = inputs(tmp_path)
    assert isinstance(item, Input)
    made = capture(item, "drop")
    assert not isinstance(made, Reject)
    assert made[3] == "text/html"
    assert made[8] == "The ferry sails again."
    assert json.loads(made[10])["page"]["extractor"] == EXTRACTOR
