"""The day of publication: what dates an article, what does not, and what stays open."""

from __future__ import annotations

import datetime as dt

import pytest
from pages import document

from pipelines.normalise.date_inference import newest_year, year_by_weekday
from pipelines.normalise.dates import published

BODY = "body: The harbour of the town was opened again by the mayor on a cold morning, two years after the storm.\nbody: Ships that had waited at sea came in one by one, and the people on the pier counted them all day."


def on(page: str, **fields: object) -> str | None:
    found = published(document(page, **fields)).on
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("head", "expected", "why"),
    [
        ("metadata: 5 March 2021", "2021-03-05", "a date by itself between headline and text"),
        ("byline: By Ada Moss 5 March 2021", "2021-03-05", "a date in the byline"),
        ("metadata: Updated 8 March 2021\nmetadata: Published 5 March 2021", "2021-03-05", "first publication before change"),
        ("metadata: Published\nmetadata: 5 March 2021", "2021-03-05", "the label on the line above"),
        ("metadata: Updated 8 March 2021", "2021-03-08", "a change is the next best thing that is stated"),
        ("interface: Share\nrelated: Ada Moss | March 5, 2021 5:30 PM", "2021-03-05", "over the text a date counts, whatever a cleaner saw"),
        ("crosshead: Published: 12:40 GMT, 5 March 2021 | Updated: 14:44 GMT, 6 March 2021", "2021-03-05", "labels speak for themselves"),
        ("metadata: 3/4/2021 9:00 PM ET", "2021-03-04", "North American clocks go with the month first"),
        ("deck: It had been closed since the storm of the winter before last. Ada Moss - Mar 5, 2021 1:00 pm UTC", "2021-03-05", "a header glued to the deck"),
        ("body: By Ada Moss 5 March 2021 The harbour was opened again by the mayor on a cold morning, after two years.", "2021-03-05", "a header glued to the text"),
        ("body: On March 5, 2021, Ada Moss and the mayor of the town opened the harbour again, two years after the storm.", None, "a day that the text tells of"),
        ("body: In a letter dated Feb. 12, 2012 — nine years before the storm — the mayor had asked for a higher wall.", None, "no place is called so"),
        ("body: On March 5, 2021, the mayor said:", None, "a short sentence is no header"),
        ("metadata: 03/04/2021", None, "March or April: nothing tells"),
        ("metadata: March 2021", None, "a month is no day"),
        ("metadata: DATE: 2021-06-20 01:02:03", None, "a machine's stamp is when the page was fetched"),
        ("metadata: Crawled: 20 June 2021", None, "said to be the day of capture"),
        ("metadata: 2021-03-05 01:02:03", "2021-03-05", "a time to the second alone is the outlet's own"),
        ("metadata: 2021-06-20 01:02:03\nmetadata: 5 March 2021", "2021-03-05", "months behind the other date it is a capture's"),
        ("metadata: 5 March 2031", None, "later than the day on which it reached us"),
        ("caption: FILE - Boats wait on Friday, March 5, 2021.", None, "an archive picture"),
    ],
)  # fmt: skip
def test_the_head_of_an_article_dates_it(head: str, expected: str | None, why: str) -> None:
    assert on(f"headline: Harbour opens after two years\n{head}\n{BODY}") == expected, why


def test_figures_are_read_as_the_page_writes_its_other_dates() -> None:
    page = f"headline: Harbour opens\nmetadata: 04/03/2021\n{BODY}"
    assert on(page) is None
    assert on(f"{page}\nrelated: Old news 25/02/2021") == "2021-03-04"


def test_a_machines_stamp_that_a_cleaner_cut_in_two_is_one() -> None:
    assert on(f"metadata: DATE: 2021-06-20\nsection: 01:02:03\n{BODY}", glue=" ") is None


def test_what_was_declared_comes_first_then_the_address() -> None:
    page = f"headline: Harbour opens\nmetadata: 9 March 2021\n{BODY}"
    declared = published(
        document(page, metadata={"date": "Fri, 5 Mar 2021 10:00:00 GMT"}, url="https://a.example/2021/03/06/b")
    )
    assert (declared.on, declared.at, declared.method) == (dt.date(2021, 3, 5), "2021-03-05T10:00:00+00:00", "declared")
    hosted = published(document(page, url="https://a.example/2021/mar/06/b"))
    assert (hosted.on, hosted.method) == (dt.date(2021, 3, 6), "url")


@pytest.mark.parametrize("value", [1614938400, 1614938400000, "2021-03-05", "5. März 2021"])
def test_declared_dates_come_in_many_forms(value: object) -> None:
    assert on(f"headline: Harbour opens\n{BODY}", metadata={"date": value}) == "2021-03-05"


def test_a_dateline_without_a_year_stays_open() -> None:
    found = published(
        document("body: Sep 15 – The harbour of the town was opened again by the mayor on a cold morning.")
    )
    assert (found.on, found.method, found.confidence) == (None, "unknown", None)
    assert [(one.role, one.value, one.rule) for one in found.candidates] == [("published", "XXXX-09-15", "dateline")]


def test_a_complete_date_beside_it_gives_a_dateline_its_year() -> None:
    page = "body: HARBOUR TOWN, Mar 5 (Press) - The harbour was opened again by the mayor on a cold morning.\ncaption: Boats wait on March 4, 2021."
    assert on(page) == "2021-03-05"


def test_a_page_header_never_publishes_by_itself_but_its_weekday_gives_its_year() -> None:
    found = published(
        document(f"metadata: Wednesday, October 4\nheadline: Harbour opens\n{BODY} The last storm came in 2019.")
    )
    assert found.on is None
    assert [(one.role, one.value) for one in found.candidates] == [("page_header", "2023-10-04")]


def test_the_day_over_the_menu_is_the_pages_wherever_it_is_repeated() -> None:
    menu = "\n".join(f"interface: Part {number}" for number in range(6))
    page = f"metadata: Sunday, March 7, 2021\n{menu}\nheadline: Harbour opens\nmetadata: Sunday, March 7, 2021\nmetadata: PUBLISHED: March 5, 2021\n{BODY}"
    assert on(page) == "2021-03-05"


def test_a_caption_and_the_weekday_of_the_text_date_an_article() -> None:
    caption = "caption: Boats wait at the harbour on Friday, March 5, 2021."
    event = published(
        document(
            f"{caption}\nbody: The harbour was opened again on Friday by the mayor of the town, who waved to the ships."
        )
    )
    assert (event.on, event.method) == (dt.date(2021, 3, 5), "caption_event")
    assert (
        on(f"{caption}\nbody: The harbour was opened again on Monday by the mayor of the town, who waved to the ships.")
        is None
    )


def test_links_set_into_the_text_date_its_weekday() -> None:
    text = "body: The harbour was opened again on Wednesday by the mayor of the town, who waved to the ships.\n"
    link = "related: Storm closes the harbour 2021-03-04 10:11\n"
    inside = published(document(text + link + BODY))
    assert (inside.on, inside.method) == (dt.date(2021, 3, 3), "weekday_anchor")
    assert on(text + BODY + "\n" + link) is None, "a list below the text shows the news of the day of capture"


def test_a_bare_day_below_the_text_dates_a_correction() -> None:
    assert on(f"headline: Harbour opens\n{BODY}\nbody: Friday, March 5, 2021") is None


def test_an_age_counts_back_from_the_declared_capture() -> None:
    page = f"headline: Harbour opens\nmetadata: 2 days ago\n{BODY}"
    assert on(page, captured_at=dt.datetime(2021, 3, 7, 12)) == "2021-03-05"
    assert on(page) is None


def test_the_time_of_capture_is_read_where_none_is_declared() -> None:
    page = f"headline: Harbour opens     DATE: 2021-06-20 01:02:03\n{BODY}"
    assert published(document(page)).captured_at == dt.datetime(2021, 6, 20, 1, 2, 3)
    declared = dt.datetime(2021, 6, 21)
    assert published(document(page, captured_at=declared)).captured_at == declared


def test_candidates_come_strongest_first() -> None:
    page = f"headline: Harbour opens\nmetadata: Published 5 March 2021\nmetadata: Updated 6 March 2021\n{BODY}\nrelated: Old news 1 March 2021"
    found = published(document(page)).candidates
    assert [(one.role, one.value) for one in found] == [
        ("published", "2021-03-05"),
        ("modified", "2021-03-06"),
        ("related", "2021-03-01"),
    ]
    assert [one.confidence for one in found] == sorted((one.confidence for one in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed in 2019 and in 2017.", 2019),
        ("A plan for growth by 2024 was made in 2018.", 2018),
        ("Before the 2024 election nobody remembered 2016.", 2016),
        ("It cost $2020, or 2,021 in all.", None),
    ],
)
def test_the_newest_year_is_one_that_the_text_looks_back_on(text: str, expected: int | None) -> None:
    assert newest_year(text, 2025) == expected


def test_two_fitting_years_are_none() -> None:
    assert year_by_weekday(10, 4, 3, 2018, dt.date(2025, 1, 1)) == 2023
    assert year_by_weekday(10, 4, 3, 2017, dt.date(2025, 1, 1)) is None
    assert year_by_weekday(2, 29, 4, 2020, dt.date(2025, 1, 1)) == 2024


@pytest.mark.parametrize(
    ("line", "expected", "why"),
    [
        ("Updated March 5, 2021 — 10.40pm first published at 6.00pm", "2021-03-05T18:00", "the hour of publication, on the day of the update"),
        ("Updated March 6, 2021 — 12.41am first published at 6.00pm", "2021-03-05T18:00", "an hour later than the update's is the day before's"),
        ("First published at 9:04am GMT, last updated 5 March 2021 11:00 GMT", "2021-03-05T09:04+00:00", "the other way about"),
        ("Published 9:04, 5 March 2021 | Updated 11:00, 6 March 2021", "2021-03-05T09:04", "both whole"),
        ("Updated March 5, 2021 10.40pm", None, "the time of an update is none of publication"),
    ],
)  # fmt: skip
def test_a_publication_beside_an_update_wins(line: str, expected: str | None, why: str) -> None:
    made = document(f"headline: Harbour opens\nmetadata: {line}\n{BODY}")
    found = published(made)
    assert found.at == expected, why
    assert found.on == dt.date(2021, 3, 5)
    assert all(made.clean[one.start : one.end] == one.text for one in found.candidates if one.start is not None)
    assert "modified" in {one.role for one in found.candidates}, "the update stays a candidate, as what it is"


def test_the_day_in_a_press_releases_dateline_dates_it() -> None:
    found = published(document(f"headline: Harbour opens\ndateline: ROME – (EXAMPLE WIRE) – March 5, 2021 –\n{BODY}"))
    assert (found.on, found.method) == (dt.date(2021, 3, 5), "dateline")
