"""Loading a dataset again after its files, or the record, have changed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.facts import BEGINNING, SOURCE, STATES, add_source, claim, commitment, event, party, procedure
from tracker.actions import add_assessment_sources, log_transaction
from tracker.domain.facts import Source
from tracker.exchange.dataset import Differences, load_dataset, read_dataset
from tracker.exchange.dataset.files import write_lines
from tracker.models import Assessment, Change, Commitment, Event, Procedure, Rectification
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, event_fact
from tracker.readmodel import forget_editions, open_edition, open_newest
from tracker.readmodel.log.entries import tell_entries
from tracker.readmodel.record import current_edition, current_mark

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OTHER = {**SOURCE, "url": "https://example.org/other"}
CONFLICT = {"field": "date", "value": "2022-07-01", "url": "https://example.org/says"}
TOLD = event("hu-told", "statement", "HUN", "2023", confidence="low", sources=[])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a small dataset."""
    parties = [*(party(code) for code in STATES), party("NATO", "organisation")]
    write_lines(tmp_path / "parties.jsonl", parties)
    write_lines(tmp_path / "procedures.jsonl", [procedure("HUN")])
    write_lines(tmp_path / "events.jsonl", [*BEGINNING, TOLD])
    write_lines(tmp_path / "commitments.jsonl", [commitment(assessments=[claim().document()])])
    return tmp_path


def edit(path: Path, change: Callable[[dict[str, Any]], object], number: int = -1) -> None:
    """Change one line of the file, by default the last."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    change(lines[number])
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def load(folder: Path) -> Differences:
    return load_dataset(read_dataset(folder))


def in_log(table: str, key: str) -> dict[str, Any]:
    """What the log alone tells of the fact."""
    forget_editions()
    found = open_edition(current_edition(), current_mark().root).state.tables()[table][key]
    return {name: value for name, value in found.items() if name not in {"recorded", "recorded_at", "version"}}


def test_a_fact_without_a_source_gets_its_first(folder: Path) -> None:
    load(folder)
    edit(folder / "events.jsonl", lambda line: line.update(sources=[SOURCE]))

    load(folder)

    found = event_fact(Event.objects.with_parts().get(key="hu-told"))
    assert [one.url for one in found.sources] == [SOURCE["url"]]
    assert load(folder).nothing


def test_a_claim_gets_a_new_source_and_the_log_tells_of_it(folder: Path) -> None:
    load(folder)
    edit(folder / "commitments.jsonl", lambda line: line["assessments"][0].update(sources=[SOURCE, OTHER]))

    load(folder)

    fact = assessment_fact(Assessment.objects.with_parts().get())
    entry = Change.objects.order_by("position").last()
    assert [one.url for one in fact.sources] == [SOURCE["url"], OTHER["url"]]
    assert in_log("assessments", fact.key) == {**fact.document(), "commitment": "stop-support"}
    assert entry is not None
    assert tell_entries([entry], open_newest(), {}, date.max)[0].sentence == "Source added to a commitment: No support"
    assert load(folder).nothing


def test_a_new_source_of_a_party_or_procedure_puts_it_right(folder: Path) -> None:
    load(folder)
    edit(folder / "parties.jsonl", lambda line: line.update(sources=[SOURCE]))
    edit(folder / "procedures.jsonl", lambda line: line.update(sources=[SOURCE]))

    found = load(folder)

    assert ([one.code for one in found.parties.changed], found.parties.sourced) == (["NATO"], [])
    assert ([one.ally for one in found.procedures.changed], found.procedures.sourced) == (["HUN"], [])
    assert load(folder).nothing


def test_a_correction_keeps_the_sources_that_were_added_here(folder: Path) -> None:
    load(folder)
    add_source("se-signed", Source.model_validate(OTHER), by=None)
    with log_transaction() as log:
        add_assessment_sources(log, Assessment.objects.with_parts().get(), [Source.model_validate(OTHER)])
    edit(folder / "events.jsonl", lambda line: line.update(title="Put right"), BEGINNING.index(BEGINNING[-1]))
    edit(folder / "commitments.jsonl", lambda line: line["assessments"][0].update(note="Put right"))

    load(folder)

    signed = event_fact(Event.objects.standing().with_parts().get(key="se-signed"))
    said = assessment_fact(Assessment.objects.with_parts().get(version=2))
    assert (signed.title, said.note) == ("Put right", "Put right")
    assert [one.url for one in signed.sources] == [SOURCE["url"], OTHER["url"]]
    assert [one.url for one in said.sources] == [SOURCE["url"], OTHER["url"]]
    assert load(folder).nothing


def test_conflicts_of_a_commitment_are_added_and_never_taken_back(folder: Path) -> None:
    load(folder)
    edit(folder / "commitments.jsonl", lambda line: line.update(conflicts=[CONFLICT]))
    load(folder)
    edit(folder / "commitments.jsonl", lambda line: line.update(conflicts=[{**CONFLICT, "value": "2022-07-02"}]))

    load(folder)

    fact = commitment_fact(Commitment.objects.with_parts().get())
    assert [one.value for one in fact.conflicts] == ["2022-07-01", "2022-07-02"]
    bare = {name: value for name, value in fact.document().items() if name != "assessments"}
    assert in_log("commitments", "stop-support") == bare
    edit(folder / "commitments.jsonl", lambda line: line.update(conflicts=[]))
    assert load(folder).nothing


def test_a_commitment_with_a_new_title_and_a_new_source_takes_one_load(folder: Path) -> None:
    load(folder)
    edit(folder / "commitments.jsonl", lambda line: line.update(title="Put right", sources=[SOURCE, OTHER]))

    load(folder)

    fact = commitment_fact(Commitment.objects.with_parts().get())
    assert (fact.title, [one.url for one in fact.sources]) == ("Put right", [SOURCE["url"], OTHER["url"]])
    assert load(folder).nothing


def test_a_procedure_told_in_another_order_is_the_same(folder: Path) -> None:
    chambers = [{"name": "Senate", "role": "votes"}, {"name": "House", "role": "votes"}]
    both = {"chambers": chambers, "chambers_that_vote": ["House", "Senate"]}
    edit(folder / "procedures.jsonl", lambda line: line.update(both, steps=line["steps"][::-1]))
    load(folder)

    found = load(folder)

    assert found.nothing
    assert Procedure.objects.count() == 1
    assert Rectification.objects.count() == 0


def test_a_separator_of_lines_inside_a_text_does_not_end_the_line(folder: Path) -> None:
    edit(folder / "events.jsonl", lambda line: line.update(detail="one\u2028two"))

    load(folder)

    assert Event.objects.get(key="hu-told").detail == "one\u2028two"


def test_a_commitment_whose_text_has_no_date_is_loaded(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line["stems_from"].update(date=None))

    load(folder)

    assert Commitment.objects.get().text_date == ""


def add_line(path: Path, line: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as end:
        end.write(json.dumps(line) + "\n")


def of_uk(folder: Path) -> None:
    add_line(folder / "parties.jsonl", {**party("GBR").document(), "code": "UK"})


def same_two_letters(folder: Path) -> None:
    edit(folder / "parties.jsonl", lambda line: line.update(alpha2="SE"), STATES.index("SWE"))
    add_line(folder / "parties.jsonl", {**party("SRB").document(), "alpha2": "SE"})


def asked_twice(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line.update(asked_by=["TUR", "TUR"]))


def same_claim_twice(folder: Path) -> None:
    add_line(folder / "commitments.jsonl", commitment("other", assessments=[claim().document()]).document())


def same_claim_twice_in_one(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line.update(assessments=line["assessments"] * 2))


def too_many_votes(folder: Path) -> None:
    told: dict[str, Any] = {"office": "National Assembly", "votes": {"yes": 200}}
    add_line(folder / "events.jsonl", event("hu-vote", "chamber_vote", "HUN", "2024-02-26", **told).document())


def unknown_actor(folder: Path) -> None:
    add_line(folder / "events.jsonl", event("xx-told", "statement", "XYZ", "2024-02-26").document())


def unsourced_commitment(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line.update(sources=[]))


def unknown_claimant(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line["assessments"][0].update(by="XYZ"))


BAD = [
    (of_uk, "parties.jsonl, line 8: ", "alpha-3"),
    (same_two_letters, "parties.jsonl, line 8: ", "alpha2 “SE” stands in line 4 already"),
    (asked_twice, "commitments.jsonl, line 1: ", "asked_by: "),
    (same_claim_twice, "commitments.jsonl, line 2: ", "key “stop-support-tur-1” stands in line 1 already"),
    (same_claim_twice_in_one, "commitments.jsonl, line 1: ", "key “stop-support-tur-1” stands in line 1 already"),
    (too_many_votes, "events.jsonl, line 8, “hu-vote”: ", "200 votes are more than the 199 seats"),
    (unknown_actor, "events.jsonl, line 8, “xx-told”: ", "“XYZ” is no state"),
    (unsourced_commitment, "commitments.jsonl, line 1, “stop-support”: ", "has no source"),
    (unknown_claimant, "commitments.jsonl, line 1, “stop-support-tur-1”: ", "“XYZ” is no state"),
]


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
@pytest.mark.parametrize(("spoil", "place", "because"), BAD)
def test_what_cannot_be_loaded_is_named_by_file_line_and_key(
    folder: Path, spoil: Callable[[Path], None], place: str, because: str, options: tuple[str, ...]
) -> None:
    spoil(folder)

    with pytest.raises(CommandError) as refusal:
        call_command("load_dataset", folder, *options)

    assert place in str(refusal.value)
    assert because in str(refusal.value)
    assert current_edition() == 0


def test_a_two_letter_code_of_somebody_on_record_is_refused_by_line(folder: Path) -> None:
    edit(folder / "parties.jsonl", lambda line: line.update(alpha2="SE"), STATES.index("SWE"))
    load(folder)
    edition = current_edition()
    write_lines(folder / "parties.jsonl", [party("SRB").model_copy(update={"alpha2": "SE"})])

    with pytest.raises(CommandError, match=r"parties\.jsonl, line 1, “SRB”: "):
        call_command("load_dataset", folder)

    assert current_edition() == edition


def test_a_claim_that_moved_to_another_commitment_is_refused(folder: Path) -> None:
    load(folder)
    edit(folder / "commitments.jsonl", lambda line: line.update(assessments=[]))
    add_line(folder / "commitments.jsonl", commitment("other", assessments=[claim().document()]).document())

    with pytest.raises(CommandError, match=r"commitments\.jsonl, line 2, “stop-support-tur-1”: .* on record already"):
        call_command("load_dataset", folder)


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    call_command("load_dataset", folder, "--dry-run")

    assert current_edition() == 0
    assert Event.objects.count() == 0
