"""What the record holds of a statement, as a clause that stands behind the verdict, in the language that is active."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.checking.clauses import MILESTONE_OF, STAGE_OF, Matter
from tracker.domain.checking.together import Counted
from tracker.domain.dates import PartialDate
from tracker.domain.standing import StageDate
from tracker.domain.vocabulary import Claim, Milestone, Reached, Stage
from tracker.language.grammar import as_owner, as_subject, part_of
from tracker.language.words import in_turn, join, labelled, list_names, say_date, say_day, say_days
from tracker.readmodel.checking.acts_in_words import had_not, who_did
from tracker.readmodel.checking.finding import Asked
from tracker.readmodel.events import RecordedEvent


def outside() -> str:
    """That the record is not about such a thing."""
    return _("the record is not about this")


def not_needed(asked: Asked, *, signed: bool) -> str:
    """That the state had nothing to do on the protocol."""
    of_state = as_owner(asked.name(asked.clause.accession))
    if not signed:
        return _("no protocol on %(of_state)s accession had been signed, so that nobody could ratify it") % {
            "of_state": of_state
        }
    ally = as_subject(asked.name(asked.clause.ally))
    return _("the protocol on %(of_state)s accession did not need %(ally)s") % {"of_state": of_state, "ally": ally}


def of_ally(asked: Asked, stages: Mapping[str, StageDate], acts: Sequence[Matter]) -> str:
    """When the ally did it, or that it had not by the day claimed."""
    return in_turn(_of_stage(asked, stages[STAGE_OF[act].value], STAGE_OF[act]) for act in acts)


def _of_stage(asked: Asked, dated: StageDate, stage: Stage) -> str:
    words = {
        "ally": as_subject(asked.name(asked.clause.ally)),
        "of_ally": as_owner(asked.name(asked.clause.ally)),
        "of_state": as_owner(asked.name(asked.clause.accession)),
        "day": say_day(asked.day),
    }
    return _told(asked, dated, had_not(stage) % words, who_did(stage) % words)


def _told(asked: Asked, dated: StageDate, undone: str, done: str) -> str:
    """The act with its date, or that it was not done by the day claimed, with its date where the day asked has it."""
    by, shown = dated.by(asked.day), dated.on(asked.as_of)
    if by is Reached.REACHED and dated.occurred:
        return dated_act(done, dated.occurred)
    if by is Reached.UNKNOWN:
        return _not_decided(done, shown.occurred)
    if shown.state is Reached.REACHED and shown.occurred:
        return in_turn([undone, _("that came later: %(date)s") % {"date": say_date(shown.occurred)}])
    return undone


def _not_decided(done: str, occurred: PartialDate | None) -> str:
    return labelled(done, say_date(occurred) if occurred else _("the day is not on record"))


def dated_act(done: str, occurred: PartialDate) -> str:
    """The act and its date."""
    return labelled(done, say_date(occurred))


def of_edge(asked: Asked, edges: Mapping[Matter, tuple[tuple[str, ...], PartialDate | None]]) -> str:
    """Who was the last, or the first, to do each of the acts."""
    return in_turn(_edge(asked, act, *edge) for act, edge in edges.items())


def _edge(asked: Asked, act: Matter, allies: Sequence[str], when: PartialDate | None) -> str:
    label = str(STAGE_OF[act].label)
    if when is None or when.by(asked.as_of) is not Reached.REACHED:
        pattern = ngettext("%(count)d ally may have been it", "%(count)d allies may have been it", len(allies))
        return labelled(label, pattern % {"count": len(allies)})
    told = {"ally": as_subject(asked.name(allies[0])), "date": say_date(when)}
    sentence = _("the first was %(ally)s, %(date)s") if asked.clause.first else _("the last was %(ally)s, %(date)s")
    return labelled(label, sentence % told)


def of_order(asked: Asked, dates: Mapping[str, StageDate]) -> str:
    """When each of the allies named did it."""
    return in_turn(_of_party(asked, ally, dates.get(ally)) for ally in asked.clause.order)


def _of_party(asked: Asked, code: str, dated: StageDate | None) -> str:
    occurred = dated.on(asked.as_of).occurred if dated else None
    return labelled(asked.name(code), say_date(occurred) if occurred else _("the day is not on record"))


def of_counts(asked: Asked, by_act: Mapping[Matter, Counted]) -> str:
    """How many allies had done it by the day claimed, and who had not."""
    if not any(by.required for by in by_act.values()):
        return not_needed(asked, signed=False)
    return in_turn(_count(asked, act, by) for act, by in by_act.items())


def _count(asked: Asked, act: Matter, by: Counted) -> str:
    told = _("%(stage)s by %(day)s: %(reached)s of %(required)d allies") % {
        "stage": STAGE_OF[act].label,
        "day": say_day(asked.day),
        "reached": part_of(len(by.reached)),
        "required": by.required,
    }
    parts = [told]
    if 0 < len(by.not_reached) <= 5:
        parts.append(_("still missing: %(names)s") % {"names": list_names(by.not_reached, asked.names)})
    if by.unknown:
        parts.append(_("not known of %(count)d") % {"count": len(by.unknown)})
    return in_turn(parts)


def of_milestone(asked: Asked, dated: StageDate) -> str:
    """When the applicant came so far, or that it had not by the day claimed."""
    milestone = MILESTONE_OF.get(asked.clause.act, Milestone.ACCEDED)
    words = {
        "state": as_subject(asked.name(asked.clause.accession)),
        "of_state": as_owner(asked.name(asked.clause.accession)),
        "day": say_day(asked.day),
    }
    return _told(asked, dated, had_not(milestone) % words, who_did(milestone) % words)


def of_rank(asked: Asked, rank: tuple[int, int] | None) -> str:
    """Which place the state has among the members."""
    name = asked.name(asked.clause.accession)
    if rank is None:
        return had_not(Milestone.ACCEDED) % {"state": as_subject(name), "day": say_day(asked.day)}
    place = str(rank[0]) if rank[0] == rank[1] else f"{rank[0]}–{rank[1]}"
    return _("place of %(state)s among the members, by day of accession: %(place)s") % {
        "state": as_subject(name),
        "place": place,
    }


def of_days(asked: Asked, dated: StageDate) -> str:
    """How many days lay between the two acts."""
    from_act = MILESTONE_OF[asked.clause.since or Matter.SIGNED]
    process = asked.edition.processes.get(asked.clause.accession)
    start = process.milestones[from_act].on(asked.as_of).occurred if process else None
    end = dated.on(asked.as_of).occurred
    if not (start and end and start.latest and end.latest):
        return _("the day is not on record")
    told = {"first": say_date(start), "last": say_date(end), "days": say_days((end.latest - start.latest).days)}
    return _("from %(first)s to %(last)s: %(days)s") % told


def of_members(asked: Asked, count: int) -> str:
    """How many members there were on the day claimed."""
    pattern = ngettext(
        "on %(day)s %(count)d state was a member of NATO", "on %(day)s %(count)d states were members of NATO", count
    )
    return pattern % {"day": say_day(asked.day), "count": count}


def of_required(asked: Asked, first: int, last: int) -> str:
    """How many allies the protocol needed."""
    told = {"of_state": as_owner(asked.name(asked.clause.accession)), "first": first, "last": last}
    if first == last:
        return _("the protocol on %(of_state)s accession needed %(last)d allies") % told
    return (
        _("the protocol on %(of_state)s accession needed %(first)d allies at signature and %(last)d in the end") % told
    )


def of_own_events(asked: Asked, events: Sequence[RecordedEvent]) -> str:
    """Which of them are on record."""
    if not events:
        return _("no such act is on record")
    return in_turn(_event(asked, event) for event in events)


def _event(asked: Asked, event: RecordedEvent) -> str:
    votes = event.act.votes
    told = say_date(event.on(asked.as_of).occurred)
    tally = f", {votes.yes}–{votes.no}" if votes and votes.no is not None else ""
    return labelled(str(event.kind.label), f"{told}{tally}")


def of_votes(asked: Asked, events: Sequence[RecordedEvent]) -> str:
    """The votes on record, with their numbers."""
    if not events:
        return _("no such vote is on record")
    return in_turn(_vote(asked, event) for event in events)


def _vote(asked: Asked, event: RecordedEvent) -> str:
    told = say_date(event.on(asked.as_of).occurred)
    house = event.act.office or asked.name(event.actor)
    votes = event.act.votes
    if votes is None:
        return labelled(house, f"{told}, {_('no tally on record')}")
    against = _("%(count)d against") % {"count": votes.no} if votes.no is not None else ""
    parts = [told, _("%(count)d for") % {"count": votes.yes}, against]
    return labelled(house, ", ".join(filter(None, parts)))


def of_name(asked: Asked, renamed: PartialDate) -> str:
    """From when the state had the name that it has now."""
    return labelled(_("its name of today is in use since"), say_date(renamed))


def of_claims(asked: Asked, claims: Sequence[Mapping[str, Any]]) -> str:
    """Who had said what."""
    if not claims:
        return _("no such statement is on record")
    return join([_claim(asked, claim) for claim in claims[:6]])


def of_judgement(asked: Asked, claims: Sequence[Mapping[str, Any]]) -> str:
    """That nobody here judges, and who says what."""
    none = _("the record gives no verdict on this; it tells who says what")
    return labelled(none, of_claims(asked, claims)) if claims else none


def _claim(asked: Asked, claim: Mapping[str, Any]) -> str:
    said = _("“%(status)s” (%(date)s)") % {
        "status": Claim(claim["status"]).label,
        "date": say_date(PartialDate.parse(claim["since"])),
    }
    return labelled(asked.name(claim["by"]), said)
