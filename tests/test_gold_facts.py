"""Sentences of our own against tests/gold/{times,actions,attributions,places,sentences}.toml, hard ones first; how many there are."""

from __future__ import annotations

import datetime as dt

import pytest
from cases import Entry, cases, document, entries, tidy
from deeds import told

from pipelines.extract.attributions import attributions
from pipelines.extract.kinds import KINDS
from pipelines.extract.mentions import read as mentions
from pipelines.extract.times import read as times
from pipelines.normalise.sentences import sentences

FRIDAY = dt.date(2023, 9, 15)


@pytest.mark.parametrize("entry", cases("times"))
def test_a_sentence_tells_these_times_and_no_others(entry: Entry) -> None:
    text, published = entry["text"], None if entry.get("published") == "" else FRIDAY
    found = [
        f"{text[one.start : one.end]} | {one.timex_type} | {one.value}"
        + (f" | from {one.anchor_on}" if one.anchor_on not in (None, published) else "")
        for one in times(text, published)
    ]
    assert found == entry["read"], entry["why"]


@pytest.mark.parametrize("entry", [entry for entry in entries("times") if entry.get("published") == ""])
def test_without_a_day_of_publication_no_days_are_invented(entry: Entry) -> None:
    assert {(one.starts_on, one.ends_on, one.anchor_on) for one in times(entry["text"])} == {(None, None, None)}


@pytest.mark.parametrize("entry", cases("actions"))
def test_a_sentence_tells_of_these_actions_and_no_others(entry: Entry) -> None:
    found = [
        " | ".join((actor or "", verb, recipient or "", event or "", modality))
        for verb, event, actor, recipient, modality in told(entry["text"])
    ]
    assert tidy(found) == tidy(entry["read"]), entry["why"]


@pytest.mark.parametrize("entry", cases("attributions"))
def test_a_sentence_attributes_these_statements_and_no_others(entry: Entry) -> None:
    rows = attributions([document(entry["text"])]).select("source_text", "cue", "statement", "polarity").iter_rows()
    found = [
        " | ".join([source or "", cue or "", statement] + [polarity] * (polarity != "positive"))
        for source, cue, statement, polarity in rows
    ]
    assert tidy(found) == tidy(entry["read"]), entry["why"]


@pytest.mark.parametrize("entry", cases("places"))
def test_a_name_means_this_place(entry: Entry) -> None:
    text = entry["text"]
    found = [
        f"{text[one.start : one.end]} | {', '.join(filter(None, (one.region, one.country))) or '='}"
        for one in mentions(document(text))
        if one.kind == "place"
    ]
    assert found == entry["read"], entry["why"]


@pytest.mark.parametrize("entry", cases("sentences"))
def test_sentences_end_here_and_nowhere_else(entry: Entry) -> None:
    assert [entry["text"][start:end] for start, end in sentences(entry["text"])] == entry["read"], entry["why"]


@pytest.mark.parametrize("kind", [*sorted(KINDS), "places", "sentences"])
def test_there_are_many_cases_and_few_known_misses(kind: str) -> None:
    labelled = entries(kind)
    assert len(labelled) >= 60
    assert sum("miss" in entry or "known_miss" in entry for entry in labelled) <= len(labelled) // 6
