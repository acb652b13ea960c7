"""The sample captures against their hand-made labels: what must be all right, and floors under what is not yet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gold import floors
from gold import labels as gold

from pipelines.extract.kinds import KINDS

LABELS = floors.labels()
HELD: dict[str, Any] = json.loads(floors.FLOORS.read_text("utf-8"))


@pytest.fixture(scope="module")
def outcome() -> gold.Outcome:
    return gold.run(floors.captures()[1])


@pytest.fixture(scope="module")
def measured(outcome: gold.Outcome) -> floors.Measured:
    return floors.measure(outcome)


def test_every_capture_has_labels_and_every_label_a_capture() -> None:
    unlabelled, captures = floors.captures()
    assert not unlabelled, floors.UNLABELLED
    assert sorted(floors.stem(uri) for uri in captures["uri"]) == sorted(LABELS), "labels without a capture"


def test_every_kind_of_fact_is_labelled_in_some_capture() -> None:
    for kind in KINDS:
        assert any(label.get(kind) for label in LABELS.values()), (
            f"label the {kind} of a capture in tests/gold/captures, then make gold (docs/adding.md)"
        )


def test_labelled_blocks_cover_every_character_once() -> None:
    _, captures = floors.captures()
    for uri, text in captures.select("uri", "text").iter_rows():
        label = LABELS[floors.stem(uri)]
        if "blocks" in label:
            assert gold.is_tiled(text, label["blocks"]) is None, uri


def test_labels_lie_inside_the_text_that_they_label() -> None:
    _, captures = floors.captures()
    for uri, text in captures.select("uri", "text").iter_rows():
        label = LABELS[floors.stem(uri)]
        for start, end, _ in label.get("edits", ()):
            assert 0 <= start < end <= len(text), uri
        factual = [(start, end) for kind, start, end in label.get("blocks", ()) if kind in ("body", "deck", "caption")]
        for fact in [*label.get("quotes", ()), *label.get("quantities", ())]:
            assert any(start <= fact["start"] < fact["end"] <= end for start, end in factual), (uri, fact)


def test_the_captures_hold_every_kind_of_dirt_that_we_know() -> None:
    """A cleaner that is only shown clean text proves nothing."""
    _, captures = floors.captures()
    kinds = {kind for label in LABELS.values() for kind, _, _ in label.get("blocks", ())}
    missing = {"unknown", "comment"}  # what nobody would write on purpose, and what we have no sample of yet
    assert kinds >= set(gold.BLOCK_KINDS) - missing
    assert {"utf-8", "cp1252"} <= set(captures["encoding"])
    assert any(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in floors.CAPTURES.iterdir())
    assert any(label["outlet_id"] is None for label in LABELS.values())
    assert any(label["published_on"] == [None] for label in LABELS.values())


@pytest.mark.parametrize("name", sorted(LABELS))
def test_fields_are_right(measured: floors.Measured, name: str) -> None:
    """Dates, outlet, agencies, names, headline and edits: each right, but for the misses that floors.json explains."""
    known = {(miss["capture"], miss["field"]) for miss in HELD["known_misses"]}
    wrong = {key: value for key, value in measured.misses.items() if key[0] == name}
    new = {key: value for key, value in wrong.items() if key not in known}
    assert not new, "\n".join(f"{what}: wanted {value[0]!r}, found {value[1]!r}" for (_, what), value in new.items())
    mended = sorted(what for capture, what in known if capture == name and (name, what) not in wrong)
    assert not mended, f"these are right by now: take them out of the known misses in {floors.FLOORS.name}: {mended}"


@pytest.mark.parametrize(
    "rate", sorted({"block_characters", "body_characters", "quotes", "quantities", *HELD["floors"]})
)
def test_rates_hold_their_floors(measured: floors.Measured, rate: str) -> None:
    told = "\n".join(measured.differences)
    assert measured.rates[rate] >= HELD["floors"][rate], f"{rate} {measured.rates[rate]:.4f}\n{told}"


def test_floors_were_measured_on_these_captures_and_labels() -> None:
    assert HELD["measured_on"] == floors.corpus_digest(), "run make gold to measure again"


def test_an_outlet_is_never_invented(outcome: gold.Outcome) -> None:
    for capture_id, uri in outcome.captures.select("capture_id", "uri").iter_rows():
        if LABELS[floors.stem(uri)]["outlet_id"] is None:
            assert outcome.article(capture_id)["outlet_id"] is None, uri


def test_what_cannot_be_read_is_a_row_with_a_reason_and_the_rest_goes_on() -> None:
    captures, rejects = gold.read(gold.HERE / "broken")
    assert captures["text"].to_list() == ["The ferry sails again on Monday, its owner said."]
    reasons = sorted((floors.stem(reject["uri"]).partition("-")[0], reject["reason"]) for reject in rejects.to_dicts())
    assert reasons == [("cut", "broken_record"), ("picture", "binary")]
