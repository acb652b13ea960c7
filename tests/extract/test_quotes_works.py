"""Names of works and slogans in quotation marks: nobody's statement, told apart from words that somebody said."""

from __future__ import annotations

import pytest
from extract.test_quotes_speakers import read


@pytest.mark.parametrize(
    ("text", "rules", "why"),
    [
        ("She sang on “The Harbour Show” on Friday.", ["work"], "title case behind a word that leads to such a name"),
        ("He was on “Harbour” and “The Late Boat With Ann Lee.”", ["unattributed", "unattributed"], "one word is no title"),
        ("He was on “The View” and “The Late Boat With Ann Lee.”", ["work", "work"], "a work beside a work"),
        ("He was in “The Long Road,” “Boat 13,” and “Harbour Lights.”", ["work"] * 3, "a row of works, one of a single word"),
        ("One of his finds, “This Kind of Boat,” by Roy Poe, is dear.", ["work"], "its author stands behind it"),
        ("“Long Dark Road” is a love song. Lee wrote the song “Long Dark Road.”", ["work"] * 2, "named as a work further on"),
        ("Farmers met them with chants of “Dam, Dam, Dam.”", ["unattributed"], "what a crowd shouts is no title"),
        ("A man in a “save our dam” T-shirt waved.", ["slogan"], "words on a thing"),
        ("They took a “we can fix it” bus tour.", ["slogan"], "so named, the noun may stand behind another one"),
        ("The “dams and roads” issue is back.", ["slogan"], "which issue it is"),
        ("The “forgotten valley” may vote.", ["unattributed"], "no noun that bears a slogan"),
        ("Ann Lee sold “save our dam” T-shirts, she said.", ["said_at_end"], "a verb reports it: a statement all the same"),
        ("It costs a million, according to the “dams for all” document.", ["slogan"], "the paper's name is not what it says"),
    ],
)  # fmt: skip
def test_what_is_a_name(text: str, rules: list[str], why: str):
    found = [row["rule_id"].rpartition("/")[2] for row in read(text) if row["quote_type"] != "indirect"]
    assert found == rules, why
