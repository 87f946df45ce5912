"""The answer in one sentence, for none, one, two and many, exactly as `sentences.toml` has it in every language."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tracker.domain.dates import PartialDate
from tracker.domain.standing import NO_DATE, AccessionStanding, RatificationStanding, StageDate, Witness
from tracker.domain.vocabulary import Basis, Milestone, Stage
from tracker.language.sentences import answer
from tracker.language.words import after_signature, in_turn, labelled, say_date, say_days
from tracker.readmodel.ratifications import say_ratification

SIGNED, AS_OF = date(2022, 7, 5), date(2023, 10, 30)
CODES = ("SWE", "HUN", "TUR", "NLD", "USA")
NAMES = {
    "en": ("Sweden", "Hungary", "Türkiye", "Netherlands", "United States"),
    "fr": ("Suède", "Hongrie", "Türkiye", "Pays-Bas", "États-Unis"),
    "sv": ("Sverige", "Ungern", "Turkiet", "Nederländerna", "USA"),
    "fi": ("Ruotsi", "Unkari", "Turkki", "Alankomaat", "Yhdysvallat"),
    "tr": ("İsveç", "Macaristan", "Türkiye", "Hollanda", "Amerika Birleşik Devletleri"),
    "hu": ("Svédország", "Magyarország", "Törökország", "Hollandia", "Egyesült Államok"),
}
TABLE = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
LANGUAGES = [code for code, name in settings.LANGUAGES]


def on(day: date) -> StageDate:
    """A stage dated by an act of that day."""
    return StageDate(PartialDate.on(day), Basis.ACT, (Witness("event"),))


SOME_DAY = StageDate(PartialDate.parse("2022-08"))
INFERRED = StageDate(PartialDate.parse("2022-08"), basis=Basis.IN_FORCE)
UNSURE = StageDate(PartialDate.between(SIGNED, date(2024, 3, 7)), Basis.IN_FORCE, (Witness("event"),))


def ratification(ally: str, **dates: StageDate) -> RatificationStanding:
    """An ally with the stages that are given; the others have no date."""
    told = {stage: dates.get(stage.value, NO_DATE) for stage in Stage}
    return RatificationStanding(ally, on(SIGNED), AS_OF, {**told, Stage.SIGNED: on(SIGNED)})


def accession(pending: Sequence[str], unknown: Sequence[str] = (), required: int = 31) -> AccessionStanding:
    """A protocol under way; whoever is not named has approved."""
    others = [f"X{n:02}" for n in range(required - len(pending) - len(unknown))]
    rows = [
        *(ratification(one) for one in pending),
        *(ratification(one, approved=UNSURE) for one in unknown),
        *(ratification(one, approved=on(SIGNED)) for one in others),
    ]
    milestones = dict.fromkeys(Milestone, NO_DATE) | {Milestone.SIGNED: on(SIGNED)}
    return AccessionStanding("SWE", AS_OF, milestones, {row.ally: row for row in rows})


def approved_last(*allies: str, on: StageDate | None = None) -> AccessionStanding:
    """A protocol that all have approved, and these allies after the others, 601 days after signature."""
    last = on or StageDate(PartialDate.on(date(2024, 2, 26)), Basis.ACT, (Witness("event"),))
    standing = accession([])
    rows = {one: ratification(one, approved=last) for one in allies}
    others = dict(list(standing.ratifications.items())[len(rows) :])
    rows = {ally: replace(row, as_of=date(2024, 3, 6)) for ally, row in (rows | others).items()}
    return replace(standing, as_of=date(2024, 3, 6), ratifications=rows)


def before(**milestones: StageDate) -> AccessionStanding:
    """An accession without a protocol, or one that is over."""
    found = {one: milestones.get(one.value, NO_DATE) for one in Milestone}
    return AccessionStanding("SWE", AS_OF, found, {})


MANY = [f"P{n:02}" for n in range(7)]
ALL_BUT_ONE = [f"P{n:02}" for n in range(30)]
ANSWERS = {
    "nobody yet": accession([*ALL_BUT_ONE, "P30"]),
    "none missing": accession([]),
    "one missing": accession(["HUN"]),
    "two missing": accession(["HUN", "TUR"]),
    "many missing": accession(MANY),
    "one missing, a plural name": accession(["USA"]),
    "one approved": accession(ALL_BUT_ONE),
    "one unknown": accession([], ["TUR"]),
    "two unknown": accession([], ["NLD", "TUR"]),
    "many unknown": accession([], MANY),
    "missing and unknown": accession(["HUN"], ["TUR"]),
    "none known": accession([], [*ALL_BUT_ONE, "P30"]),
    "none known, one missing": accession(["USA"], ALL_BUT_ONE),
    "one known": accession([], ALL_BUT_ONE),
    "all, and the last is known": approved_last("HUN"),
    "all, and two were the last": approved_last("HUN", "TUR"),
    "all, and the last has a plural name": approved_last("NLD"),
    "all, and the day of the last is not known": approved_last("HUN", on=SOME_DAY),
    "not on record": before(),
    "aspirant": replace(before(), aspired=on(SIGNED)),
    "applicant": before(applied=on(SIGNED)),
    "invited": before(invited=on(SIGNED)),
    "in force": before(in_force=on(SIGNED)),
    "in force, month": before(in_force=SOME_DAY),
    "member": before(acceded=on(SIGNED)),
    "member, month": before(acceded=SOME_DAY),
    "withdrawn": before(withdrawn=on(SIGNED)),
}
RATIFICATIONS = {
    "not before parliament": ratification("HUN"),
    "before parliament": ratification("USA", submitted=on(date(2023, 10, 23))),
    "unknown": ratification("TUR", approved=UNSURE),
    "approved": ratification("NLD", approved=on(SIGNED)),
    "approved, day unknown": ratification("TUR", approved=SOME_DAY),
    "deposit unknown": ratification("TUR", approved=on(SIGNED), deposited=UNSURE),
    "deposited": ratification("TUR", approved=on(SIGNED), deposited=on(date(2022, 8, 1))),
    "deposited, month known": ratification("TUR", approved=on(SIGNED), deposited=SOME_DAY),
    "deposited, day unknown": ratification("TUR", approved=on(SIGNED), deposited=INFERRED),
    "approval day unknown": ratification("TUR", approved=SOME_DAY, deposited=on(date(2022, 9, 1))),
    "neither day known": ratification("TUR", approved=SOME_DAY, deposited=StageDate(PartialDate.parse("2022-09"))),
}


def names_in(language: str) -> dict[str, str]:
    """What the states of the cases are called."""
    return dict(zip(CODES, NAMES[language], strict=True))


def test_table_has_every_case_in_every_language_and_no_other() -> None:
    cases = {*ANSWERS, *(f"ratification: {case}" for case in RATIFICATIONS)}

    assert set(TABLE) == cases
    assert {case for case, told in TABLE.items() if list(told) != LANGUAGES} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ANSWERS)
def test_answer_is_the_sentence_of_the_table(case: str, language: str) -> None:
    with translation.override(language):
        told = answer(ANSWERS[case], names_in(language))

    assert told == TABLE[case][language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", RATIFICATIONS)
def test_ratification_is_the_sentence_of_the_table(case: str, language: str) -> None:
    names, standing = names_in(language), RATIFICATIONS[case]

    with translation.override(language):
        told = say_ratification(standing, names[standing.ally], names["SWE"], SIGNED)

    assert told == TABLE[f"ratification: {case}"][language]


def test_no_sentence_calls_an_ally_ratified_without_saying_which_act() -> None:
    loose = ("ratified", "ratifié", "ratificerat", "ratifioi", "onayla", "ratifikál")

    assert [told for row in TABLE.values() for told in row.values() if any(word in told for word in loose)] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "as of the day of signature"),
        ("fr", "au jour de la signature"),
        ("sv", "på dagen för undertecknandet"),
        ("fi", "allekirjoituspäivään mennessä"),
        ("tr", "imza günü itibarıyla"),
        ("hu", "az aláírás napjáig"),
    ],
)
def test_day_of_signature_is_not_told_as_a_number_of_days(language: str, told: str) -> None:
    with translation.override(language):
        assert told in after_signature("…", 0)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "1,234 days"),
        ("fr", "1\u202f234\xa0jours"),
        ("sv", "1\xa0234 dagar"),
        ("fi", "1\xa0234 päivää"),
        ("tr", "1.234 gün"),
        ("hu", "1\xa0234 nap"),
    ],
)
def test_number_of_days_is_parted_as_the_language_parts_it(language: str, told: str) -> None:
    with translation.override(language):
        assert say_days(1234) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Map: the day; the night"),
        ("fr", "Map\xa0: the day\u202f; the night"),
        ("sv", "Map: the day; the night"),
        ("fi", "Map: the day; the night"),
        ("tr", "Map: the day; the night"),
        ("hu", "Map: the day; the night"),
    ],
)
def test_colon_and_semicolon_stand_as_the_language_sets_them(language: str, told: str) -> None:
    with translation.override(language):
        assert labelled("Map", in_turn(["the day", "the night"])) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["1 October 2023", "October 2022", "between 5 July 2022 and 1 September 2022"]),
        ("fr", ["1er\xa0octobre 2023", "octobre 2022", "entre le 5\xa0juillet 2022 et le 1er\xa0septembre 2022"]),
        ("sv", ["1 oktober 2023", "oktober 2022", "mellan den 5 juli 2022 och den 1 september 2022"]),
        ("fi", ["1. lokakuuta 2023", "lokakuu 2022", "aikavälillä 5. heinäkuuta 2022 – 1. syyskuuta 2022"]),
        ("tr", ["1 Ekim 2023", "Ekim 2022", "5 Temmuz 2022 ile 1 Eylül 2022 arasında"]),
        ("hu", ["2023. október 1.", "2022. október", "2022. július 5. és 2022. szeptember 1. között"]),
    ],
)
def test_date_when_told_is_as_the_language_writes_it(language: str, told: list[str]) -> None:
    dates = [PartialDate.parse(text) for text in ("2023-10-01", "2022-10", "2022-07-05/2022-09-01")]

    with translation.override(language):
        assert [say_date(one) for one in dates] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023-10-30", "30 October 2023"),
        ("2022-10", "October 2022"),
        ("2022", "2022"),
        ("2022-07-05/2022-09-27", "between 5 July 2022 and 27 September 2022"),
        ("../2022-09-27", "by 27 September 2022"),
        ("2022-07-05/..", "on or after 5 July 2022"),
    ],
)
def test_date_when_told_is_as_exact_as_it_is_known(text: str, told: str) -> None:
    assert say_date(PartialDate.parse(text)) == told
