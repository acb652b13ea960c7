"""One row per document, as the contract says, with every span opening at its words."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import document

from pipelines.contracts import BLOCK_KINDS
from pipelines.normalise.articles import Articles, articles
from pipelines.text import Edit

PAGE = """
section: World
headline: Harbour opens after two years
deck: The storm of 2019 had closed it
byline: By Ada Moss and Bo Finn, Reuters
metadata: Published 5 March 2021 9:04 AM CET
caption: Boats wait at the harbour. Photo: Cy Dunn/AP
body: The harbour of the town was opened again by the mayor on a cold morning, two years after the storm.
crosshead: Ships
body: They came in one by one, and the people on the pier, who had waited for them as well, counted them all day.
promo: Read more in Daily Maverick: The storm that closed the harbour
contributors: (Editing by Di Elm)
"""


def test_an_article_is_read_off_its_blocks() -> None:
    made = articles([document(PAGE)])
    Articles.validate(made)
    row = made.row(0, named=True)
    expected = {
        "outlet_id": "daily-maverick",
        "outlet_method": "house_phrase",
        "agencies": ["Reuters"],
        "headline": "Harbour opens after two years",
        "deck": "The storm of 2019 had closed it",
        "section": "World",
        "authors": ["Ada Moss", "Bo Finn"],
        "contributors": ["Di Elm"],
        "language": "en",
        "published_on": dt.date(2021, 3, 5),
        "published_at": "2021-03-05T09:04+01:00",
        "published_method": "header_date",
        "captured_at": None,
        "publication_date": "2021-03-05",
    }
    assert {column: row[column] for column in expected} == expected
    assert row["body"].split("\n\n")[1] == "Ships"
    assert row["word_count"] == len(row["body"].split())


def test_many_documents_are_read_as_each_by_itself() -> None:
    """The words by which outlets are found are looked for in many texts at once; that changes no row."""
    telling = [
        PAGE, "body: The Guardian can reveal that the port was closed.\ncopyright: © 2021 The Guardian", "promo: Read more: ships",
        "body: The boat, WIRED writes, was sold.\nbyline: Ada Moss, staff writer at Wired", "body: Here in The Hague it rained.",
        "section: The Independent\nbody: Mail news@independent.co.uk now.", "body: " + "The Sun and the Mirror. " * 50, "body: ©",
    ]  # fmt: skip
    together = articles([document(page) for page in telling * 3])
    assert together.equals(pl.concat([articles([document(page)]) for page in telling * 3]))
    assert {"guardian", "wired"} <= set(together["outlet_id"])


def test_where_nothing_tells_nothing_is_told() -> None:
    row = articles([document("body: The port was opened.", ingested_on=None)]).row(0, named=True)
    nothing = (
        "outlet_id",
        "outlet_confidence",
        "outlet_evidence",
        "headline",
        "deck",
        "section",
        "published_on",
        "published_at",
        "published_confidence",
        "captured_at",
    )
    assert all(row[column] is None for column in nothing)
    assert (row["outlet_method"], row["published_method"], row["publication_date"]) == ("unknown", "unknown", "undated")
    assert row["agencies"] == row["authors"] == row["contributors"] == row["published_candidates"] == []


def test_an_empty_document_is_a_row_too() -> None:
    made = articles([document("unknown: …")])
    Articles.validate(made)
    assert made["body"].to_list() == [""]
    assert articles([]).height == 0


def test_spans_count_the_raw_text_and_the_row_holds_the_repaired_one() -> None:
    edits = [Edit(0, 3, "", "markup", "r"), Edit(9, 13, "", "markup", "r")]
    made = document(
        "headline: <b>Harbor</b> opens\nmetadata: 5 March 2021\nbody: ROME (AFP) - The port was opened.", edits
    )
    row = articles([made]).row(0, named=True)
    assert row["headline"] == "Harbor opens"
    (candidate,) = row["published_candidates"]
    assert made.text.raw[candidate["span_start"] : candidate["span_end"]] == candidate["text"] == "5 March 2021"
    (credit,) = row["agency_evidence"]
    assert made.text.raw[credit["span_start"] : credit["span_end"]] == "AFP"


PIECES = st.sampled_from(
    ["Ada Moss", "By", "Reuters", "(AP) -", "5 March 2021", "Sep 15", "03/04/2021", "Wednesday", "DATE: 2021-06-20 01:02:03", "Published", "©", "2021",
     "The Guardian", "Reporting by", "Editing by", "contributed", "2 days ago", "the harbour was opened again.", "|", "•", "\n", "", "é’“”", "<b>"]
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.sampled_from(BLOCK_KINDS), st.lists(PIECES, min_size=1, max_size=8)), min_size=1, max_size=12
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.booleans())
def test_any_page_makes_a_row_that_holds_the_contract_whose_spans_open(
    lines: list[tuple[str, list[str]]], captured: bool
) -> None:
    page = "\n".join(f"{kind}: {' '.join(words).replace(chr(10), ' ') or '-'}" for kind, words in lines)
    made = document(page, captured_at=dt.datetime(2024, 1, 1) if captured else None)
    rows = articles([made])
    Articles.validate(rows)
    assert rows.equals(articles([made])), "the same input gives the same row"
    row = rows.row(0, named=True)
    for evidence in [*row["published_candidates"], *([row["outlet_evidence"]] if row["outlet_evidence"] else [])]:
        if evidence["span_start"] is not None:
            assert made.text.repaired(evidence["span_start"], evidence["span_end"]) == evidence["text"]
    assert row["agencies"] == sorted(set(row["agencies"])) == [credit["agency_id"] for credit in row["agency_evidence"]]
    assert (
        (row["published_on"] is None)
        == (row["published_method"] == "unknown")
        == (row["publication_date"] == "undated")
    )
    if row["published_on"]:
        assert row["published_on"] <= dt.date(2025, 1, 16)
    assert isinstance(rows, pl.DataFrame)
