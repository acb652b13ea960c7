"""Which marks are quotation marks, and which belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.quotemarks import quoted_runs


def runs(text: str) -> list[str]:
    return [text[run.start : run.end] for run in quoted_runs(text)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ('"Come in," she said.', ["Come in,"], "straight"),
        ("“Come in,” she said.", ["Come in,"], "curly"),
        ('“Come in," she said. "Sit.”', ["Come in,", "Sit."], "opened curly and closed straight, and the other way round"),
        ("''Come in,'' she said.", ["Come in,"], "two single marks typed for a double one"),
        ("‘Come in,’ she said. ‘It’s late.’", ["Come in,", "It’s late."], "single marks outside, apostrophe inside"),
        ("'Come in,' she said.", ["Come in,"], "straight single marks"),
        ("Lee: ‘We won’t go'", ["We won’t go"], "a curly mark closed by a straight one"),
        ("«Come in», she said.", ["Come in"], "angle marks"),
        ("«Come ‹right› in», she said.", ["Come ‹right› in"], "angle marks inside of angle marks"),
        ("»Come in«, she said.", ["Come in"], "angle marks that point inwards"),
        ("「おいで」と彼女は言った。", ["おいで"], "corner brackets, with no blank beside them"),
        ("『「おいで」と言う』本", ["「おいで」と言う"], "corner brackets inside of double ones"),
        ("“Come in,“ she said.", ["Come in,"], "an opening mark typed for the closing one"),
        ("„Come in“, she said.", ["Come in"], "low opening mark, closed by what opens elsewhere"),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"], "the inner quotation is part of the outer one"),
        ("“He said “no” to me,” she said.", ["He said “no” to me,"], "even in marks of the same kind"),
        ("''He said 'no,''' she said.", ["He said 'no,'"], "three single marks are an inner and an outer one"),
        ("The judges’ and the cooks’ wages weren’t raised.", [], "apostrophes"),
        ("The judges' and the cooks' wages weren't raised.", [], "straight apostrophes"),
        ("Rock 'n' roll from the '90s, 'cause we like 'em.", [], "words that begin with an apostrophe"),
        ("She is 6' 2\" tall and he is 5'11\".", [], "feet and inches"),
        ('“She is 6\'2" tall,” he said.', ["She is 6'2\" tall,"], "inches inside of a quotation"),
        ('A 27" screen and a "smart" lamp', ["smart"], "an inch mark that nothing opened"),
        ("“We will build it.", ["We will build it."], "a mark that never closes: a longer quotation goes on in the next paragraph"),
        ('He says,” we are late.”', ["we are late."], "a mark turned the wrong way opens where a closing one follows"),
        ('" Come in , " she said.', ["Come in ,"], "blanks inside of the marks"),
        ('"Come in, "she said. "Sit. "', ["Come in,", "Sit."], "closing marks a blank too late"),
        ('"Come in, "Ann Lee said.', ["Come in,"], "the same, before a name"),
        ('"Come in. "It rains here," she said.', ["Come in.", "It rains here,"], "no late mark where the number of marks tells of a pair"),
        ('<a href="x y z">Lee</a> said "no".', ["no"], "left-over markup"),
        ('y z">Lee said "no".', ["no"], "the end of a tag that began in another line"),
        ("“ ” and “…” say nothing", [], "no words, no quotation"),
        ("", [], "nothing"),
    ],
)  # fmt: skip
def test_quoted_runs(text: str, expected: list[str], why: str):
    assert runs(text) == expected, why


def test_an_open_mark_is_told_from_a_closed_one():
    assert [run.closed for run in quoted_runs("“Yes,” she said. “We will")] == [True, False]


def test_a_paragraph_of_nothing_but_marks_is_not_read_to_its_end():
    assert len(quoted_runs("“a” " * 50_000)) == 10_000


@given(st.text(alphabet=st.sampled_from("\"'“”‘’«» ab.,1"), max_size=60))
def test_runs_are_in_order_apart_and_inside_of_their_marks(text: str):
    at = 0
    for run in quoted_runs(text):
        assert at <= run.outer <= run.start < run.end <= run.past <= len(text)
        at = run.past


@pytest.mark.parametrize("piece", ['"yes" ', '"yes ', "'yes ", "‘yes ", "“", "' ", "''' ", "6'2\" ", '="'], ids=repr)
def test_the_cost_is_linear_in_hostile_texts(piece: str):
    quoted_runs(piece * 100_000)
