"""Tokens put together from pieces are those that cutting the text where it stands gives."""

from __future__ import annotations

import pytest

from pipelines.extract.times_around import around
from pipelines.extract.times_tokens import back, tokens
from pipelines.extract.times_words import places


@pytest.mark.parametrize(
    "text",
    [
        "The council met last Tuesday night, and left.",
        "They had met (twice, on Monday) before the vote at 5 p.m. sharp.",
        "It opened on Sept. 5, 2023, and closed on Sun Street in May.",  # short names
        "He left on New Year's Eve; the new owner came on Christmas Eve.",  # names of days
        "In the second half of 2015 - a 30-second pause - the mid-1990s came back.",
        "Two  spaces on  Friday\nand a line\n\nMonday, a.m. or 9 a. m., o'clock.",
        "Late in the not-too-distant future, bi-weekly talks on 2016-05-03 and 9/11.",
        "A long word" + "s" * 80 + " on Friday and" + " 1990" * 30,
        "Am Montag\xa0Morgen \xa0on Friday\xa0 and on İzmir's Monday",
    ],
)
def test_pieces_are_the_tokens_of_the_text(text):
    (heads,) = places([text])
    assert heads
    for head in heads:
        assert around(text, head, 0, len(text)) == tokens(text, back(text, head, 0), head, len(text)), text[head:]
