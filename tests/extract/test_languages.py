"""Articles in other languages: what needs no grammar is read, and nothing else; which those are is in ref.languages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.document import Block, Document
from pipelines.extract.coverage import NEUTRAL, Languages, languages_table
from pipelines.extract.kinds import KINDS
from pipelines.extract.plain_quantities import lists, read
from pipelines.languages import in_full
from pipelines.normalise.language import language
from pipelines.rules import RuleError, load_rules
from pipelines.text import Text

GERMAN = (
    "Der Hafen bleibt nach dem Sturm bis Mittwoch geschlossen, sagte Bürgermeisterin Anna Novak am Montag. „Wir haben 2.500 Kisten "
    "verloren“, sagte sie Reuters. Der Schaden beträgt 3,5 Millionen Euro, 12,4 Prozent mehr als 2019. Am 13. September 2023 kamen "
    "1.200 Menschen nach Essen. Die Fähre wiegt 4.200 Tonnen und legte um 14:30 Uhr ab. Das Dach kostete 1.234,50 €."
)
FRENCH = (
    "Le port reste fermé jusqu’à mercredi après la tempête, a déclaré lundi la maire Anna Novak. « Nous avons perdu 2 500 caisses », "
    "a-t-elle dit à Reuters. Les dégâts s’élèvent à 3,5 millions d’euros, soit 12,4 % de plus qu’en 2019. Le 13 septembre 2023, "
    "1 200 personnes sont venues. Le bac pèse 4 200 tonnes et le toit a coûté 1 234,50 €."
)
RUSSIAN = (
    "Порт, как это уже было после шторма, закрыт до среды, заявила в понедельник мэр Анна Новак. «Мы потеряли 2 500 ящиков», — сказала "
    "она, но не сказала, что будет с ними. Ущерб составил "
    "3,5 млн рублей, на 12,4% больше, чем в 2019 году. 13 сентября 2023 года приехали 1 200 человек. Паром весит более 4 200 тонн."
)
KOREAN = (
    "항구는 폭풍 이후 수요일까지 닫힌다고 시장이 월요일 밝혔다. “우리는 상자 2,500개를 잃었다”고 그는 말했다. 피해액은 350만 달러로 2019년보다 "
    "12.4% 늘었다. 2023년 9월 13일 1,200명이 왔다. 배는 약 180km를 갔다."
)
READ = {
    "de": (
        GERMAN,
        ["Wir haben 2.500 Kisten verloren"],
        ["3,5 Millionen Euro", "12,4 Prozent", "4.200 Tonnen", "1.234,50 €"],
        [3_500_000.0, 12.4, 4200.0, 1234.5],
        ["Reuters"],
    ),
    "fr": (
        FRENCH,
        ["Nous avons perdu 2 500 caisses"],
        ["3,5 millions d’euros", "12,4 %", "4 200 tonnes", "1 234,50 €"],
        [3_500_000.0, 12.4, 4200.0, 1234.5],
        ["Reuters"],
    ),
    "ru": (
        RUSSIAN,
        ["Мы потеряли 2 500 ящиков"],
        ["3,5 млн рублей", "12,4%", "4 200 тонн"],
        [3_500_000.0, 12.4, 4200.0],
        [],
    ),
    "ko": (
        KOREAN,
        ["우리는 상자 2,500개를 잃었다"],
        ["350만 달러", "12.4%", "180km"],
        [3_500_000.0, 12.4, 180.0],
        [],
    ),
}


def document(text: str, tag: str | None) -> Document:
    return Document(
        "ab" * 32, Text(text), [Block(0, "body", 0, len(text), 1.0)], language=tag, published_on=dt.date(2023, 9, 14)
    )


@pytest.mark.parametrize("tag", READ)
def test_an_article_in_another_language_gets_what_needs_no_grammar(tag: str) -> None:
    text, quoted, measured, values, named = READ[tag]
    assert language(text) == tag
    read_as = {kind: made([document(text, tag)]) for kind, (_, made) in KINDS.items()}
    assert read_as["quotes"]["quote"].to_list() == quoted
    assert read_as["quotes"]["speaker"].to_list() == [None] * len(quoted)
    assert read_as["quantities"]["text"].to_list() == measured
    assert read_as["quantities"]["value_low"].to_list() == values
    assert read_as["times"]["starts_on"].to_list() == [dt.date(2023, 9, 13)]
    assert read_as["mentions"]["text"].to_list() == named
    assert read_as["actions"].is_empty()
    assert read_as["attributions"].is_empty()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_rows_that_keep_its_contract(kind: str) -> None:
    contract, made = KINDS[kind]
    contract.validate(made([document(text, tag) for tag, (text, *_) in READ.items()]))


@pytest.mark.parametrize(
    ("tag", "full"), [("en", True), ("en-US", True), (None, True), ("de", False), ("de-AT", False)]
)
def test_english_is_read_in_full_whatever_its_region_and_so_is_what_nothing_tells(tag: str | None, full: bool) -> None:
    assert in_full(tag) is full
    text = "Police in Oslo arrested two men on Monday, the mayor said. He had 40 goats."
    assert [not made([document(text, tag)]).is_empty() for _, made in KINDS.values()].count(True) == (6 if full else 0)


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Порт закрыт, корабли стоят.", "und-Cyrl"), ("ميناء المدينة مغلق", "und-Arab"), ("Kalmar, Oslo", None)],
)
def test_letters_tell_that_a_text_is_not_english(text: str, tag: str | None) -> None:
    assert language(text) == tag
    assert in_full(tag) is (tag is None)


def test_which_languages_are_read_how_far_is_a_table() -> None:
    table = Languages.validate(languages_table())
    told = {(row["language"], row["kind"]): row["coverage"] for row in table.to_dicts()}
    assert set(NEUTRAL) <= set(KINDS)
    assert {told["en", kind] for kind in KINDS} == {"full"}
    assert (told["de", "quantities"], told["sv", "quantities"]) == ("lists", "neutral")
    assert (told["de", "quotes"], told["ko", "actions"]) == ("neutral", "none")


PIECES = [
    "1.234",
    ",5",
    " ",
    "km",
    "%",
    "€",
    "$",
    "–",
    "−",
    "12",
    "Millionen",
    "млн",
    "만",
    "mai",
    "2023",
    "年9月",
    ".",
    "„",
    "“",
    "«",
    "Reuters",
    "\n",
]


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=60),
    st.sampled_from(["de", "fr", "ko", "es", "und-Cyrl"]),
)
def test_any_text_becomes_rows_that_hold_their_contracts(text: str, tag: str) -> None:
    for kind in ("quantities", "times", "mentions", "quotes"):
        contract, made = KINDS[kind]
        rows = made([document(text, tag)]) if text else made([])
        contract.validate(rows)
        assert [text[row["span_start"] : row["span_end"]] for row in rows.to_dicts()] == rows["text"].to_list()


PLAIN = [
    ("de", "Es sind −12 °C, 10–12 % und rund 180 km/h.", [(-12, -12), (10, 12), (180, 180)], "below zero, a range, about"),
    ("de", "Es waren mehr als 1.200 Tonnen, und höchstens 2 Mrd. Euro.", [(1200, None), (None, 2e9)], "at least, at most"),
    ("de", "Covid-19 % ist kein Wert, 3.12.2023 auch nicht.", [], "parts of names and dates"),
    ("de", "Ab 1.234 km wird es 1,234 km.", [(1234, 1234), (1.234, 1.234)], "one sign groups, the other one divides"),
    ("fr", "Elle a 39 ans, il y a 14 h de train.", [], "an age is no duration, and an hour has no sign that holds everywhere"),
    ("fr", "Ils ont levé jusqu’à 1,5 milliard de dollars.", [(None, 1.5e9)], "a word between magnitude and unit"),
    ("ru", "До 5 км шли 180 км/ч.", [(None, 5), (180, 180)], "signs in letters of the language"),
    ("ko", "금리가 3.5%포인트 올라 5조원이 됐다.", [(3.5, 3.5), (5e12, 5e12)], "particles and units without blanks"),
    ("ja", "12.5%の増加、約180kmの距離。", [(12.5, 12.5), (180, 180)], "a language without a list"),
    ("es", "Son 12,4 % y 1.234.567 €, o 12.5 km.", [(12.4, 12.4), (1234567, 1234567), (12.5, 12.5)], "read in one way only"),
    ("es", "Son 1.234 km o 2 500 km.", [], "1.234 is one thing in Madrid and another one in Mexico"),
    ("es", "Cuesta $3,5 millones.", [], "a magnitude that no list knows makes another value"),
    ("sv", "Det kostar 1 200 kr, 3,4 % mer.", [(3.4, 3.4)], "kr is a word"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "ends", "why"), PLAIN, ids=[case[1][:40] for case in PLAIN])
def test_figures_beside_signs_and_listed_words(tag: str, text: str, ends: list[tuple[float, float]], why: str) -> None:
    assert [(found.low, found.high) for found in read(text, 0, len(text), tag)] == ends, why


def test_a_sign_that_several_currencies_share_names_none() -> None:
    (row,) = KINDS["quantities"][1]([document("El pan cuesta $ 500.", "es")]).to_dicts()
    assert (row["measure"], row["unit"], row["unit_text"], row["value_low"]) == ("money", None, "$", 500.0)


def test_the_examples_of_the_rule() -> None:
    rule = load_rules("quantities")["plain"]
    for example in rule.matches:
        assert list(read(example, 0, len(example), "fr" if "€" in example else "de")), example
    for example in rule.spares:
        assert not list(read(example, 0, len(example), "de")), example


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("decimal = ';'", "'decimal' must be"), ("decimal = ','\nnoise = 1", "unknown keys"), ("decimal = ','\n[units]\nmle = ['x']", "no unit 'mle'")],
)  # fmt: skip
def test_a_list_that_cannot_be_used_names_itself(text: str, complaint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    monkeypatch.setattr("pipelines.extract.plain_quantities.load_each", lambda name: {"xx": tomllib.loads(text)})
    with pytest.raises(RuleError, match=f"seeds/reference/xx/quantities.toml: .*{complaint}"):
        lists.__wrapped__()


@pytest.mark.parametrize("piece", ["1 234 ", "1.234.", "9", "$ ", "5–", "1,5 Millionen ", "’000", "12:"], ids=repr)
def test_the_cost_is_linear_in_hostile_texts(piece: str) -> None:
    text = piece * 10_000
    for tag in ("de", "fr", "es"):
        list(read(text, 0, len(text), tag))
