"""Rows of the record as facts. Each function names the queryset method that loads what it reads."""

from tracker.domain.facts import (
    AssessmentFact,
    ChamberFact,
    CommitmentFact,
    DatedName,
    Differing,
    DueFact,
    EventFact,
    FigureFact,
    Parliament,
    PartyFact,
    ProcedureFact,
    Source,
    StatementFact,
    Stem,
    StepFact,
    Tally,
)
from tracker.domain.vocabulary import ALLIANCE, PartyRole
from tracker.models import (
    Assessment,
    Chamber,
    Citation,
    Commitment,
    Conflict,
    Event,
    Party,
    Procedure,
    ProcedureStep,
    Statement,
)


def source_of(citation: Citation) -> Source:
    """The citation as a fact."""
    return Source(
        url=citation.url,
        title=citation.title,
        publisher=citation.publisher,
        source_class=citation.source_class,
        published=citation.published,
        quote=citation.quote,
        quote_language=citation.quote_language,
        archived_url=citation.archived_url,
    )


def differing_of(conflict: Conflict) -> Differing:
    """The conflicting value as a fact."""
    return Differing(field=conflict.field, value=conflict.value, url=conflict.url)


def event_fact(event: Event) -> EventFact:
    """The event as a fact. Reads what `Event.objects.with_parts()` has loaded."""
    return EventFact(
        key=event.key,
        accession=event.accession_id,
        treaty=event.treaty,
        actor=event.actor_id,
        also=tuple(event.also),
        others=tuple(sorted(party.code for party in event.others.all())),
        office=event.office,
        kind=event.kind,
        occurred=event.occurred,
        planned=event.planned,
        announced=event.announced,
        follows=event.follows,
        step=event.step,
        votes=_tally(event),
        outcome=event.outcome or None,
        referendum=event.referendum,
        ordinal=event.ordinal,
        title=event.title,
        detail=event.detail,
        sources=tuple(source_of(one) for one in event.citations.all()),
        conflicts=tuple(differing_of(one) for one in event.conflicts.all()),
        confidence=event.confidence,
        tags=tuple(event.tags),
    )


def _tally(event: Event) -> Tally | None:
    if event.votes_yes is None:
        return None
    return Tally(yes=event.votes_yes, no=event.votes_no, abstain=event.votes_abstain, absent=event.votes_absent)


def assessment_fact(assessment: Assessment) -> AssessmentFact:
    """The claim as a fact. Reads what `Assessment.objects.with_parts()` has loaded."""
    return AssessmentFact(
        key=assessment.key,
        occurred=assessment.occurred,
        by=assessment.by_id,
        status=assessment.status,
        basis=assessment.basis,
        office=assessment.office,
        note=assessment.note,
        confidence=assessment.confidence or None,
        about=tuple(assessment.about),
        figures=tuple(FigureFact.model_validate(one) for one in assessment.figures),
        due=DueFact.model_validate(assessment.due) if assessment.due else None,
        sources=tuple(source_of(one) for one in assessment.citations.all()),
    )


def commitment_fact(commitment: Commitment, assessments: tuple[AssessmentFact, ...] = ()) -> CommitmentFact:
    """The commitment as a fact, with the claims given. Reads what `Commitment.objects.with_parts()` has loaded."""
    parties = list(commitment.parties.all())
    return CommitmentFact(
        key=commitment.key,
        accession=commitment.accession_id or ALLIANCE,
        also=tuple(sorted(one.code for one in commitment.also.all())),
        kind=commitment.kind,
        category=commitment.category,
        title=commitment.title,
        detail=commitment.detail,
        asked_by=tuple(one.party_id for one in parties if one.role == PartyRole.ASKS),
        owed_by=tuple(one.party_id for one in parties if one.role == PartyRole.OWES),
        office=commitment.office,
        stems_from=Stem(text=commitment.text, date=commitment.text_date, clause=commitment.clause),
        sources=tuple(source_of(one) for one in commitment.citations.all() if one.order not in commitment.uncited),
        conflicts=tuple(differing_of(one) for one in commitment.conflicts.all()),
        confidence=commitment.confidence,
        assessments=assessments,
    )


def statement_fact(statement: Statement) -> StatementFact:
    """The statement as a fact."""
    return StatementFact.model_validate(statement.document)


def party_fact(party: Party) -> PartyFact:
    """The party as a fact. Reads what `Party.objects.for_display()` has loaded."""
    return PartyFact(
        code=party.code,
        kind=party.kind,
        alpha2=party.alpha2,
        capital=party.capital,
        founding_member=party.founding_member,
        names=tuple(
            DatedName(language=name.language, text=name.text, since=name.since, until=name.until)
            for name in party.names.all()
        ),
        sources=tuple(Source.model_validate(one) for one in party.sources),
    )


def procedure_fact(procedure: Procedure) -> ProcedureFact:
    """The procedure as a fact. Reads what `Procedure.objects.with_parts()` has loaded."""
    return ProcedureFact(
        ally=procedure.ally_id,
        valid_from=procedure.valid_from,
        valid_until=procedure.valid_until,
        boundary=procedure.boundary,
        legal_basis=procedure.legal_basis,
        earlier=procedure.earlier,
        paths_taken=procedure.paths_taken,
        parliament=Parliament(name=procedure.parliament, native=procedure.parliament_native, website=procedure.website),
        chambers=tuple(_chamber(chamber) for chamber in procedure.chambers.all()),
        parliament_votes=procedure.parliament_votes,
        chambers_that_vote=tuple(chamber.name for chamber in procedure.chambers.all() if chamber.votes),
        steps=tuple(_step(step) for step in procedure.steps.all()),
        majority=procedure.majority,
        referendum=procedure.referendum,
        advance_consent_possible=procedure.advance_consent_possible,
        tacit_approval_possible=procedure.tacit_approval_possible,
        territorial_scope=procedure.territorial_scope,
        gazette=procedure.gazette,
        open_data=procedure.open_data,
        notes=procedure.notes,
        sources=tuple(Source.model_validate(one) for one in procedure.sources),
        confidence=procedure.confidence,
        unsourced_fields=tuple(procedure.unsourced_fields),
        conflicts=tuple(Differing.model_validate(one) for one in procedure.conflicts),
    )


def _chamber(chamber: Chamber) -> ChamberFact:
    return ChamberFact(
        name=chamber.name,
        native=chamber.native,
        seats=chamber.seats,
        seats_earlier=chamber.seats_earlier,
        role=chamber.role,
        majority=chamber.majority,
        quorum=chamber.quorum,
    )


def _step(step: ProcedureStep) -> StepFact:
    return StepFact(
        order=step.order,
        kind=step.kind,
        body=step.body,
        note=step.note,
        alternative=step.alternative,
        optional=step.optional,
        group=step.group,
        path=step.path,
    )
