"""The verbs of saying and their forms."""

from __future__ import annotations

import pytest

from pipelines.extract.speech import SpeechVerbs, forms, speech_verbs


def test_the_table_keeps_its_contract():
    SpeechVerbs.validate(speech_verbs())


@pytest.mark.parametrize(
    ("form", "verb", "shape"),
    [
        ("said", "say", "past"),
        ("denies", "deny", "s"),
        ("denied", "deny", "past"),
        ("writing", "write", "ing"),
        ("written", "write", "participle"),
        ("agreeing", "agree", "ing"),
        ("admitting", "admit", "ing"),
        ("pushes", None, None),
        ("confesses", "confess", "s"),
        ("putting", "put", "ing"),
        ("referring", "refer", "ing"),
        ("e-mailed", "e-mail", "past"),
    ],
)
def test_forms(form: str, verb: str | None, shape: str | None):
    found = forms().get(form)
    assert (found.verb, found.shape) == (verb, shape) if found else verb is None
