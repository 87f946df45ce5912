"""A statement checked: the verdict, the sentence, the evidence, and the address that can be cited."""

from typing import Annotated, Any, Literal

from django.http.response import HttpResponseBase
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Lang, Parameters
from api.problems import Problem
from api.serializers import CheckSerializer
from api.views.base import RecordView
from tracker.domain.checking import Matter
from tracker.domain.exceptions import BadParameter
from tracker.readmodel.checking import check, check_document
from tracker.readmodel.checking.asking import parameters_of
from tracker.readmodel.statements import NotUnderstood, clauses_of

Line = Annotated[str, Field(max_length=300)]
Party = Annotated[
    str | None,
    Field(max_length=80, description="A state or organisation, by its code or by any name that it has or had."),
]
Day = Annotated[str | None, Field(json_schema_extra={"format": "date"})]
Flag = Annotated[Literal["0", "1", "true", "false"] | None, Field(description="`1` for yes.")]
Count = Annotated[str | None, Field(pattern=r"^\d{1,5}$")]


class CheckParameters(Parameters):
    """A statement, in words or as a form."""

    q: Line | None = Field(None, description="The statement in English, at most 300 characters; or else the form.")
    accession: Party = None
    ally: Party = None
    subject: Annotated[str | None, Field(max_length=80)] = Field(
        None, description="`allies` for all of them together; else who is spoken of."
    )
    act: Matter | None = Field(None, description="What is said to have happened.")
    by: Day = Field(None, description="On that day or before.")
    on: Day = Field(None, description="On that day.")
    before: Day = Field(None, description="Before that day.")
    after: Day = Field(None, description="After that day.")
    at: Day = Field(None, description="It stood so on that day.")
    from_: Day = Field(None, alias="from", description="The first day of a span, with `until`.")
    until: Day = Field(None, description="The last day of a span.")
    negated: Flag = None
    n: Count = Field(None, description="How many allies, with `subject=allies`; how many members.")
    at_least: Count = Field(None, description="That many, or more.")
    of: Count = Field(None, description="Of how many.")
    signed: Count = Field(None, description="How many allies signed, with `act=required`.")
    missing: Line | None = Field(None, description="The allies that had not, all others having done it: `HUN,TUR`.")
    first: Flag = None
    last: Flag = None
    rank: Count = Field(None, description="The place: 32 for the 32nd member.")
    order: Line | None = Field(None, description="Allies in the order claimed: `HUN,TUR`.")
    tally: Annotated[str | None, Field(pattern=r"^\d{0,5}-\d{0,5}$")] = Field(
        None, description="Votes for and against: `287-55`; a side may be left out."
    )
    chamber: Line | None = Field(None, description="The chamber that voted.")
    outcome: Literal["carried", "rejected"] | None = Field(None, description="How the vote ended.")
    since: Matter | None = Field(None, description="The milestone from which `days` are counted.")
    days: Count = Field(None, description="How many days lay between.")
    more_than: Count = Field(None, description="More days than that.")
    commitment: Line | None = Field(None, description="The key of a commitment.")
    status: Line | None = Field(None, description="What the party said of it.")
    lang: Lang = None
    clause: Annotated[str | None, Field(max_length=2000)] = Field(
        None, description="Several forms: `accession:SWE;ally:TUR;act:approved`, separated by commas."
    )


_OWN = {"as_of", "known_at", "fields", "format", "lang"}
_ON_THE_PAGE = tuple(name for name in CheckParameters.model_fields if name not in _OWN)


class CheckStatement(RecordView):
    """Whether the record supports a statement, with the evidence: *supported*, *contradicted*, *ambiguous*, *unknown*.

    “Ratified” is tried as approval, assent and deposit. Of commitments only who says what is told. A fault is an
    error, and never a verdict.
    """

    parameters = CheckParameters
    serializer_class = CheckSerializer
    page = "/check/"
    page_takes = _ON_THE_PAGE

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The verdict."""
        return self.read(self._check)

    def _check(self) -> Response:
        asked = {name: str(value) for name, value in self.request.query_params.items() if name != "lang"}
        try:
            clauses = clauses_of(asked, self.edition, self.day)
        except NotUnderstood as refusal:
            raise not_understood(refusal) from refusal
        if not clauses:
            raise BadParameter("q", "", "nothing is asked: write a sentence, or accession, ally, act and a day")
        with self.in_its_language():
            checked = check(self.edition, clauses, self.day)
            document = check_document(checked, self.clock.edition_name, as_of=self.day)
        return self.answer(self.get_serializer(document).data, alternate=document["cite_url"])


def not_understood(refusal: NotUnderstood) -> Problem:
    """The problem of a sentence that is not understood: the forms that it came to, and what is missing."""
    read = [parameters_of(clause) for clause in refusal.read]
    errors = [{"parameter": "q", "detail": str(refusal)}]
    return Problem(422, str(refusal), kind="not-understood", errors=errors, extra={"read_as": read})
