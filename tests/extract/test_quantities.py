"""Quantities: how much of what, in sentences like those of news."""

from __future__ import annotations

import json
import os
import runpy
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.quantities import Quantities, quantities
from pipelines.extract.units import Units, units
from pipelines.rules import load_rules
from pipelines.text import Edit, Text

TIMED = bool(os.environ.get("NEWSLEDGER_TIMED"))
"""Hostile input always runs; its cost is judged by ``make bench`` alone: shared machines are too noisy for CI."""


def document(text: str, edits: tuple[Edit, ...] = (), kind: str = "body") -> Document:
    made = Text(text, edits)
    return Document("ab" * 32, made, [Block(0, kind, 0, len(made.clean), 1.0)])


def rows(text: str) -> list[dict[str, Any]]:
    return quantities([document(text)]).to_dicts()


def short(row: dict[str, Any]) -> tuple[Any, ...]:
    """What most cases are about: words, values, unit or object, measure."""
    return row["text"], row["value_low"], row["value_high"], row["unit"] or row["object"], row["measure"]


@pytest.mark.parametrize("name", [name for name in load_rules("quantities") if name != "plain"])  # test_languages.py
def test_every_rule_decides_its_examples(name: str) -> None:
    rule = load_rules("quantities")[name]
    for example in rule.matches:
        assert rule.rule_id in [row["rule_id"] for row in rows(example)], example
    for example in rule.spares:
        assert rule.rule_id not in [row["rule_id"] for row in rows(example)], example


READ = [
    ("The mast is 42.7 metres tall.", ("42.7 metres", 42.7, 42.7, "m", "distance"), "a unit in words"),
    ("A 42.7-metre mast fell.", ("42.7-metre", 42.7, 42.7, "m", "distance"), "a unit behind a hyphen"),
    ("Winds hit 120 km/h.", ("120 km/h", 120, 120, "km/h", "speed"), "a rate of signs"),
    ("It ran at 188 miles an hour.", ("188 miles an hour", 188, 188, "[mi_i]/h", "speed"), "a rate of words"),
    ("It slowed from 1,680 metres per second.", ("1,680 metres per second", 1680, 1680, "m/s", "speed"), "not seconds"),
    ("Nights fall to -20C there.", ("-20C", -20, -20, "Cel", "temperature"), "degrees that stick to the number"),
    ("It was 98.6 degrees Fahrenheit.", ("98.6 degrees Fahrenheit", 98.6, 98.6, "[degF]", "temperature"), "in words"),
    ("They farm 660 square kilometers.", ("660 square kilometers", 660, 660, "km2", "area"), "two words of unit"),
    ("It cost $1.2bn.", ("$1.2bn", 1.2e9, 1.2e9, "[USD]", "money"), "sign and magnitude"),
    ("It cost US$ 5 a share.", ("US$ 5 a share", 5, 5, "[USD]/{share}", "money"), "a price per share"),
    ("He paid €5m for it.", ("€5m", 5e6, 5e6, "[EUR]", "money"), "with money, m is a million"),
    ("He paid R10 500 for it.", ("R10 500", 10500, 10500, "[ZAR]", "money"), "South African groups"),
    ("He owes 420 million Norwegian kroner.", ("420 million Norwegian kroner", 42e7, 42e7, "[NOK]", "money"), "by name"),
    ("It costs 3 dollars 50 cents.", ("3 dollars 50 cents", 3.5, 3.5, "[USD]", "money"), "dollars and cents are one sum"),
    ("Turnout was 61 percent.", ("61 percent", 61, 61, "%", "percent"), "percent"),
    ("Support fell 4 percentage points.", ("4 percentage points", 4, 4, None, "percentage_point"), "no UCUM code"),
    ("They met for four hours.", ("four hours", 4, 4, "h", "duration"), "a duration"),
    ("An 18-month-old pact ended.", ("18-month-old", 18, 18, "mo", "age"), "an age"),
    ("Lena Orlov, 47, runs the mill.", ("47", 47, 47, "a", "age"), "an age behind a name"),
    ("She was 25 when it closed.", ("25", 25, 25, "a", "age"), "an age behind she was"),
    ("One of them, a girl of nine, waved.", ("nine", 9, 9, "a", "age"), "an age behind a person"),
    ("Voters 45 and older stayed home.", ("45 and older", 45, None, "a", "age"), "an age with its bound"),
    ("He is 6-foot-3 and fast.", ("6-foot-3", 6.25, 6.25, "[ft_i]", "distance"), "a height"),
    ("It was the river's 16th flood.", ("16th", 16, 16, "flood", "ordinal"), "which in a series"),
    ("Two fast patrol boats sank.", ("Two fast patrol boats", 2, 2, "fast patrol boats", "count"), "things"),
    ("A 450-seat hall burned.", ("450-seat", 450, 450, "seat", "count"), "things behind a hyphen"),
    ("Five of the ferries sank.", ("Five of the ferries", 5, 5, "ferries", "count"), "of a known whole"),
    ("The pump failed twice.", ("twice", 2, 2, None, "count"), "how often"),
    ("Two-thirds of the crop failed.", ("Two-thirds", 2 / 3, 2 / 3, "crop", "ratio"), "a part"),
    ("One in five homes has no heating.", ("One in five", 0.2, 0.2, "homes", "ratio"), "a share"),
    ("The council voted 7-2 for it.", ("7-2", 2, 7, None, "score"), "a vote; the text keeps the order"),
    ("TWO FERRIES COLLIDE OFF COAST", ("TWO FERRIES", 2, 2, "FERRIES", "count"), "a headline in capitals"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), READ, ids=[case[0] for case in READ])
def test_a_quantity_is_read(text: str, expected: tuple[Any, ...], why: str) -> None:
    found = [short(row) for row in rows(text)]
    assert expected in found, f"{why}: {found}"
    assert len(found) == 1


RANGES = [
    ("Talks lasted four to five hours.", 4, 5, "words"),
    ("Prices rose 11-13 percent.", 11, 13, "a dash"),
    ("It needs between 3 and 5 tonnes.", 3, 5, "between"),
    ("A fee of $4.5–6.5m is likely.", 4.5e6, 6.5e6, "the second magnitude is the first's too"),
    ("A fee of $900,000 to $1 million is likely.", 9e5, 1e6, "but not of a number that is larger than its mantissa"),
    ("Two or three guards came.", 2, 3, "or"),
]


@pytest.mark.parametrize(("text", "low", "high", "why"), RANGES, ids=[case[0] for case in RANGES])
def test_the_ends_of_a_range_are_one_quantity(text: str, low: float, high: float, why: str) -> None:
    assert [(row["value_low"], row["value_high"]) for row in rows(text)] == [(low, high)], why


def test_from_one_value_to_another_is_two_quantities():
    assert [row["value_low"] for row in rows("The fee rose from 5 euros to 9 euros.")] == [5, 9]


CONVERSIONS = [
    ("It lies 200 kilometers (125 miles) inland.", (200, 200, "km", 125, 125, "[mi_i]"), "in brackets"),
    ("Gusts of up to 90 mph (145 km/h) hit it.", (None, 90, "[mi_i]/h", None, 145, "km/h"), "a bound holds for both"),
    ("It lies 30-40 miles (about 48-64 km) inland.", (30, 40, "[mi_i]", 48, 64, "km"), "a range"),
    ("A loan of 110 million euros ($121 million) is due.", (11e7, 11e7, "[EUR]", 121e6, 121e6, "[USD]"), "money"),
    ("It fell by 2 degrees Celsius (3.6 degrees Fahrenheit).", (2, 2, "Cel", 3.6, 3.6, "[degF]"), "a difference"),
    ("It is 20C (68F) there.", (20, 20, "Cel", 68, 68, "[degF]"), "a temperature"),
    ("The wall is 5 metres, or 16 feet, high.", (5, 5, "m", 16, 16, "[ft_i]"), "in words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CONVERSIONS, ids=[case[0] for case in CONVERSIONS])
def test_a_conversion_belongs_to_the_quantity_that_it_converts(text: str, expected: tuple[Any, ...], why: str) -> None:
    names = ("value_low", "value_high", "unit", "also_low", "also_high", "also_unit")
    assert [tuple(row[name] for name in names) for row in rows(text)] == [expected], why


APART = [
    ("It is 10 km (3 miles of it paved).", "what follows in the brackets is another thing"),
    ("It is 10 km (40 miles by road).", "another distance"),
    ("He gave $5 (and $10 to her).", "another sum of the same money"),
]


@pytest.mark.parametrize(("text", "why"), APART, ids=[case[0] for case in APART])
def test_brackets_may_hold_another_quantity(text: str, why: str) -> None:
    assert len(rows(text)) == 2, why


BOUNDS = [
    ("at least", 10, None, False),
    ("more than", 10, None, False),
    ("just over", 10, None, False),
    ("up to", None, 10, False),
    ("fewer than", None, 10, False),
    ("no more than", None, 10, False),
    ("about", 10, 10, True),
    ("some", 10, 10, True),
    ("nearly", 10, 10, True),
    ("at least about", 10, None, True),
]


@pytest.mark.parametrize(("words", "low", "high", "approximate"), BOUNDS, ids=[case[0] for case in BOUNDS])
def test_words_before_a_number_bound_it(words: str, low: float | None, high: float | None, approximate: bool) -> None:
    (row,) = rows(f"They sold {words} 10 boats.")
    assert (row["value_low"], row["value_high"], row["approximate"]) == (low, high, approximate)


def test_over_a_time_says_when_not_how_much():
    assert [row["value_high"] for row in rows("They built it over two years.")] == [2]
    assert [row["value_high"] for row in rows("It lasted over two years.")] == [None]


CHANGES = [
    ("Sales rose 5 percent.", "up"),
    ("Sales fell by 5 percent.", "down"),
    ("They cut its budget by 3 million euros.", "down"),
    ("It was a 5 percent increase.", "up"),
    ("Sales rose to 5 percent.", None),
    ("Joblessness fell below 5 percent.", None),
    ("They lost by 5 points.", None),
    ("The party raised $5 million.", None),
]


@pytest.mark.parametrize(("text", "change"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_change_is_by_this_much_not_to_it(text: str, change: str | None) -> None:
    assert [row["change"] for row in rows(text)] == [change]


THINGS = [
    ("After 18 months of war they met.", "war"),
    ("A $48 million road contract was signed.", "road contract"),
    ("Some 64 percent of likely female voters agreed.", "likely female voters"),
    ("The 40-metre crane lifts containers.", "crane"),
    ("She gave $5 million last month.", None),
    ("Hundreds of small, quiet towns emptied.", "small, quiet towns"),
]


@pytest.mark.parametrize(("text", "thing"), THINGS, ids=[case[0] for case in THINGS])
def test_what_is_measured_is_named(text: str, thing: str | None) -> None:
    assert rows(text)[0]["object"] == thing


NONE = [
    ("They met on Sept. 13, 2019, and on 4 March.", "dates"),
    ("In 1984 rain fell.", "a year"),
    ("The war of 1950-53 ended.", "a span of years"),
    ("It began at 7 p.m. and ended at 11.30 p.m.", "clock times"),
    ("Route 66 and Highway 9 are closed.", "roads"),
    ("The Boeing 737 MAX is parked.", "a model"),
    ("Resolution 1718 was adopted.", "a text's number"),
    ("She watches the Kanal 1 TV network.", "a channel"),
    ("The Progress-3 and the Vega-C flew.", "names with a hyphen"),
    ("Write to 10 High Street.", "an address"),
    ("No one knows which one of them it was.", "pronouns"),
    ("They spoke one-on-one.", "a pair"),
    ("First, he ate; second, he slept.", "adverbs"),
    ("The First Lady and the Third Army came.", "names"),
    ("The first half was slow.", "a period of a game"),
    ("At one point he left.", "an idiom"),
    ("1. Wash the rice.", "a list's number"),
    ("See https://example.org/2/story-44 for more.", "an address of the web"),
    ("The short-range missile is new.", "no number at all"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[case[0] for case in NONE])
def test_what_is_no_quantity_is_left_out(text: str, why: str) -> None:
    assert [short(row) for row in rows(text)] == [], why


def test_facts_are_looked_for_in_factual_blocks_only():
    text = "Two boats sank."
    assert quantities([document(text, kind="related")]).height == 0
    assert quantities([document(text, kind="caption")])["block_kind"].to_list() == ["caption"]


def test_spans_open_in_the_raw_text():
    text = "They crossed 5&nbsp;km of ice, some 3<b> miles</b>."
    edits = (
        Edit(text.index("&"), text.index(";") + 1, "\xa0", "entity", "r"),
        Edit(text.index("<b>"), text.index("<b>") + 3, "", "markup", "r"),
        Edit(text.index("</b>"), text.index("</b>") + 4, "", "markup", "r"),
    )
    made = document(text, edits)
    frame = quantities([made])
    assert [row["text"] for row in frame.to_dicts()] == ["5\xa0km", "3 miles"]
    for row in frame.to_dicts():
        assert made.text.repaired(row["span_start"], row["span_end"]) == row["text"]
        assert row["fact_id"] == f"quantity:{made.capture_id[:16]}:{row['span_start']}-{row['span_end']}"


WORDS = [
    "two", "5", "1,000", "$", "€", "km", "percent", "million", "to", "-", "and", "between", "of", "the", "missiles", "first",
    "half", "a", "in", "ten", "old", "year", "years", ",", ".", "(", ")", "\n", "Sept.", "Ann", "1984", "at least", "by", "rose",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=80))
def test_the_contract_holds_whatever_the_text(text: str) -> None:
    frame = quantities([document(text)] if text else [])
    Quantities.validate(frame, cast=False)
    spans = frame.select("span_start", "span_end").rows()
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "quantities do not overlap"
    assert all(text[start:end] == words for (start, end), words in zip(spans, frame["text"], strict=True))
    both = frame.drop_nulls(["value_low", "value_high"])
    assert (both["value_low"] <= both["value_high"]).all()


HOSTILE = {
    "digits": "9" * 10**6,
    "commas": "1," * 10**5,
    "dashes": "3-" * 10**5,
    "number words": "twenty-" * 10**4,
    "spaces": "5" + " " * 10**5 + "km",
    "letters": "5 " + "a" * 10**6,
    "bounds": "up to " * 10**5 + "5",
    "initials": "5 " + "U." * 10**5,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_no_time(name: str) -> None:
    began = time.process_time()
    quantities([document(HOSTILE[name])])
    assert not TIMED or time.process_time() - began < 3


def test_units_are_a_table_of_their_own():
    frame = units()
    Units.validate(frame, cast=False)
    by_name = {row["name"]: row for row in frame.to_dicts()}
    assert by_name["mile"]["factor"] == 1609.344
    fahrenheit = by_name["fahrenheit"]
    assert round(212 * fahrenheit["factor"] + fahrenheit["to_add"], 6) == 100


def test_every_written_form_belongs_to_one_unit_of_each_kind():
    seen: dict[str, str] = {}
    for row in units().to_dicts():
        for word in row["words"]:
            assert seen.setdefault(word, row["name"]) == row["name"], f"{word} names two units"


LATER = [
    ("It hit 24 home runs for 19 wins.", ["home runs", "wins"], "behind a number, a word in -s is a noun"),
    ("They sank two short-range\nsubmarine hunters.", ["short-range submarine hunters"], "a wrapped line goes on"),
    ("They waited for the 3pm bus with 12 of\n\nMonday", [None], "a new paragraph does not"),
]


@pytest.mark.parametrize(("text", "things", "why"), LATER, ids=[case[0] for case in LATER])
def test_what_is_counted_ends_where_it_should(text: str, things: list[str | None], why: str) -> None:
    assert [row["object"] for row in rows(text)] == things, why


ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("NEWSLEDGER_BENCH", ROOT.parent / "shared" / "bench"))


@pytest.mark.skipif(not BENCH.is_dir(), reason="the labelled data are not here; name their folder in $NEWSLEDGER_BENCH")
def test_labelled_values_hold_their_floor() -> None:
    """A floor below what docs/benchmarks.md reports: the share of labelled values that are read, units aside."""
    adapter = runpy.run_path(str(ROOT / "bench" / "adapters_quantities.py"))
    right = labelled = read_in_all = 0
    for folder in sorted((BENCH / "quantities").iterdir()):
        gold: dict[str, list[Any]] = {}
        for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
            entry = json.loads(line)
            gold.setdefault(entry["doc"], []).append(entry["value"])
        for line in (folder / "docs.jsonl").read_text("utf-8").splitlines():
            doc = json.loads(line)
            values = [entry["value"] for entry in adapter["predicted"](doc["text"])]
            read_in_all += len(values)
            labelled += len(gold.get(doc["id"], ()))
            for wanted in gold.get(doc["id"], ()):
                if wanted in values:
                    values.remove(wanted)
                    right += 1
    assert 2 * right / (labelled + read_in_all) >= 0.94
