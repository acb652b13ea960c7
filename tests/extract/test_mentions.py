"""Names in the text: whom, what and where, in sentences like those of news. Places one by one: tests/gold/places.toml."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.known_places import Places, places_table, unresolved
from pipelines.extract.mentions import Mentions, mentions
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


def document(text: str, edits: tuple[Edit, ...] = (), url: str | None = None) -> Document:
    made = Text(text, edits)
    return Document("ab" * 32, made, [Block(0, "body", 0, len(made.clean), 1.0)], url=url)


def rows(text: str, url: str | None = None) -> list[dict[str, Any]]:
    return mentions([document(text, url=url)]).to_dicts()


def of(kind: str, text: str) -> list[tuple[str, ...]]:
    """The names of a kind with what most cases are about: persons their full name and role."""
    found = [row for row in rows(text) if row["kind"] == kind]
    if kind == "person":
        return [(row["text"], row["name"], row["role"] or "") for row in found]
    return [(row["text"], row["name"], row["country_code"] or "") for row in found]


@pytest.mark.parametrize("name", load_rules("mentions"))
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("mentions")[name]
    for example in rule.matches:
        assert rule.rule_id in [row["rule_id"] for row in rows(example)], example
    for example in rule.spares:
        assert rule.rule_id not in [row["rule_id"] for row in rows(example)], example


PERSONS = [
    ("President Vladimir Putin spoke.", [("Vladimir Putin", "Vladimir Putin", "President")], "a title"),
    (
        "Russian President Vladimir Putin spoke.",
        [("Vladimir Putin", "Vladimir Putin", "Russian President")],
        "with a country",
    ),
    ("Tom Hale, a harbour pilot, agreed.", [("Tom Hale", "Tom Hale", "a harbour pilot")], "a role set off behind"),
    ("Tom Hale, 54, a retired teacher, agreed.", [("Tom Hale", "Tom Hale", "a retired teacher")], "behind the age"),
    (
        "Former ambassador Anna Novak left.",
        [("Anna Novak", "Anna Novak", "Former ambassador")],
        "a role that has ended",
    ),
    (
        "The town’s former mayor Anna Novak left.",
        [("Anna Novak", "Anna Novak", "former mayor")],
        "a role in small letters",
    ),
    (
        "Anna Novak came. Novak left.",
        [("Anna Novak", "Anna Novak", ""), ("Novak", "Anna Novak", "")],
        "the family name alone",
    ),
    ("Ms. Novak came.", [("Novak", "Novak", "")], "an honorific is no role"),
    ("Anna Novak’s dog barked.", [("Anna Novak", "Anna Novak", "")], "the possessive is no part of it"),
    (
        "Kim Jong Un rode a train. Kim waved.",
        [("Kim Jong Un", "Kim Jong Un", ""), ("Kim", "Kim Jong Un", "")],
        "East Asian order: the family name comes first",
    ),
    (
        "North Korean leader Kim Jong-un came. Later Kim Jong Un left, and Kim Jong Un slept.",
        [
            ("Kim Jong-un", "Kim Jong Un", "North Korean leader"),
            ("Kim Jong Un", "Kim Jong Un", ""),
            ("Kim Jong Un", "Kim Jong Un", ""),
        ],
        "with and without a hyphen it is one person",
    ),
    ("Ursula von der Leyen spoke.", [("Ursula von der Leyen", "Ursula von der Leyen", "")], "particles"),
    ("Maria de la Cruz spoke.", [("Maria de la Cruz", "Maria de la Cruz", "")], "particles of Spanish"),
    ("Jean-Pierre Roux spoke.", [("Jean-Pierre Roux", "Jean-Pierre Roux", "")], "a hyphen"),
    ("J. K. Marsh, a writer, spoke.", [("J. K. Marsh", "J. K. Marsh", "a writer")], "initials"),
    ("George W. Marsh spoke.", [("George W. Marsh", "George W. Marsh", "")], "an initial in the middle"),
    ("Martin Ruiz Jr. spoke.", [("Martin Ruiz Jr.", "Martin Ruiz Jr.", "")], "a suffix"),
    ("Police Chief Dana Reed spoke.", [("Dana Reed", "Dana Reed", "Police Chief")], "two words of title"),
    (
        "Ohio Secretary of State Anna Novak spoke.",
        [("Anna Novak", "Anna Novak", "Ohio Secretary of State")],
        "a title with of",
    ),
    (
        "The party’s campaign manager Tom Hale left.",
        [("Tom Hale", "Tom Hale", "campaign manager")],
        "a role of two words",
    ),
    ("Tom Hale, who was a teacher once, left.", [("Tom Hale", "Tom Hale", "")], "a clause is no role"),
    (
        "Nadia Sokolova, chairwoman of the harbour board, left.",
        [("Nadia Sokolova", "Nadia Sokolova", "chairwoman of the harbour board")],
        "without an article",
    ),
    ("The Ministry of Defence spoke.", [], "a ministry is no person"),
    ("On Monday the Harbour Council met.", [], "nor is a council"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PERSONS)
def test_persons(text: str, expected: list[tuple[str, ...]], why: str) -> None:
    assert of("person", text) == expected, why


ORGANISATIONS = [
    ("The Ministry of Defence said so.", ["Ministry of Defence"], "a head word and what stands behind 'of'"),
    ("He works at the University of Lowland.", ["University of Lowland"], "a university"),
    ("The Department for Food and Farming said so.", ["Department for Food and Farming"], "'for', and a pair"),
    ("Lowland Steel Corp. closed.", ["Lowland Steel Corp"], "a firm"),
    ("The Justice Department sued.", ["Justice Department"], "the head word behind"),
    ("The Joint Harbour Board (JHB) met.", ["Joint Harbour Board", "JHB"], "spelled out, and its acronym"),
    ("NATO and the White House agreed.", ["NATO", "White House"], "known by name alone"),
    ("The Board met.", [], "a word that refers back is no name"),
    ("Anna Novak met Tom Hale.", [], "persons are no organisations"),
    ("The Alden Police Department asked for help.", ["Alden Police Department"], "the police of a town"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ORGANISATIONS)
def test_organisations(text: str, expected: list[str], why: str) -> None:
    assert [found[0] for found in of("organisation", text)] == expected, why


def test_an_acronym_goes_by_what_it_stands_for() -> None:
    text = "The Joint Harbour Board (JHB) met on Monday. The JHB agreed."
    assert {name for _, name, _ in of("organisation", text)} == {"Joint Harbour Board"}


def test_agencies_and_outlets_are_those_of_the_registry() -> None:
    found = {row["text"]: row for row in rows("He told Reuters, and later The Arizona Republic, that it was over.")}
    assert (found["Reuters"]["kind"], found["Reuters"]["entity_id"]) == ("agency", "agency:Reuters")
    assert (found["The Arizona Republic"]["kind"], found["The Arizona Republic"]["country_code"]) == ("outlet", "US")


def region_of(name: str, text: str, url: str | None = None) -> set[tuple[str | None, str | None]]:
    return {(row["region"], row["country_code"]) for row in rows(text, url) if row["text"] == name}


def test_other_places_of_the_article_tell_which_town_is_meant() -> None:
    text = "A fire broke out in Athens on Monday. Crews from Marietta and Lancaster in Ohio helped. Athens was dark."
    assert region_of("Athens", text) == {("Ohio", "US")}, "Ohio is named, and has all three"
    assert region_of(
        "Athens", "A fire broke out in Athens on Monday, and ferries to Crete waited. Greece sent help."
    ) == {("Attikí", "GR")}


def test_a_name_means_one_place_in_an_article() -> None:
    text = "She was born in Paris, Texas. Later she left Paris for good, and Paris forgot her."
    assert region_of("Paris", text) == {("Texas", "US")}


def test_the_outlet_s_country_weighs() -> None:
    assert region_of("Perth", "Rain fell in Perth on Monday.", "https://www.post.example.co.uk/rain") == {
        ("Scotland", "GB")
    }
    assert region_of("Perth", "Rain fell in Perth on Monday.") == {("Western Australia", "AU")}


def test_places_know_where_they_lie() -> None:
    (row,) = rows("They landed at Vladivostok.")
    assert row["entity_id"] == "geonames:2013348"
    assert row["latitude"] == pytest.approx(43.1, abs=0.2)
    assert row["longitude"] == pytest.approx(131.9, abs=0.2)


def test_every_listed_name_means_a_place_that_the_data_have() -> None:
    assert unresolved() == []
    Places.validate(places_table())


def test_spans_open_in_the_raw_text_behind_a_repair() -> None:
    raw = "In S\u00c3\u00a3o Paulo <b>Anna Novak</b> met Tom Hale."
    edits = (Edit(4, 6, "ã", "mojibake", "r"), Edit(14, 17, "", "markup", "r"), Edit(27, 31, "", "markup", "r"))
    found = mentions([document(raw, edits)])
    assert [(row["text"], raw[row["span_start"] : row["span_end"]]) for row in found.to_dicts()] == [
        ("São Paulo", "S\u00c3\u00a3o Paulo"),
        ("Anna Novak", "Anna Novak"),
        ("Tom Hale", "Tom Hale"),
    ]


def test_rows_are_the_same_whichever_kind_of_fact_was_read_before() -> None:
    from pipelines.extract.quotes import quotes

    text = "“We will build it,” Gareth Lim said. Anna Novak, the mayor, told him “no” in Oslo."
    first = document(text)
    quotes([first])
    assert mentions([first]).equals(mentions([document(text)]))


WORDS = st.sampled_from(
    [
        "Paris",
        "Texas,",
        "Ohio.",
        "Kim",
        "Jong-un",
        "Mr.",
        "President",
        "of",
        "the",
        "in",
        "County",
        "Lake",
        "St.",
        "U.S.",
        "Street",
        "Highway",
        "61",
        "(AP)",
        "Ministry",
        "and",
        "’s",
        "Ltd",
        "R-Ohio",
        "Georgia-Russia",
        "İstanbul",
        "ß",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=16).map(" ".join)))
def test_rows_hold_the_contract_on_any_text(text: str) -> None:
    made = mentions([document(text)])
    Mentions.validate(made)
    for row in made.to_dicts():
        assert text[row["span_start"] : row["span_end"]] == row["text"]
        assert row["name"].strip()


@pytest.mark.parametrize(
    "hostile",
    ["Paris, " * 14_000, "Aaa " * 25_000, "Lake " * 20_000, "A-" * 50_000, "in Athens and " * 7_000, "(" * 100_000, "County Road 1 " * 7_000, "St. " * 25_000],
)  # fmt: skip
def test_hostile_text_costs_no_more_than_its_length(hostile: str) -> None:
    begun = time.process_time()
    mentions([document(hostile)])
    assert time.process_time() - begun < 20, "a second or two on a slow machine; minutes if the cost were quadratic"
