"""Statements: several speakers and several claims entered at once, put right, and taken back."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ActWarning, ChangeRequest, version_of
from tracker.desk.access.permissions import CLAIM, RECTIFY
from tracker.desk.drafts.change_requests import ChangeRequestPage, TakeBackPage, justification_in, sources_in
from tracker.desk.drafts.parts import Parts
from tracker.desk.forms.citations import CitationRows, RowsOfFacts, citation_initial
from tracker.desk.forms.saving import RowGroundForm
from tracker.desk.forms.statements import (
    ClaimRows,
    RelationRows,
    SpeakerRows,
    StatementForm,
    relation_initial,
    speaker_initial,
    statement_initial,
)
from tracker.domain.exceptions import Unfit
from tracker.domain.facts import SpeakerFact, StatementFact
from tracker.domain.standing.speaking import ORGANS, VOICE_OF, voice_of
from tracker.domain.vocabulary import AuditAction, SourceClass, Subject, Verb
from tracker.models import Commitment, Statement
from tracker.models.facts_of_rows import statement_fact

_REPORTS = frozenset({SourceClass.MEDIA, SourceClass.AGENCY, SourceClass.SOCIAL})


class StatementDraft(ChangeRequestPage):
    """What the pages on statements share: the commitments to choose from, and what is doubted about who spoke."""

    fact: StatementFact

    def beside(self) -> dict[str, Any]:
        rows = Commitment.objects.order_by("title").values_list("title", "key")
        return {"commitments": [f"{title} · {key}" for title, key in rows]}

    def rows(self, data: Any, prefix: str, kind: Any) -> Any:
        """The rows of that prefix with what was sent, all with one directory."""
        return kind(data, prefix=prefix, form_kwargs={"directory": self.directory})

    def warnings(self) -> Sequence[ActWarning]:
        return list(self._doubts())

    def _doubts(self) -> Iterator[ActWarning]:
        for speaker in self.fact.speakers:
            yield from self._doubt(speaker)

    def _doubt(self, speaker: SpeakerFact) -> Iterator[ActWarning]:
        """Whether somebody is made to speak for a state who does not, or who cannot be looked up."""
        party = self.directory.parties[speaker.party]
        name = self.directory.name(speaker.party)
        sources = self.change_request.all_sources
        if speaker.kind in VOICE_OF and party.kind == "state":
            voice = self.directory.name(voice_of(speaker))
            yield ActWarning("speakers", f"This does not speak for {name}: its claims stand under “{voice}”.")
        if speaker.kind in ORGANS and not (speaker.office or speaker.person):
            yield ActWarning("speakers", f"Who spoke for {name}? Neither an office nor a person is named.")
        if speaker.kind in ORGANS and speaker.office in {source.publisher for source in sources}:
            yield ActWarning(
                "speakers", f"“{speaker.office}” publishes the source: is it the one that speaks for {name}?"
            )
        told = all(source.source_class in _REPORTS and not source.quote for source in sources)
        if speaker.kind in ORGANS and not speaker.told_by and sources and told:
            yield ActWarning("citations", f"Only reports are cited, without a quote: does one of them quote {name}?")


class StatementPage(StatementDraft):
    """One utterance with all who spoke, and all that it says of commitments."""

    permission = CLAIM
    title = "Enter a statement"
    action = AuditAction.RECORDED

    def empty(self) -> Parts:
        some = {"directory": self.directory}
        return {
            "draft": StatementForm(directory=self.directory),
            "speakers": SpeakerRows(prefix="speakers", form_kwargs=some),
            "claims": ClaimRows(prefix="claims", form_kwargs=some),
            "relations": RelationRows(prefix="relations", form_kwargs=some),
            "citations": CitationRows(prefix="citations"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "draft": StatementForm(data, directory=self.directory),
            "speakers": self.rows(data, "speakers", SpeakerRows),
            "claims": self.rows(data, "claims", ClaimRows),
            "relations": self.rows(data, "relations", RelationRows),
            "citations": CitationRows(data, prefix="citations"),
        }

    def compose(self, parts: Parts) -> ChangeRequest:
        form = cast(StatementForm, parts["draft"])
        sources = sources_in(parts, form.cleaned_data["title"])
        bare = form.fact(_speakers(parts), sources)
        try:
            claims = [
                claim for row in cast(RowsOfFacts, parts["claims"]).filled() for claim in row.facts(bare, sources)
            ]
        except ValidationError as refusal:
            raise Unfit("claims", " ".join(refusal.messages)) from refusal
        hanging = {"claims": tuple(claim.key for _, claim in claims), "relations": _relations(parts)}
        self.fact = StatementFact.model_validate({**dict(bare), **hanging, "sources": () if claims else bare.sources})
        return ChangeRequest(
            verb=Verb.RECORD,
            subject=Subject.STATEMENT,
            key=self.fact.key,
            title=self.fact.title,
            fact=self.fact.document(),
            claims=tuple((key, claim.document()) for key, claim in claims),
        )

    def done_at(self) -> str:
        return reverse("admin:tracker_statement_change", args=[Statement.objects.get(key=self.fact.key).pk])


class RectifyStatementPage(StatementDraft):
    """Say otherwise who spoke, where and how. The claims that hang from it are put right each by itself."""

    permission = RECTIFY
    title = "Rectify a statement"
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"
    statement: Statement

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.statement = get_object_or_404(Statement.objects.standing(), pk=options["pk"])

    def empty(self) -> Parts:
        version = version_of(Subject.STATEMENT, self.statement.key)
        return {"ground": RowGroundForm(initial={"version": version}, label_suffix=""), **self._shown()}

    def _shown(self) -> Parts:
        was, some = statement_fact(self.statement), {"directory": self.directory}
        told = speaker_initial(was, self.directory)
        return {
            "draft": StatementForm(initial=statement_initial(was), directory=self.directory),
            "speakers": SpeakerRows(initial=told, prefix="speakers", form_kwargs=some),
            "relations": RelationRows(initial=relation_initial(was), prefix="relations", form_kwargs=some),
            "citations": CitationRows(initial=citation_initial(was.sources), prefix="citations"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "ground": RowGroundForm(data, label_suffix=""),
            "draft": StatementForm(data, directory=self.directory),
            "speakers": self.rows(data, "speakers", SpeakerRows),
            "relations": self.rows(data, "relations", RelationRows),
            "citations": CitationRows(data, prefix="citations"),
        }

    def compose(self, parts: Parts) -> ChangeRequest:
        was = statement_fact(self.statement)
        sources = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
        bare = cast(StatementForm, parts["draft"]).fact(_speakers(parts), sources, replaces=was)
        self.fact = bare.model_copy(update={"relations": _relations(parts)})
        return ChangeRequest(
            verb=Verb.RECTIFY,
            subject=Subject.STATEMENT,
            key=was.key,
            title=was.title,
            version=cast(RowGroundForm, parts["ground"]).cleaned_data["version"],
            fact=self.fact.document(),
            **justification_in(parts),
        )

    def done_at(self) -> str:
        return reverse("admin:tracker_statement_change", args=[self.statement.pk])


class RetractStatementPage(TakeBackPage):
    """Take a statement back: nobody spoke so. What hangs from it then has no speaker, until it is put right itself."""

    permission = RECTIFY
    title = "Take a statement back"
    action = AuditAction.RECTIFIED
    statement: Statement

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.statement = get_object_or_404(Statement.objects.standing(), pk=options["pk"])

    def compose(self, parts: Parts) -> ChangeRequest:
        about = {"key": self.statement.key, "title": self.statement.title}
        return ChangeRequest(verb=Verb.RETRACT, subject=Subject.STATEMENT, **about, **justification_in(parts))

    def done_at(self) -> str:
        return reverse("admin:tracker_statement_change", args=[self.statement.pk])


def _speakers(parts: Parts) -> list[SpeakerFact]:
    """Those who spoke. Raises `Unfit` where nobody did."""
    speakers = [row.speaker() for row in cast(RowsOfFacts, parts["speakers"]).filled()]
    if not speakers:
        raise Unfit("speakers", "Say who spoke: a statement without a speaker is nobody’s.")
    return speakers


def _relations(parts: Parts) -> tuple[Any, ...]:
    return tuple(row.relation() for row in cast(RowsOfFacts, parts["relations"]).filled())
