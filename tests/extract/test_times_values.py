"""Time expressions in sentences like those of news: words, type and value. Published on Friday 15 September 2023."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.extract.times import read

FRIDAY = dt.date(2023, 9, 15)


def short(text: str, published: dt.date | None = FRIDAY) -> list[tuple[str, str, str]]:
    """Words, type and value: what most cases are about."""
    return [(text[found.start : found.end], found.timex_type, found.value) for found in read(text, published)]


DATES = [
    ("The mill closed on September 13, 2011.", "September 13, 2011", "2011-09-13", "American order"),
    ("The mill closed on 13 September 2011.", "13 September 2011", "2011-09-13", "British order"),
    ("The mill closed on Sept. 13.", "Sept. 13", "2023-09-13", "the year is that of the publication"),
    ("The mill closed on Sept 13th.", "Sept 13th", "2023-09-13", "an ordinal, no stop"),
    ("The mill closed on Dec. 3.", "Dec. 3", "2022-12-03", "told as past: the last December"),
    ("The mill will close on Dec. 3.", "Dec. 3", "2023-12-03", "told as future: the next"),
    ("The mill will close on Feb. 3.", "Feb. 3", "2024-02-03", "told as future, over the turn of the year"),
    ("The trial is scheduled for March 4.", "March 4", "2024-03-04", "scheduled looks ahead"),
    ("They met on the 2nd of April.", "the 2nd of April", "2023-04-02", "the ordinal's article is its own"),
    ("It sank on Tuesday, Sept. 12.", "Tuesday, Sept. 12", "2023-09-12", "a weekday beside its date is one expression"),
    ("It sank on Monday, Sept. 12.", "Monday, Sept. 12", "2022-09-12", "the weekday tells the year"),
    ("It opened in June 2009.", "June 2009", "2009-06", "month and year"),
    ("It opened in June of 2009.", "June of 2009", "2009-06", "month of year"),
    ("It opened in June of last year.", "June of last year", "2022-06", "of a year that the text points to"),
    ("It opened in August.", "August", "2023-08", "the last August"),
    ("It opened in November.", "November", "2022-11", "told as past"),
    ("The November election is near.", "November", "2023-11", "a month without a year is most often of this one"),
    ("He won, and Ms. Ortega takes the mill over in October.", "October", "2023-10", "a verb far off does not tell"),
    ("It will open in November.", "November", "2023-11", "told as future"),
    ("It will open in March.", "March", "2024-03", "March, the month"),
    ("By late August the well was dry.", "late August", "2023-08", "early and late belong to it"),
    ("By mid-August the well was dry.", "mid-August", "2023-08", "mid with its dash"),
    ("At the end of August it rained.", "the end of August", "2023-08", "the end of"),
    ("It rained last October.", "last October", "2022-10", "the October before this"),
    ("They vote next May.", "next May", "2024-05", "May, the month"),
    ("The May 2015 vote was close.", "May 2015", "2015-05", "the article is the vote's"),
    ("It was found in 1987.", "1987", "1987", "a year"),
    ("The 2012 race was close.", "2012", "2012", "a year before its noun"),
    ("It burned in 1666.", "1666", "1666", "an old year behind a preposition"),
    ("The war (1998-2004) is over.", "1998", "1998", "the first end of a range"),
    ("Sales fell in early 2015.", "early 2015", "2015", "early is a modifier"),
    ("Sales rose by the end of 2015.", "the end of 2015", "2015", "the end of a year"),
    ("It was built in the 1990s.", "the 1990s", "199", "a decade"),
    ("It was built in the late 1990s.", "the late 1990s", "199", "late in a decade"),
    ("A 1950s mill burned.", "1950s", "195", "the article is the mill's"),
    ("He sang in the '60s.", "the '60s", "196", "a decade of two figures"),
    ("He sang in the early nineteen seventies.", "the early nineteen seventies", "197", "all in words"),
    ("He sang in the nineties.", "the nineties", "199", "a decade in words"),
    ("It dates from the 19th century.", "the 19th century", "18", "a century by its first figures"),
    ("It is a twelfth-century hall.", "twelfth-century", "11", "a century before a noun"),
    ("Profit rose in the third quarter.", "the third quarter", "2023-Q3", "a quarter"),
    ("Profit rose in the fourth quarter.", "the fourth quarter", "2022-Q4", "told as past: the one before"),
    ("Profit rose in the second quarter of 2015.", "the second quarter of 2015", "2015-Q2", "a quarter of a year"),
    ("It fell in the first half of 2015.", "the first half of 2015", "2015-H1", "half a year"),
    ("The plan for fiscal 2014 passed.", "fiscal 2014", "FY2014", "a fiscal year"),
    ("The plan for fiscal year 2014 passed.", "fiscal year 2014", "FY2014", "in full"),
    ("He won in the 2009-10 season.", "2009-10", "2009/2010", "a season over two years is one"),
    ("It opened this summer.", "this summer", "2023-SU", "a season of this year"),
    ("It opened last winter.", "last winter", "2022-WI", "a winter has the year in which it begins"),
    ("They met in the fall of 2015.", "the fall of 2015", "2015-FA", "fall, the season"),
    ("They met in spring 2015.", "spring 2015", "2015-SP", "spring, the season"),
    ("They left on Wednesday.", "Wednesday", "2023-09-13", "the last one"),
    ("They left on Friday.", "Friday", "2023-09-15", "the day of publication itself"),
    ("They will leave on Wednesday.", "Wednesday", "2023-09-20", "the next one"),
    ("The court will rule Tuesday, he said.", "Tuesday", "2023-09-19", "will counts, not said"),
    ("They are expected to meet Monday.", "Monday", "2023-09-18", "expected looks ahead"),
    ("They would have met on Monday.", "Monday", "2023-09-11", "would have looks back"),
    ("They’ll leave Monday.", "Monday", "2023-09-18", "a contraction tells of the future"),
    ("Farmers have until Tuesday.", "Tuesday", "2023-09-19", "until looks ahead where no verb tells"),
    ("They left last Friday.", "last Friday", "2023-09-08", "last is before today"),
    ("They leave next Friday.", "next Friday", "2023-09-22", "next is behind today"),
    ("They left early Wednesday.", "early Wednesday", "2023-09-13", "early belongs to it"),
    ("Following Monday's debate they left.", "Monday", "2023-09-11", "following is a preposition here"),
    ("They left Friday last week.", "Friday last week", "2023-09-08", "a weekday of a week"),
    ("They left in March last year.", "March last year", "2022-03", "a month of a year"),
    ("It burned this weekend.", "this weekend", "2023-W37-WE", "a Friday: the one that begins"),
    ("They left yesterday.", "yesterday", "2023-09-14", "the day before"),
    ("They meet today.", "today", "2023-09-15", "the day itself"),
    ("They meet tomorrow.", "tomorrow", "2023-09-16", "the day after"),
    ("Prices fell last week.", "last week", "2023-W36", "the ISO week before"),
    ("Prices fell last month.", "last month", "2023-08", "a month"),
    ("Prices fell last year.", "last year", "2022", "a year"),
    ("Prices may fall next year.", "next year", "2024", "a year ahead"),
    ("Prices rose early this year.", "early this year", "2023", "early this"),
    ("Prices rose earlier this month.", "earlier this month", "2023-09", "earlier this"),
    ("It closes at the end of the year.", "the end of the year", "2023", "the year is this one"),
    ("They met over the weekend.", "the weekend", "2023-W36-WE", "the last weekend"),
    ("They meet this weekend.", "this weekend", "2023-W37-WE", "the weekend of this week"),
    ("It dried up two years ago.", "two years ago", "2021", "at the grain of the unit"),
    ("It dried up three weeks ago.", "three weeks ago", "2023-W34", "a week"),
    ("It dried up 10 days ago.", "10 days ago", "2023-09-05", "a day"),
    ("It dried up about six months ago.", "about six months ago", "2023-03", "about belongs to it"),
    ("It dried up a decade ago.", "a decade ago", "201", "a decade"),
    ("It dried up years ago.", "years ago", "PAST_REF", "nothing says how many"),
    ("It dried up a couple of years ago.", "a couple of years ago", "PAST_REF", "too vague for a year"),
    ("They will meet in two weeks.", "two weeks", "2023-W39", "the future makes a date of it"),
    ("They now live there.", "now", "PRESENT_REF", "now"),
    ("It was recently sold.", "recently", "PAST_REF", "recently"),
    ("In the future it may close.", "the future", "FUTURE_REF", "the future"),
    ("The current owner left.", "current", "PRESENT_REF", "an adjective of time"),
    ("At this time nobody knows.", "this time", "PRESENT_REF", "now, in other words"),
    ("They sang on Christmas Eve.", "Christmas Eve", "2022-12-24", "a holiday told as past"),
    ("They will sing on Christmas Eve.", "Christmas Eve", "2023-12-24", "a holiday ahead"),
    ("They sang on Thanksgiving 2016.", "Thanksgiving 2016", "2016-11-24", "a holiday that moves"),
    ("They sang on Good Friday.", "Good Friday", "2023-04-07", "no weekday, a holiday"),
    ("The rules date from 9/11.", "9/11", "2001-09-11", "a date that stands for what happened"),
    ("After the Sept. 11 attacks it closed.", "Sept. 11", "2001-09-11", "the attacks tell the year"),
    ("It was filed 2021-03-04.", "2021-03-04", "2021-03-04", "ISO"),
    ("It was filed 25/12/2021.", "25/12/2021", "2021-12-25", "no month is 25"),
    ("It was filed 3/4/2021.", "3/4/2021", "2021-XX-XX", "day and month cannot be told apart"),
    ("In the '05 season he won.", "'05", "2005", "a year of two figures"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value", "why"), DATES, ids=[case[0] for case in DATES])
def test_a_date_is_read(text: str, words: str, value: str, why: str) -> None:
    assert (words, "DATE", value) in short(text), f"{why}: {short(text)}"


OTHERS = [
    ("They voted on Tuesday night.", "Tuesday night", "TIME", "2023-09-12TNI", "a part of a day"),
    ("They voted late Tuesday night.", "late Tuesday night", "TIME", "2023-09-12TNI", "late belongs to it"),
    ("They voted this morning.", "this morning", "TIME", "2023-09-15TMO", "today's"),
    ("They voted last night.", "last night", "TIME", "2023-09-14TNI", "yesterday's"),
    ("They vote tomorrow evening.", "tomorrow evening", "TIME", "2023-09-16TEV", "tomorrow's"),
    ("They vote tonight.", "tonight", "TIME", "2023-09-15TNI", "today's night"),
    ("They met on the morning of Sept. 13.", "the morning of Sept. 13", "TIME", "2023-09-13TMO", "of a day"),
    ("They work at night.", "night", "TIME", "XXXX-XX-XXTNI", "no night in particular"),
    ("They woke at 9 a.m. on Sunday.", "9 a.m. on Sunday", "TIME", "2023-09-10T09:00", "an hour and its day are one"),
    ("They woke on Sunday at 9 a.m. to rain.", "Sunday at 9 a.m.", "TIME", "2023-09-10T09:00", "in the other order too"),
    ("It begins at 8:30 p.m. ET Wednesday.", "8:30 p.m. ET Wednesday", "TIME", "2023-09-20T20:30", "the zone is in it"),
    ("Posted May 5 2010 15:14", "May 5 2010 15:14", "TIME", "2010-05-05T15:14", "a date is mark enough for the hour"),
    ("It begins at 9pm.", "9pm", "TIME", "2023-09-15T21:00", "on the day of publication"),
    ("It begins at 14:30 GMT.", "14:30 GMT", "TIME", "2023-09-15T14:30", "24 hours"),
    ("They woke at six o'clock in the evening.", "six o'clock in the evening", "TIME", "2023-09-15T18:00", "the evening tells"),
    ("The gates closed at noon.", "noon", "TIME", "2023-09-15T12:00", "noon"),
    ("The gates closed at midnight.", "midnight", "TIME", "2023-09-15T24:00", "midnight ends a day"),
    ("The gates closed around 10 a.m.", "around 10 a.m.", "TIME", "2023-09-15T10:00", "around belongs to it"),
    ("They met on Sept. 5. Hours later it rained.", "Hours later", "TIME", "2023-09-05TXX:XX", "hours make a time"),
    ("They spoke for four hours.", "four hours", "DURATION", "PT4H", "how long"),
    ("They spoke for 30 minutes.", "30 minutes", "DURATION", "PT30M", "minutes are behind a T"),
    ("They waited 18 months.", "18 months", "DURATION", "P18M", "months are not"),
    ("It was a four-hour meeting.", "four-hour", "DURATION", "PT4H", "the article is the meeting's"),
    ("They spoke for two and a half hours.", "two and a half hours", "DURATION", "PT2.5H", "and a half"),
    ("They spoke for an hour and a half.", "an hour and a half", "DURATION", "PT1.5H", "and a half behind"),
    ("They spoke for half an hour.", "half an hour", "DURATION", "PT30M", "half"),
    ("They spoke for more than two hours.", "more than two hours", "DURATION", "PT2H", "more than belongs to it"),
    ("It took at least three days.", "at least three days", "DURATION", "P3D", "at least belongs to it"),
    ("It took several weeks.", "several weeks", "DURATION", "PXW", "no number"),
    ("It took a few days.", "a few days", "DURATION", "PXD", "no number"),
    ("It took months.", "months", "DURATION", "PXM", "no number at all"),
    ("It took twenty-five years.", "twenty-five years", "DURATION", "P25Y", "a number of two words"),
    ("It was the first flood in two decades.", "two decades", "DURATION", "P2DE", "not ahead, though no past tells"),
    ("She won one four-year term.", "four-year", "DURATION", "P4Y", "two numbers beside each other"),
    ("He will be the fifth captain in four years.", "four years", "DURATION", "P4Y", "counted, so not ahead"),
    ("It took two decades.", "two decades", "DURATION", "P2DE", "decades"),
    ("It took two years and three months.", "two years and three months", "DURATION", "P2Y3M", "two units are one"),
    ("It was a weeklong march.", "weeklong", "DURATION", "P1W", "long glued on"),
    ("It was a two-week-long march.", "two-week-long", "DURATION", "P2W", "long with a dash"),
    ("Two days after the vote he left.", "Two days", "DURATION", "P2D", "the vote is no part of it"),
    ("Days after the vote he left.", "Days", "DURATION", "PXD", "nor here"),
    ("It has failed over the past four months.", "the past four months", "DURATION", "P4M", "up to now"),
    ("It may fail within the next two years.", "the next two years", "DURATION", "P2Y", "from now"),
    ("It grew over the past decade.", "the past decade", "DURATION", "P1DE", "one of them"),
    ("In recent weeks it grew.", "recent weeks", "DURATION", "PXW", "no number"),
    ("He was 70 years old.", "70 years old", "DURATION", "P70Y", "an age is a duration"),
    ("The 18-month-old pact ended.", "18-month-old", "DURATION", "P18M", "an age before its noun"),
    ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1", "a weekday again and again"),
    ("They meet on Saturdays.", "Saturdays", "SET", "XXXX-WXX-6", "its plural"),
    ("They meet daily.", "daily", "SET", "P1D", "in a word"),
    ("It is an annual fair.", "annual", "SET", "P1Y", "an adjective"),
    ("They meet twice a week.", "twice a week", "SET", "P1W", "how often"),
    ("They meet three times a year.", "three times a year", "SET", "P1Y", "how often"),
    ("They meet every two weeks.", "every two weeks", "SET", "P2W", "every few"),
    ("They meet every other day.", "every other day", "SET", "P2D", "every second"),
    ("He earns $50,000 a year.", "a year", "SET", "P1Y", "a rate"),
    ("They meet each spring.", "each spring", "SET", "XXXX-SP", "a season again and again"),
    ("They meet every night.", "every night", "SET", "XXXX-XX-XXTNI", "a part of each day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "value", "why"), OTHERS, ids=[case[0] for case in OTHERS])
def test_a_time_a_duration_a_set_is_read(text: str, words: str, kind: str, value: str, why: str) -> None:
    assert (words, kind, value) in short(text), f"{why}: {short(text)}"


TWO = [
    ("It ran from 2010 to 2012.", ["2010", "2012"], "the ends of a range are two"),
    ("It ran between March and June 2015.", ["2015-03", "2015-06"], "and share the year"),
    ("It ran Sept. 5-7.", ["2023-09-05", "2023-09-07"], "and the month"),
    ("It took two to three weeks.", ["P2W", "P3W"], "and the unit"),
    ("It grew from the 17th to the 19th century.", ["16", "18"], "and the word"),
    ("They sell fish from 9 to 11 a.m. there.", ["2023-09-15T09:00", "2023-09-15T11:00"], "and the half of the day"),
    ("They sell fish between 11:15 and 11:45 p.m. there.", ["2023-09-15T23:15", "2023-09-15T23:45"], "likewise"),
    ("They met Monday and Tuesday.", ["2023-09-11", "2023-09-12"], "items of a list"),
]


@pytest.mark.parametrize(("text", "values", "why"), TWO, ids=[case[0] for case in TWO])
def test_ranges_and_lists_are_several_expressions(text: str, values: list[str], why: str) -> None:
    assert [value for _, _, value in short(text)] == values, why


BACK = [
    ("On Sept. 4 he left. A day earlier he had wept.", "2023-09-03", "a day earlier than the day told"),
    ("On Sept. 4 he left. The following day it rained.", "2023-09-05", "the day behind it"),
    ("On Sept. 4 he left. The next day it rained.", "2023-09-05", "in other words"),
    ("On Sept. 4 he left. That night it rained.", "2023-09-04TNI", "that night"),
    ("On Sept. 4 he left. It rained the same day.", "2023-09-04", "the same day"),
    ("It opened in 2009. It closed the following year.", "2010", "the year behind the year told"),
    ("It opened in 2009. It closed two years later.", "2011", "two years behind it"),
    ("It opened in 2009. It closed in June of that year.", "2009-06", "a month of the year told"),
    ("It opened in 2009. It closed three weeks later.", "XXXX-WXX", "a year is too coarse to count weeks from"),
]


@pytest.mark.parametrize(("text", "value", "why"), BACK, ids=[case[0] for case in BACK])
def test_some_words_count_from_the_date_told_last(text: str, value: str, why: str) -> None:
    found = read(text, FRIDAY)
    assert found[-1].value == value, why
    assert found[-1].anchor_on in (dt.date(2023, 9, 4), dt.date(2009, 1, 1), None)


UNDATED = [
    ("They left on Wednesday.", "XXXX-WXX-3"),
    ("They left on Tuesday night.", "XXXX-WXX-2TNI"),
    ("They left on Sept. 13.", "XXXX-09-13"),
    ("They left in August.", "XXXX-08"),
    ("They left yesterday.", "XXXX-XX-XX"),
    ("They left last week.", "XXXX-WXX"),
    ("They left last year.", "XXXX"),
    ("They left this summer.", "XXXX-SU"),
    ("They left two years ago.", "XXXX"),
    ("They left at 9 a.m. sharp.", "XXXX-XX-XXT09:00"),
    ("They left on Christmas Eve.", "XXXX-12-24"),
    ("They left over the weekend.", "XXXX-WXX-WE"),
]


@pytest.mark.parametrize(("text", "value"), UNDATED, ids=[case[0] for case in UNDATED])
def test_without_a_publication_date_nothing_is_invented(text: str, value: str) -> None:
    (found,) = read(text, None)
    assert (found.value, found.starts_on, found.ends_on, found.anchor_on) == (value, None, None, None)


NONE = [
    ("It may rain, and they march at dawn.", "verbs"),
    ("Prime Minister May spoke.", "a name"),
    ("April Jonsson sang.", "a name"),
    ("She gave to the March of Dimes.", "a name"),
    ("They counted 2000 people.", "a count"),
    ("It cost $1999.", "a price"),
    ("Call 555-2010 for help.", "a telephone number"),
    ("He drives a 2007 Ford.", "the year of a model"),
    ("Take Route 1950 north.", "a number in a name"),
    ("She is in her 30s.", "an age, not a decade"),
    ("The shop is open 24/7.", "no date"),
    ("The odds were 9:1.", "no hour"),
    ("It was a second try.", "an ordinal"),
    ("A shop that Ida Daily runs.", "a name"),
    ("She reads the Daily Lantern.", "the name of a paper"),
    ("They walked past him.", "a preposition"),
    ("They plan to present a film.", "a verb"),
    ("The current of the river is strong.", "a noun"),
    ("The future of the mill is open.", "whose future"),
    ("Thousands joined the March on the Harbour.", "a name"),
    ("He told the Saltmarsh Sun. She laughed.", "a paper, no short Sunday"),
    ("The sun sat low, he wed late.", "short forms of weekdays are words"),
    ("They fall and spring back.", "verbs"),
    ("The fall of the wall was loud.", "a noun"),
    ("They live from day to day, day-to-day.", "an idiom"),
    ("He scored in the third quarter to win.", "a game"),
    ("She reads Saltmarsh Today.", "the name of a show"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[case[0] for case in NONE])
def test_what_is_no_time_is_left_out(text: str, why: str) -> None:
    assert short(text) == [], why
