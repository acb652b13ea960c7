"""The blind labels of bench/gold are well formed: no text in them, no document twice, evidence for every label."""

from __future__ import annotations

import pytest

from bench import score_outlets

ROWS = score_outlets.read(score_outlets.GOLD / "gold.jsonl")
WIRES = score_outlets.read(score_outlets.GOLD / "wires.jsonl")


def test_each_document_is_labelled_once_and_from_a_known_set() -> None:
    assert len({row["id"] for row in ROWS + WIRES}) == len(ROWS + WIRES)
    assert {row["set"] for row in ROWS + WIRES} == set(score_outlets.SETS)


def test_every_label_has_its_evidence_and_no_label_is_a_sentence() -> None:
    for row in ROWS + WIRES:
        labels = [*row["agencies"], *(["outlet"] if row.get("outlet") else [])]
        assert sorted(row["evidence"]) == sorted(labels), row["id"]
        assert all(0 <= start < end for start, end in row["evidence"].values()), row["id"]
        assert all(len(name.split()) <= 6 for name in [*labels, *row.get("outlet_alternatives", ())])
        assert all(len(name.split()) <= 6 for name in row["agencies_photo"] + row["agencies_cited"])


GOLD = {"outlet": "The Rill Post", "outlet_alternatives": ["rillpost"], "outlet_hosts": ["rill.example"]}


@pytest.mark.parametrize(
    ("said", "right", "by_name"),
    [
        ("Rill Post", True, True),  # a leading "the" does not count
        ("RillPost", True, True),  # nor do case and spaces
        ("host:rill.example", True, False),  # the address is an answer, but no name
        ("rill.example", True, False),
        ("The Hill Post", False, False),
        (None, False, False),
    ],
)
def test_what_counts_as_the_right_outlet(said: str | None, right: bool, by_name: bool) -> None:
    assert score_outlets.outlet_right(GOLD, said, hosts=True) is right
    assert score_outlets.outlet_right(GOLD, said, hosts=False) is by_name


def test_where_the_text_does_not_tell_silence_is_right_and_so_is_what_a_reader_infers() -> None:
    gold = {"outlet": None, "outlet_alternatives": ["Rill Post"], "outlet_hosts": []}
    assert score_outlets.outlet_right(gold, None, hosts=True)
    assert score_outlets.outlet_right(gold, "Rill Post", hosts=True)
    assert not score_outlets.outlet_right(gold, "Hill Post", hosts=True)


def test_an_agency_is_one_agency_under_all_its_names() -> None:
    assert score_outlets.agency_keys(["AP", "The Associated Press"]) == {"associatedpress"}


def test_an_agency_that_may_be_named_counts_neither_way() -> None:
    gold = [{"id": "a", "agencies": ["Reuters"], "agencies_optional": ["The Canadian Press"]}]
    named = {"a": {"agencies": ["Reuters", "Canadian Press"]}}
    wrong = {"a": {"agencies": ["Reuters", "AFP"]}}
    assert score_outlets.agencies(gold, named, "all").endswith("f1=1.000\texact=1.000")
    assert score_outlets.agencies(gold, wrong, "all").endswith("p=0.500\tr=1.000\tf1=0.667\texact=0.000")
