"""A statement checked: the verdict in a sentence, what it rests on, and the address that can be cited."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.checking import Matter, Verdict
from tracker.domain.checking.clauses import STAGE_OF
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.language.collation import codes_in_order
from tracker.pages.page import Page
from tracker.readmodel.checking import Check, check, check_document
from tracker.readmodel.statements import NotUnderstood, clauses_of

# What can be chosen in the form; the other acts can be written.
_ACTS: Final = (Matter.APPROVED, Matter.ASSENTED, Matter.DEPOSITED, Matter.SUBMITTED)
_CLOCKS: Final = ("as_of", "known_at")


class CheckStatement(Page):
    """Whether the record supports a statement."""

    template_name = "check.html"
    section = "check"
    # Of sentences there is no end, and none is asked for twice.
    is_kept = False

    @property
    def title(self) -> str:
        return _("Check a statement")

    @cached_property
    def asked(self) -> dict[str, str]:
        """The statement as it was asked, without the clocks."""
        return {name: str(value) for name, value in self.request.GET.items() if name not in _CLOCKS}

    @cached_property
    def checked(self) -> Check | None:
        """The statement with its verdict; None where nothing is asked. Raises `NotUnderstood`."""
        clauses = clauses_of(self.asked, self.record, self.clock.as_of)
        return check(self.record, clauses, self.clock.as_of) if clauses else None

    @cached_property
    def document(self) -> dict[str, Any] | None:
        """The check as the API answers it; None where nothing is asked, or not understood."""
        try:
            checked = self.checked
        except NotUnderstood:
            return None
        if checked is None:
            return None
        return check_document(checked, self.clock.edition_name, as_of=self.clock.as_of)

    def permanent(self) -> str:
        """The address of the form, and never of the free text."""
        return f"{settings.BASE_URL}{self.document['cite_url']}" if self.document else super().permanent()

    def _render(self) -> HttpResponse:
        try:
            checked, refusal = self.checked, None
        except NotUnderstood as error:
            checked, refusal = None, error
        context = self.get_context_data(checked=checked, refusal=refusal, **self._shown())
        return self.render_to_response(context, status=422 if refusal else 200)

    def _shown(self) -> dict[str, Any]:
        document = self.document
        if document is None:
            return {}
        return {"document": document, "answer": document["sentence"], "stages": list(_labelled(document["stages"]))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            query=self.asked.get("q", ""),
            verdicts=Verdict,
            acts=[(act.value, STAGE_OF[act].label) for act in _ACTS],
            accessions=codes_in_order(self.names, self.record.accessions_by(self.clock.as_of)),
            allies=codes_in_order(self.names, self.record.members(self.clock.as_of)),
            **kwargs,
        )


def _labelled(stages: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Each stage or milestone by its label, with where it stood in words."""
    for name, stage in stages.items():
        turn = Stage(name) if name in Stage.values else Milestone(name)
        yield str(turn.label), stage, str(Reached(stage["state"]).label)


class Resolver(CheckStatement):
    """One act of one ally by one day, under an address that says just that: for who has to settle a question on it."""

    @cached_property
    def asked(self) -> dict[str, str]:
        """The act that the address names."""
        return {name: str(self.kwargs[name]) for name in ("accession", "ally", "act", "by")}
