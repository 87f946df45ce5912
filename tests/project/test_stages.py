"""A stage stands in one table, `vocabulary.Stage`; whatever cannot be derived from it keeps step with it."""

import re

import pytest

from api.shapes.standing import CountsShape, StagesShape
from tests.project.sources import ROOT
from tracker.domain.vocabulary import EVIDENCE, LADDER, Stage
from tracker.exchange.package.tables import TABLES
from tracker.language.definitions import DEFINITIONS
from tracker.pages.figures.looks import FILLED, Look

CSS = ROOT / "tracker" / "static" / "css" / "site.css"


def test_every_stage_but_the_first_is_dated_by_some_kind_of_act() -> None:
    assert (Stage.SIGNED, *LADDER) == tuple(Stage)
    assert set(EVIDENCE.values()) == set(LADDER)


def test_the_api_tells_of_every_stage_in_order() -> None:
    assert list(StagesShape.model_fields) == Stage.values
    assert list(CountsShape.model_fields) == [stage.value for stage in LADDER]


def test_the_data_package_has_columns_for_every_stage() -> None:
    [table] = [table for table in TABLES if table.name == "ratifications"]
    names = [name for name, _ in table.fields]

    assert [name for name in names if name in Stage.values] == [stage.value for stage in LADDER]


def test_every_count_has_its_definition() -> None:
    assert {f"count-{stage}" for stage in LADDER} <= {definition.key for definition in DEFINITIONS}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_look_that_shows_how_far_it_is(stage: Stage) -> None:
    assert FILLED[Look(stage)] == list(Stage).index(stage) / (len(Stage) - 1)
    assert re.search(rf"^\.look-{stage}\b", CSS.read_text(), re.MULTILINE)
