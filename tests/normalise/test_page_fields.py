"""What an HTML page declares: which of its dates, names and addresses are believed."""

from __future__ import annotations

import datetime as dt

import pytest
from pages import document

from pipelines.normalise.bylines import authors
from pipelines.normalise.dates import published
from pipelines.normalise.outlets import outlet

BODY = "\nbody: The harbour of the town was opened again by the mayor on a cold morning, two years after the storm."


def declaring(**fields: list[list[str]]) -> dict[str, object]:
    return {"page": {"declared": fields}}


DAYS = [
    ("the JSON-LD is believed", "2021-03-05T10:00:00+01:00", "5 March 2021", "2021-03-05"),
    (
        "a UTC evening that is the next day where the outlet is",
        "2021-03-05T22:03:00Z",
        "6 March 2021 - 9:03AM",
        "2021-03-06",
    ),
    (
        "a UTC night that is the day before where the outlet is",
        "2021-03-06T00:46:00+00:00",
        "5 March 2021",
        "2021-03-05",
    ),
    ("another moment than the one that is declared", "2021-03-05T16:22:00Z", "6 March 2021 05:39", "2021-03-05"),
    ("further away than clocks are from each other", "2021-03-05T02:00:00Z", "6 March 2021 18:00", "2021-03-05"),
    ("a moment with the outlet's own offset", "2021-03-05T22:03:00+01:00", "6 March 2021", "2021-03-05"),
]


@pytest.mark.parametrize(("declared", "printed", "day"), [case[1:] for case in DAYS], ids=[case[0] for case in DAYS])
def test_outlets_count_days_where_they_are(declared: str, printed: str, day: str) -> None:
    made = document(
        f"headline: Harbour opens\nmetadata: {printed}" + BODY, metadata=declaring(published=[["json_ld", declared]])
    )
    assert published(made).on == dt.date.fromisoformat(day)


def test_a_change_dates_an_article_only_where_nothing_else_does() -> None:
    changed = declaring(modified=[["json_ld", "2021-03-07"]])
    assert published(document("headline: Harbour opens" + BODY, metadata=changed)).on == dt.date(2021, 3, 7)
    printed = document("headline: Harbour opens\nmetadata: 5 March 2021" + BODY, metadata=changed)
    assert published(printed).on == dt.date(2021, 3, 5)


def test_of_the_time_elements_the_first_counts() -> None:
    times = declaring(time=[["time", "2021-03-05T10:00"], ["time", "2021-03-09"]])
    found = published(document("headline: Harbour opens" + BODY, metadata=times))
    assert [one.value for one in found.candidates] == ["2021-03-05"]


AUTHORS = [
    ("the surest source that names people", [["json_ld", "Ada Moss"], ["meta", "Ada Moss, Bo Finn"]], ["Ada Moss"]),
    ("an address or a short name is none", [["og", "https://coast.example/by/ada-moss"], ["meta", "amoss"], ["rel_author", "Ada Moss"]], ["Ada Moss"]),
    ("an outlet behind a bar", [["json_ld", "Ada Moss | The Coast Mail"]], ["Ada Moss"]),
    ("a newsroom is no person: the byline is asked", [["json_ld", "Coast Mail staff"]], ["Bo Finn"]),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "names"), [case[1:] for case in AUTHORS], ids=[case[0] for case in AUTHORS])
def test_authors_that_a_page_declares(stated: list[list[str]], names: list[str]) -> None:
    made = document("headline: Harbour opens\nbyline: By Bo Finn" + BODY, metadata=declaring(author=stated))
    assert authors(made) == names


OUTLETS = [
    ("a registered name", {"outlet": [["og", "The Guardian"]], "url": [["canonical", "https://www.bbc.com/a"]]}, "guardian"),
    ("an address before a name that nobody knows", {"outlet": [["og", "Coast"]], "url": [["canonical", "https://www.coast.example/a"]]}, "host:coast.example"),
    ("a name where there is no address", {"outlet": [["og", "Harbour Gazette"]]}, "Harbour Gazette"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "outlet_id"), [case[1:] for case in OUTLETS], ids=[case[0] for case in OUTLETS])
def test_outlets_that_a_page_names_as_its_own(fields: dict[str, list[list[str]]], outlet_id: str) -> None:
    found = outlet(document("body: The port opened.", metadata=declaring(**fields)))
    assert found is not None
    assert found.outlet_id == outlet_id


@pytest.mark.parametrize("page", [None, 7, {}, {"declared": []}, {"declared": {"published": [["json_ld"], 3, [1, 2]]}}])
def test_a_record_may_have_a_field_named_page(page: object) -> None:
    assert published(document("headline: Harbour opens" + BODY, metadata={"page": page})).on is None
