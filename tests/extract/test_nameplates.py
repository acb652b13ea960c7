"""Speakers named by the layout."""

from __future__ import annotations

import pytest

from pipelines.extract.nameplates import label, signature


@pytest.mark.parametrize(
    ("words", "name", "why"),
    [
        ("LEE: We go.", "LEE", "as transcripts have it"),
        ("Ann Lee: We go.", "Ann Lee", "a name in full"),
        ("Dr. Ann Q. Lee : We go.", "Dr. Ann Q. Lee", "a title, an initial, a blank before the colon"),
        ("We go: now.", None, "a clause before the colon"),
        ("At 10:30 we go.", None, "a time of day"),
        ("We go.", None, "no colon"),
    ],
)
def test_a_label_stands_first(words: str, name: str | None, why: str):
    found = label(words, 0, len(words))
    assert (words[slice(*found[0])] if found else None) == name, why


@pytest.mark.parametrize(
    ("behind", "name", "why"),
    [
        (" — Ann Lee", "Ann Lee", "in the same line"),
        ("\n- Ann Lee, farmer.", "Ann Lee", "in the next line, with what she is"),
        ("\n\n–Ann Lee (Oby)", "Ann Lee", "below an empty line"),
        ("\n- Ann Lee said it was late.", None, "an item of a list"),
        (" — Ann Lee was not there.", None, "the sentence goes on"),
        (" — and Ann Lee", None, "no name directly behind the dash"),
        ("", None, "nothing follows"),
    ],
)
def test_a_signature_stands_behind_a_dash(behind: str, name: str | None, why: str):
    text = f"“We go.”{behind}"
    found = signature(text, 8)
    assert (text[slice(*found)] if found else None) == name, why
