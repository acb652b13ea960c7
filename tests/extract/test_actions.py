"""Actions: the examples of their rules, their place and days, names, spans, and any text at all. Cases: tests/gold/actions.toml."""

from __future__ import annotations

import pytest
from deeds import document, rows
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.actions import actions
from pipelines.extract.actions_lexicon import PLOVER, deeds, verb_forms
from pipelines.rules import load_rules
from pipelines.text import Edit, Text


@pytest.mark.parametrize("name", load_rules("actions"))
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("actions")[name]
    for example in rule.matches:
        assert rule.rule_id in [row["rule_id"] for row in rows(example)], example
    for example in rule.spares:
        assert rule.rule_id not in [row["rule_id"] for row in rows(example)], example


@pytest.mark.parametrize(
    ("text", "place", "days", "why"),
    [
        ("Police arrested two men in Westport on Tuesday.", "Westport", (12, 12), "both behind the verb"),
        ("On Tuesday police arrested two men near Boston.", "Boston", (12, 12), "the day in front"),
        ("In Boston, police arrested two men.", "Boston", None, "the place in front"),
        ("Kim said on Monday that police had arrested two men.", None, None, "the day is that of another verb"),
        ("Norway held talks with Denmark on Tuesday.", None, (12, 12), "whom one talks with is no place here"),
        ("Ann Lee visited Denmark on Tuesday.", "Denmark", (12, 12), "whom one visits is"),
        ("The summit in Paris ended; police arrested a man.", None, None, "a place of another clause"),
        (
            "Police on Tuesday arrested a man for selling stolen boats in March.",
            None,
            (12, 12),
            "the month is that of another verb",
        ),
    ],
)
def test_where_and_when(text: str, place: str | None, days: tuple[int, int] | None, why: str) -> None:
    (row,) = [row for row in rows(text) if row["verb"] in ("arrest", "talks", "visit")]
    when = (row["starts_on"].day, row["ends_on"].day) if row["starts_on"] else None
    assert (row["place"], when) == (place, days), why


@pytest.mark.parametrize(
    ("text", "modality", "why"),
    [
        ("Rebels bombed the port in 2011.", "historical", "long before the publication"),
        ("Rebels bombed the port on Monday.", "asserted", "just before it"),
        ("Ann Lee meets the king on Saturday.", "future", "behind it, whatever the tense"),
    ],
)
def test_what_dates_make_of_a_deed(text: str, modality: str, why: str) -> None:
    assert [row["modality"] for row in rows(text)] == [modality], why
    assert [row["modality"] for row in rows(text, None)] in (["asserted"], [modality]), (
        "without a date nothing is invented"
    )


def test_names_are_those_of_the_article() -> None:
    text = "Ann Lee met Foreign Minister Tom Hale in Oslo. Hale later accused Lee of lying. She rejected that. “It is so,” he said."
    named = [(row["actor_name"], row["recipient_name"]) for row in rows(text)]
    assert named == [("Ann Lee", "Tom Hale"), ("Tom Hale", "Ann Lee"), ("Ann Lee", None)]


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        (
            "Ann Lee and Tom Hale arrived in Oslo. Their meeting lasted an hour.",
            [("meeting", "Ann Lee", "Tom Hale")],
            "who meets is each other's",
        ),
        (
            "Norway and Denmark are neighbours. The two countries accused Sweden of lying.",
            [("accuse", "Norway", "Sweden"), ("accuse", "Denmark", "Sweden")],
            "the two are those of the row before",
        ),
        (
            "Roy Poe left. Ahead of his talks with Roy Poe, Mayor Tom Hale was silent.",
            [("talks", "Tom Hale", "Roy Poe")],
            "in a leading phrase, the subject behind its comma",
        ),
        ("Ann Lee saw Tom Hale. They sued the mayor.", [("sue", None, None)], "two names are not a row"),
        (
            "Ann Lee and Tom Hale's sister came. They sued the mayor.",
            [("sue", None, None)],
            "nor is a name with an owner",
        ),
        ("Norway said that it had attacked Denmark.", [("attack", "Norway", "Denmark")], "who says what it did"),
        ("Ann Lee said it attacked Denmark.", [("attack", None, "Denmark")], "a person is no it"),
        (
            "North Korea tested a missile. The North threatened South Korea.",
            [("test", "North Korea", None), ("threaten", "North Korea", "South Korea")],
            "a direction alone is the country of that name",
        ),
        ("Farmers in the North attacked the mayor.", [("attack", None, None)], "and nobody where there is none"),
    ],
)
def test_whom_a_pronoun_or_a_direction_means(
    text: str, named: list[tuple[str, str | None, str | None]], why: str
) -> None:
    assert [(row["verb"], row["actor_name"], row["recipient_name"]) for row in rows(text)] == named, why


def test_spans_lead_to_the_raw_characters() -> None:
    raw = "Norwayâ€™s army attacked Denmarkâ€™s fleet in Oslo."
    edits = tuple(Edit(at, at + 3, "’", "mojibake", "test") for at in (6, 32))
    made = Text(raw, edits)
    assert made.clean == "Norway’s army attacked Denmark’s fleet in Oslo."
    (row,) = actions([document(raw, edits)]).to_dicts()
    for words in ("actor", "recipient", "place"):
        assert made.repaired(row[f"{words}_start"], row[f"{words}_end"]) == row[words]
    assert raw[row["span_start"] : row["span_end"]] == row["text"] == "attacked"
    assert raw[row["actor_start"] : row["actor_end"]] == "Norwayâ€™s army"


def test_blocks_of_other_kinds_and_other_languages_are_not_read() -> None:
    text = "Police arrested two men."
    assert actions([document(text, kind="promo"), document(text, language="de")]).is_empty()
    assert actions([document(text, kind="caption")])["block_kind"].to_list() == ["caption"]


def test_each_type_of_plover_has_verbs_and_nouns() -> None:
    of_verbs = {sense.event for form in verb_forms().values() for sense in form.senses}
    assert of_verbs == {*PLOVER, None}
    assert {deed.event for listed in deeds().values() for deed in listed} == {*PLOVER, None}


WORDS = st.sampled_from(
    [
        "arrested", "attack", "talks", "launched", "to", "who", "that", "police", "Norway", "’s", ",", "and", "was", "by", "of", "the", "killing",
        "if", "Monday", "not", "“", "”", "(", ")", "—", "her", "in", "Kim’s", "two", "20", "sanctions", "on", "with", "between",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_row_of_words_is_read_without_a_crash(text: str) -> None:
    if text.strip():
        for row in rows(text):
            assert text[row["span_start"] : row["span_end"]] == row["text"]
