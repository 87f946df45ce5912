"""The answer in one sentence, for none, one, two and many, and in every language."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from tracker.dates import PartialDate
from tracker.reading.ratifications import say_ratification
from tracker.sentences import answer, say_date
from tracker.standing import NO_DATE, AccessionStanding, RatificationStanding, StageDate
from tracker.vocabulary import Basis, Milestone, Stage

SIGNED, AS_OF = date(2022, 7, 5), date(2023, 10, 30)
NAMES = {"SWE": "Sweden", "HUN": "Hungary", "TUR": "Türkiye"}
LANGUAGES = [code for code, name in settings.LANGUAGES]


def on(day: date) -> StageDate:
    """A stage dated by an act of that day."""
    return StageDate(PartialDate.on(day), Basis.ACT, ("event",))


UNSURE = StageDate(PartialDate.between(SIGNED, date(2024, 3, 7)), Basis.IN_FORCE, ("event",))


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


def before(**milestones: StageDate) -> AccessionStanding:
    """An accession without a protocol, or one that is over."""
    found = {one: milestones.get(one.value, NO_DATE) for one in Milestone}
    return AccessionStanding("SWE", AS_OF, found, {})


MANY = [f"P{n:02}" for n in range(7)]
CASES = {
    "none": (accession([]), "All 31 allies have approved Sweden’s accession, 482 days after signature."),
    "one": (
        accession(["HUN"]),
        "30 of 31 allies have approved Sweden’s accession; Hungary has not, 482 days after signature.",
    ),
    "two": (
        accession(["HUN", "TUR"]),
        "29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye have not, 482 days after signature.",
    ),
    "many": (
        accession(MANY),
        "24 of 31 allies have approved Sweden’s accession; 7 allies have not, 482 days after signature.",
    ),
    "unknown": (
        accession([], ["TUR"]),
        (
            "30 of 31 allies are known to have approved Sweden’s accession. Of Türkiye it is not known whether "
            "it had by "
            "then."
        ),
    ),
    "pending and unknown": (
        accession(["HUN"], ["TUR"]),
        (
            "29 of 31 allies have approved Sweden’s accession; Hungary has not, 482 days after signature. Of "
            "Türkiye it "
            "is not known whether it had by then."
        ),
    ),
    "aspirant": (before(), "Sweden has not applied for membership on the record."),
    "member": (before(acceded=on(SIGNED)), "Sweden has been a member of NATO since 5 July 2022."),
}


@pytest.mark.parametrize("case", CASES)
def test_answer_in_english_is_the_sentence(case: str) -> None:
    standing, sentence = CASES[case]

    assert answer(standing, NAMES) == sentence


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("case", CASES)
def test_answer_in_every_language_is_filled_and_its_own(case: str, language: str) -> None:
    standing, english = CASES[case]

    with translation.override(language):
        told = answer(standing, NAMES)

    assert told != english
    assert "%" not in told
    assert told.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_in_every_language_names_the_two_and_both_numbers(language: str) -> None:
    with translation.override(language):
        told = answer(accession(["HUN", "TUR"]), NAMES)

    assert all(part in told for part in ("29", "31", "482", "Hungary", "Türkiye"))


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            ratification("TUR", submitted=on(date(2023, 10, 23))),
            (
                "Türkiye has not approved Sweden’s accession; the protocol has been before its parliament since "
                "23 October 2023."
            ),
        ),
        (
            ratification("TUR"),
            (
                "Türkiye has not approved Sweden’s accession; the protocol is not before its parliament, 482 "
                "days after "
                "signature."
            ),
        ),
        (
            ratification("TUR", approved=UNSURE),
            "It is not known whether Türkiye had approved Sweden’s accession by then.",
        ),
        (
            ratification("TUR", approved=on(SIGNED)),
            "Türkiye approved Sweden’s accession on 5 July 2022; its instrument is still to be deposited.",
        ),
        (
            ratification("TUR", approved=on(SIGNED), deposited=UNSURE),
            (
                "Türkiye approved Sweden’s accession on 5 July 2022; it is not known whether its instrument had been "
                "deposited by then."
            ),
        ),
        (
            ratification("TUR", approved=on(SIGNED), deposited=on(date(2022, 7, 6))),
            "Türkiye approved Sweden’s accession on 5 July 2022 and deposited its instrument on 6 July 2022.",
        ),
        (
            ratification("TUR", approved=on(SIGNED), deposited=StageDate(PartialDate.parse("2022-08"))),
            (
                "Türkiye approved Sweden’s accession on 5 July 2022; its instrument was deposited, but the day "
                "is not on "
                "record."
            ),
        ),
    ],
)
def test_ratification_when_told_names_the_act_that_is_meant(standing: RatificationStanding, sentence: str) -> None:
    told = say_ratification(standing, "Türkiye", "Sweden", SIGNED)

    assert told == sentence
    assert "ratified" not in told


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
