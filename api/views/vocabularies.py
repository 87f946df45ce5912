"""The words of the record: every code, what it means, its order, and what it is called in each language."""

from typing import Any, Final

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from pydantic import Field

from api.parameters import TimelessListParameters, Words
from api.serializers import VocabularySerializer
from api.views.base import ListView
from tracker.domain import vocabulary
from tracker.domain.checking import Verdict, Why
from tracker.readmodel.filters import equals_any

_TOLD: Final = (
    vocabulary.EventKind, vocabulary.Stage, vocabulary.Milestone, vocabulary.AccessionStatus, vocabulary.Reached,
    vocabulary.Basis, vocabulary.Outcome, vocabulary.StepKind, vocabulary.StepState, vocabulary.PlanState,
    vocabulary.Confidence, vocabulary.SourceClass, vocabulary.CommitmentKind, vocabulary.CommitmentCategory,
    vocabulary.Claim, vocabulary.ClaimBasis, vocabulary.PartyKind, vocabulary.PartyRole, vocabulary.Subject,
    vocabulary.ChangeType, vocabulary.Origin, vocabulary.SpeakerKind, vocabulary.StatementForm, vocabulary.RelationKind,
    vocabulary.ClaimRole, vocabulary.FigureBound, vocabulary.ReportState, vocabulary.WatchState, vocabulary.Light,
    vocabulary.Majority, vocabulary.MajorityBase, Verdict, Why,
)  # fmt: skip


class VocabulariesParameters(TimelessListParameters):
    """The list of words."""

    vocabulary: Words | None = Field(None, description="Vocabularies by name: `EventKind,Stage`.")


class VocabularyList(ListView):
    """Every word that stands in a field: its code, its place in the order, what it means, its labels by language."""

    parameters = VocabulariesParameters
    serializer_class = VocabularySerializer
    filters = {"vocabulary": equals_any("vocabulary")}

    def get_queryset(self) -> Any:
        """All of them, in the order of the procedure where they have one."""
        return [row for words in _TOLD for row in rows_of(words)]


def rows_of(words: type[TextChoices]) -> list[dict[str, Any]]:
    """The words of one vocabulary."""
    return [
        {
            "key": f"{words.__name__}:{word.value}",
            "vocabulary": words.__name__,
            "code": word.value,
            "order": order,
            "meaning": (words.__doc__ or "").splitlines()[0],
            "labels": {language: _label(word, language) for language, _name in settings.LANGUAGES},
        }
        for order, word in enumerate(words, 1)
    ]


def _label(word: Any, language: str) -> str:
    with translation.override(language):
        return str(word.label)
