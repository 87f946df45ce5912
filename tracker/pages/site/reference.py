"""The pages about this site: what every number means."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.domain.standing.speaking import MAY_SAY, ORGANS
from tracker.domain.vocabulary import (
    EVIDENCE,
    SHOWS_SUBMISSION,
    Basis,
    Claim,
    ClaimRole,
    EventKind,
    SourceClass,
    SpeakerKind,
    Stage,
)
from tracker.language.commitments import MEANINGS
from tracker.language.definitions import DEFINITIONS
from tracker.pages.page import Page


class Methodology(Page):
    """What every number, word and sign on this site means."""

    template_name = "methodology.html"
    section = "methodology"

    @property
    def title(self) -> str:
        return _("Methodology")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            definitions=DEFINITIONS,
            evidence=[(stage, [kind for kind, found in EVIDENCE.items() if found is stage]) for stage in Stage],
            shows_submission=[kind for kind in EventKind if kind in SHOWS_SUBMISSION],
            bases=Basis,
            classes=SourceClass,
            claim_words=[
                (claim, MEANINGS[claim], [role for role in ClaimRole if role in MAY_SAY[claim]]) for claim in Claim
            ],
            organs=[kind for kind in SpeakerKind if kind in ORGANS],
            other_speakers=[kind for kind in SpeakerKind if kind not in ORGANS],
            **kwargs,
        )
