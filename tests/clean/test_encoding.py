"""Repairs of characters: what is mended, what is left alone, and that only the broken characters are touched."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean.encoding import repairs, suspects
from pipelines.rules import Rule, load_rules
from pipelines.text import Text

RULES = list(load_rules("encoding").values())


def repaired(text: str) -> str:
    return Text(text, repairs(text)).clean


@pytest.mark.parametrize("rule", RULES, ids=[rule.rule_id for rule in RULES])
def test_examples_of_the_rules(rule: Rule) -> None:
    for text in rule.matches:
        assert rule.rule_id in {edit.rule_id for edit in repairs(text)}, f"{rule.rule_id} should repair {text!r}"
    for text in rule.spares:
        assert repairs(text) == [], f"nothing to repair in {text!r}"


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("the “mayor”‚Äôs plan", "the “mayor”’s plan", "one wrong word beside right quotes: the line as a whole has no plan"),
        ("CafÃ© and cafÃ©", "Café and café", "Latin-1 letters"),
        ("doesnÃ¢â‚¬â„¢t", "doesn’t", "the same mistake made twice"),
        ("â€œYes,â€\x9d she said", "“Yes,” she said", "a byte that Windows-1252 does not have"),
        ("â€œYes,â€� she said", "“Yes,” she said", "a byte that was lost can only have been a closing quote"),
        ("voilÃ\xa0 un mot, trÃ¨s bien, Ã©tÃ©", "voilà un mot, très bien, été", "byte A0 is a letter's part here, not a blank"),
        ("don\x92t \x97 never", "don’t — never", "control characters that are signs in Windows-1252"),
        ("Москва, ÐœÐ¾Ñ\x81ÐºÐ²Ð°", "Москва, Москва", "another script"),
        ("Tom &amp;amp; Ann&#8217;s", "Tom & Ann’s", "entities, however often they were escaped"),
        ("one<br>two</p>", "one\ntwo", "a tag that ends a line ends a line"),
        ("fin<em>al</em> <strong></strong>word", "final word", "a tag inside a word is nothing"),
        ("a\x00b\ufeffc", "abc", "no text means these"),
        ("They donâ??t know", "They don’t know", "an apostrophe of which only the first byte is left"),
        ("We can\ufffdt, and they\ufffdre late", "We can’t, and they’re late", "no other sign can stand there"),
        ("it&acirc;&euro;&trade;s", "it’s", "a misreading spelled in entities"),
    ],
)  # fmt: skip
def test_repairs(text: str, expected: str, why: str) -> None:
    assert repaired(text) == expected, why


@pytest.mark.parametrize(
    "text",
    [
        "‘Quoted’, “quoted”, „zitiert“, «cité» — and that’s it…",
        "ﬁne ligatures, Ｆｕｌｌ ｗｉｄｔｈ, 10½ °C, 5 €, №7, x² ≤ y",
        "SÃO PAULO, Ñandú, Ångström, Ærø, œuvre, Škoda, Łódź, İzmir, Çeşme",
        "Україна: Володимир Зеленський відвідав Київ. Всё «хорошо».",
        "Η Ελλάδα είπε «όχι»",
        "日本と75社以上がCM、한국의 6·3 지방선거",
        "AT&T, R&D, x < y > z, <Anna> said, 5 <3 6, a & b;",
        "El país vecino, l’été, dell’arte, paral·lel",
        "Price: £5 (was ¥900), 100 % ¡Hola! ¿Qué?",
        "Le maire a répondu : «\u00a0Déjà\u00a0» ; CAFÉ® fermé, BÉBÉ’s ouvert, ÉTÉ…",
        "VOCÊ… SÓ… É¿ ``não há´´ ¨αλήθεια¨ 12×£30 (“±” und “×”)",
        "├──┬──┤ n┼┐n┼┐n┼┐n ∆° 2019—∞ ( ò¬ó ) √2 ≠ 1",
    ],
)
def test_clean_text_is_left_alone(text: str) -> None:
    assert repairs(text) == []


def without(text: str, sign: str) -> str:
    """UTF-8 read as Windows-1252, whose five missing bytes became ``sign``."""
    return "".join(
        sign if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252") for byte in text.encode()
    )


@pytest.mark.parametrize("sign", ["\ufffd", "?", ""])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Вчера президент принял гостей и сказал, что вопрос решён для всех.", "Russian с and я lose a byte each"),
        ("včera policie uvedla, že člověk, který má čas, přišel na začátku", "Czech writes č, and no ā or đ"),
        ("국회의원은 서울에서 대통령의 정책에 대해 다른 생각이라고 했다. 정부는 아직 발표하지 않았다", "Korean syllables, by their neighbours"),
        ("Thủ tướng trả lời rằng nhiều người đã rời khỏi thành phố trong thời gian này và không có điện", "Vietnamese vowels"),
    ],
)  # fmt: skip
def test_a_lost_byte_is_restored_where_the_language_leaves_one_reading(text: str, why: str, sign: str) -> None:
    assert repaired(without(text, sign)) == text, why


def test_brackets_that_lost_a_byte_close_what_is_open() -> None:
    text = "市長は会見で「今年の計画は予定の通りだ」と発表した。"
    assert repaired(without(text, "\ufffd")) == text


@pytest.mark.parametrize("sign", ["\ufffd", "?", ""])
def test_a_lost_byte_that_nothing_proves_stays_lost(sign: str) -> None:
    """Two names of one letter each: Á or Í, in a language that nothing tells."""
    broken = without("Ál Ín Ám, zwölf “Xy”", sign)
    assert repaired(broken).startswith(broken[:2])


@pytest.mark.parametrize(
    "text",
    ["Ã and Ñ? Å is a letter, Ð too; what does she want? I do?", "Är du där? Å nej, Åsa ä r sjuk", "¿Qué? ¡No! Ã", "rue des cafés été à l’île"],
)  # fmt: skip
def test_letters_that_begin_sequences_are_letters_elsewhere(text: str) -> None:
    assert repairs(text) == []


def test_an_edit_touches_the_wrong_characters_only() -> None:
    (edit,) = repairs("He said “no” to Peru‚Äôs plan.")
    assert (edit.start, edit.end, edit.replacement) == (20, 23, "’")


def test_a_line_of_its_own_table_keeps_its_letters_in_a_page_of_another() -> None:
    """Old Macintosh text read as Windows-1252, and one line that was glued in from elsewhere."""
    page = "It’s the mayor’s plan, and it isn’t cheap, she said.\nThey’ll vote on Monday; we don’t know how.\n"
    broken = page.encode("mac_roman").decode("cp1252")
    clean = "“Dobře,” said Škoda, “to je náš plán.”"
    assert repaired(broken + clean) == page + clean


WORDS = st.lists(
    st.text(alphabet="abcdefgäöüéèñçøåßžšąęłţ’“”–…", min_size=2, max_size=8), min_size=1, max_size=12
).map(" ".join)  # fmt: skip


@given(WORDS)
def test_what_one_wrong_table_does_is_undone(text: str) -> None:
    """MacRoman has a character for each byte, so nothing is lost: the text must come back, or stay as broken as it was."""
    broken = text.encode().decode("mac_roman")
    assert repaired(broken) in (text, broken) or len(repaired(broken)) < len(broken)


@given(st.text(alphabet=st.sampled_from("a B.&;<>/bpr#1x’Ã©â€™‚Äôs\x00\x92\ufeff\n\xa0Ð°вЂ™"), max_size=60))
def test_edits_are_sorted_disjoint_and_replace_something(text: str) -> None:
    edits = repairs(text)
    assert all(edit.start < edit.end for edit in edits)
    assert all(one.end <= two.start for one, two in pairwise(edits))
    assert all(edit.replacement != text[edit.start : edit.end] for edit in edits)


@given(st.text(alphabet=st.sampled_from("a B.&;<>/bpr#1x’Ã©â€™‚Äôs\x00\x92\ufeff\n\xa0Ð°вЂ™íÕt"), max_size=60))
def test_the_gate_lets_every_document_through_that_needs_a_repair(text: str) -> None:
    if repairs(text):
        assert suspects(pl.Series([text])) == [True]


def test_the_gate_keeps_clean_documents_out() -> None:
    assert suspects(pl.Series(["It’s “clean” — café, über, 5 €.", None])) == [False, False]
