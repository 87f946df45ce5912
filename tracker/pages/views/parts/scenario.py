"""What if: allies chosen by the reader act in the order chosen. Said to be a scenario wherever it is shown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.standing.scenario import Scenario
from tracker.language.collation import codes_in_order
from tracker.language.scenarios import say_scenario
from tracker.pages.views.accessions import OneAccession
from tracker.pages.views.embeds import picture
from tracker.readmodel.answers.scenarios import scenario_of
from tracker.readmodel.days.hindsight import text_on

# As many allies as can be chosen by the form; an address may name more.
_CHOICES = 5


class ScenarioPage(OneAccession):
    """The form, the steps of each chosen ally on their earliest days, and who would still be missing."""

    template_name = "accessions/scenario.html"
    address = "accession-scenario"
    is_citable = False

    @property
    def title(self) -> str:
        return _("Scenario: %(state)s") % {"state": self.names[self.code]}

    @cached_property
    def scenario(self) -> Scenario:
        """What follows from the choice in the address."""
        order = [one.strip().upper() for text in self.request.GET.getlist("act") for one in text.split(",")]
        return scenario_of(self.record, self.standing, order)

    @cached_property
    def answer(self) -> str:
        """What the scenario comes to."""
        return say_scenario(self.scenario, self.names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = codes_in_order(self.names, [*self.standing.pending, *self.standing.unknown])
        chosen = [one.ally for one in self.scenario.acting]
        return super().get_context_data(
            scenario=self.scenario,
            can_act=missing,
            places=[*chosen, *[""] * (min(_CHOICES, len(missing)) - len(chosen))],
            scenario_rows=[
                {"ally": one.ally, "steps": [(step, text_on(step.office, self.clock.as_of)) for step in one.steps]}
                for one in self.scenario.acting
            ],
            would_ratify=[] if self.standing.required else self.members,
            **kwargs,
        )


class ScenarioShare(ScenarioPage):
    """The scenario as a picture, whose words begin by saying so."""

    address = "accession-scenario-share"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.GET.urlencode()
        return picture(self, self.answer, f"/accessions/{self.code}/scenario/?{query}", None)
