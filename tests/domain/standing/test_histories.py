"""Random histories: acts in any order, imprecise dates, rectifications, retractions, members joining."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.standing.replay import CALENDAR, FIRST, LAST, Entry, Telling, replay
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.standing import (
    Act,
    Bounds,
    Chamber,
    Rules,
    date_stages,
    known,
    memberships_in,
    process_of,
    stand_accession,
)
from tracker.domain.vocabulary import EVIDENCE, AccessionStatus, EventKind, Milestone, Reached, Stage

APPLICANT = "SWE"
ALLIES = ("FIN", "HUN", "TUR")
CHAMBERS: dict[str, list[set[str]]] = {"HUN": [{"House", "Ház"}], "TUR": [{"House"}, {"Senate"}]}
RULES = {
    ally: Rules(ally, chambers=tuple(Chamber(frozenset(names)) for names in chambers))
    for ally, chambers in CHAMBERS.items()
}
ALLY_KINDS = (
    "submitted",
    "laid",
    "referred",
    "committee_vote",
    "chamber_vote",
    "consent",
    "assented",
    "deposited",
    "published",
    "ratified",
    "executive_approval",
)
OWN_KINDS = ("application", "statement")
# Most histories begin with something to ratify; else nobody would be required in most of them.
FOUNDERS = (("HUN", "TUR"), ("HUN", "TUR"), ("TUR",), ())
BEGINNINGS = (
    ("application", "protocol_signed"),
    ("application", "protocol_signed", "protocol_in_force"),
    ("invitation", "protocol_signed", "protocol_in_force"),
    ("protocol_signed",),
    (),
)
NATO_KINDS = ("invitation", "protocol_signed", "protocol_in_force")


@st.composite
def days(draw: st.DrawFn) -> tuple[date, ...]:
    """A day, a month, a year, or some days in a row."""
    start = draw(st.dates(FIRST, LAST))
    length = draw(st.sampled_from((1, 1, 1, 7, 31, 120)))
    return tuple(day for day in (start + timedelta(days=number) for number in range(length)) if day <= LAST)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """One event as a source may tell it."""
    who = draw(st.sampled_from(("ally", "ally", "ally", "nato", "own", "joining")))
    if who == "nato":
        return Telling(draw(st.sampled_from(NATO_KINDS)), "NATO", draw(days()))
    if who == "own":
        return Telling(draw(st.sampled_from(OWN_KINDS)), APPLICANT, draw(days()))
    if who == "joining":
        return Telling("acceded", draw(st.sampled_from(ALLIES)), draw(days()))
    kind = draw(st.sampled_from(ALLY_KINDS))
    office = draw(st.sampled_from(("House", "Ház", "Senate", ""))) if kind == "chamber_vote" else ""
    carried = draw(st.sampled_from((None, True, False))) if kind == "chamber_vote" else None
    return Telling(kind, draw(st.sampled_from(ALLIES)), draw(days()), office, carried)


@dataclass(frozen=True)
class History:
    """A log, and a question to it."""

    log: tuple[Entry, ...]
    edition: int
    as_of: date


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Some entries: new events, and earlier ones put right or taken back."""
    log = [Entry(f"founder-{ally}", Telling("acceded", ally, (FIRST,))) for ally in draw(st.sampled_from(FOUNDERS))]
    log.extend(Entry(kind, Telling(kind, "NATO", draw(days()))) for kind in draw(st.sampled_from(BEGINNINGS)))
    for number in range(draw(st.integers(0, 14))):
        keys = sorted({entry.key for entry in log})
        change = draw(st.sampled_from(("new", "new", "new", "rectify", "retract"))) if keys else "new"
        key = f"event-{number}" if change == "new" else draw(st.sampled_from(keys))
        log.append(Entry(key, None if change == "retract" else draw(tellings())))
    edition = draw(st.sampled_from((len(log), len(log), draw(st.integers(0, len(log))))))
    return History(tuple(log), edition, draw(st.dates(FIRST, LAST)))


def acts_of(log: tuple[Entry, ...]) -> list[Act]:
    """The log as rows: each telling, with the positions at which it came and went."""
    acts: list[Act] = []
    for position, entry in enumerate(log, 1):
        acts = [act_ended(act, position) if act.key == entry.key and act.ended is None else act for act in acts]
        if entry.says is not None:
            acts.append(act_of(entry.key, entry.says, position))
    return acts


def act_ended(act: Act, position: int) -> Act:
    return Act(
        act.key, act.kind, act.actor, act.occurred, act.accession, act.office, act.carried, act.recorded, position
    )


def act_of(key: str, telling: Telling, position: int) -> Act:
    occurred = PartialDate(telling.days[0], telling.days[-1], Precision.INTERVAL)
    return Act(
        key, EventKind(telling.kind), telling.actor, occurred, APPLICANT, telling.office, telling.carried, position
    )


def stand(history: History) -> dict[str, dict[str, str]]:
    acts = known(acts_of(history.log), history.edition)
    standing = stand_accession(process_of(APPLICANT, acts), memberships_in(acts), RULES, history.as_of)
    return {
        one.ally: {stage.value: one.by(stage).value for stage in Stage if stage is not Stage.SIGNED}
        for one in standing.required
    }


MONTHS = tuple(CALENDAR)


@settings(max_examples=4 * settings().max_examples)
@given(histories())
@example(
    History(
        (
            Entry("founder-TUR", Telling("acceded", "TUR", (FIRST,))),
            Entry("signed", Telling("protocol_signed", "NATO", (date(2022, 2, 5),))),
            Entry("deposited", Telling("deposited", "TUR", MONTHS)),
            Entry("consent", Telling("consent", "TUR", (date(2022, 3, 1),))),
            Entry("deposited", None),
        ),
        5,
        date(2022, 4, 1),
    )
)
def test_standing_equals_a_replay_of_the_log(history: History) -> None:
    expected = replay(list(history.log), history.edition, APPLICANT, history.as_of, CHAMBERS)

    assert stand(history) == expected


@given(histories())
def test_counts_add_up_and_nothing_is_both_pending_and_unknown(history: History) -> None:
    acts = known(acts_of(history.log), history.edition)
    standing = stand_accession(process_of(APPLICANT, acts), memberships_in(acts), RULES, history.as_of)

    assert all(sum(counted.values()) == len(standing.required) for counted in standing.counts.values())
    assert set(standing.pending).isdisjoint(standing.unknown)
    assert len(standing.pending) == standing.counts[Stage.APPROVED][Reached.NOT_REACHED]


@given(histories(), st.dates(FIRST, LAST))
def test_time_only_takes_answers_forward(history: History, later: date) -> None:
    """As the world's clock runs, what was reached stays reached, and what was unknown does not become undone."""
    earlier, later = sorted((history.as_of, later))
    order = ["not_reached", "unknown", "reached"]

    before = stand(History(history.log, history.edition, earlier))
    after = stand(History(history.log, history.edition, later))

    assert set(before) <= set(after)
    assert all(
        order.index(after[ally][stage]) >= order.index(state)
        for ally, stages in before.items()
        for stage, state in stages.items()
    )


@given(histories())
def test_every_date_names_the_events_it_rests_on(history: History) -> None:
    acts = known(acts_of(history.log), history.edition)
    standing = stand_accession(process_of(APPLICANT, acts), memberships_in(acts), RULES, history.as_of)

    keys = {act.key for act in acts}
    dates = [found for one in standing.required for found in one.dates.values()] + list(standing.milestones.values())
    assert all(bool(found.evidence) == (found.occurred is not None) for found in dates)
    assert all(set(found.evidence) <= keys for found in dates)
    assert standing.status in AccessionStatus


LADDER: list[Stage] = [stage for stage in Stage if stage is not Stage.SIGNED]


def contradict(acts: list[Act]) -> bool:
    """Whether some act of a later stage certainly came before one of an earlier stage, or before all could begin."""
    dated = [(LADDER.index(EVIDENCE[act.kind]), act.occurred) for act in acts if act.kind in EVIDENCE]
    return any(
        early < late and first.earliest and last.latest and first.earliest > last.latest
        for early, first in dated
        for late, last in dated
    )


@given(histories())
def test_stage_intervals_are_ordered(history: History) -> None:
    """No later stage may have been reached before an earlier one, unless the acts on record say so themselves."""
    acts = [act for act in known(acts_of(history.log), history.edition) if act.kind in EVIDENCE]

    for ally in ALLIES:
        own = [act for act in acts if act.actor == ally]
        dates = [date_stages(own, Bounds())[stage].occurred for stage in LADDER]
        days = [one for one in dates if one is not None]
        assert contradict(own) or all(
            (early.earliest or date.min) <= (late.earliest or date.min)
            and (early.latest or date.max) <= (late.latest or date.max)
            for early, late in pairwise(days)
        )
        assert None not in dates[: len(days)]


@given(histories())
def test_what_is_shown_of_a_day_holds_nothing_from_later(history: History) -> None:
    """Asked of a record that ends with the day, wherever the state is the same, the rest is too."""
    acts = known(acts_of(history.log), history.edition)
    by_day = [act for act in acts if act.occurred.earliest and act.occurred.earliest <= history.as_of]
    now, then = (
        stand_accession(process_of(APPLICANT, some), memberships_in(some), RULES, history.as_of)
        for some in (acts, by_day)
    )

    pairs = [(now.on(one), then.on(one)) for one in Milestone]
    for ally in set(now.ratifications) & set(then.ratifications):
        pairs += [(now.ratifications[ally].on(one), then.ratifications[ally].on(one)) for one in LADDER]
    assert all(shown == alone for shown, alone in pairs if shown.state is alone.state)
    seen = {act.key for act in by_day}
    assert all(set(shown.evidence) <= seen for shown, _alone in pairs)
    assert all(shown.occurred is None or (shown.occurred.earliest or date.min) <= history.as_of for shown, _ in pairs)
    assert all(shown.occurred is None for shown, _ in pairs if not shown.is_seen)
