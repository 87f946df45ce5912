"""How well headlines are read: the floors that the reader keeps on the corpus, and how a score is reckoned."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tracker.domain.vocabulary import EventKind
from tracker.sources.matching import NOTHING, Match
from tracker.sources.scoring import Headline, Tally, compare_match, read_corpus, score
from tracker.sources.tables import languages

CORPUS = Path(__file__).with_name("corpus")
ALL = sorted(CORPUS.glob("*.jsonl"))
SWEDEN = Headline(
    text="", language="en", open=frozenset({"SWE"}), applicants=frozenset({"SWE", "FIN"}), allies=frozenset({"HUN"}),
    kind="chamber_vote", kind_ok=frozenset({"consent"}),
)  # fmt: skip


def read(file: Path) -> list[Headline]:
    return list(read_corpus(file.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
def test_reader_keeps_its_floors_on_each_corpus(file: Path) -> None:
    scores = score(read(file))
    whole = scores.pop("all")

    assert scores.keys() == set(languages())
    assert whole.rows >= 60
    assert whole.misleading_share <= 0.01
    assert all(tally.precision >= 0.98 for tally in whole.tallies.values())
    assert whole.tallies["applicant"].recall >= 0.90
    assert whole.tallies["ally"].recall >= 0.90
    assert whole.tallies["kind"].recall >= 0.90


@pytest.mark.parametrize("language", languages())
def test_every_language_is_read(language: str) -> None:
    rows = [headline for file in ALL for headline in read(file) if headline.language == language]
    of_language = score(rows)[language]

    assert of_language.rows >= 18
    assert of_language.tallies["applicant"].recall >= 0.85
    assert of_language.tallies["ally"].recall >= 0.85
    assert of_language.tallies["kind"].recall >= 0.60


def test_what_is_refused_planned_put_off_or_promised_is_no_act() -> None:
    whole = score(read(CORPUS / "no_acts.jsonl"))["all"]

    assert whole.rows >= 170
    assert [(headline.text, said.kind) for headline, said in whole.misleading if said.kind] == []


def test_judgement_counts_what_is_right_what_is_missed_and_what_is_wrong() -> None:
    half = compare_match(SWEDEN, Match(("SWE",), (), EventKind.CONSENT))
    wrong = compare_match(SWEDEN, Match(("SWE", "FIN"), ("TUR",), EventKind.DEPOSITED))

    assert half == {"applicant": Tally(1, 1, 0), "ally": Tally(0, 1, 0), "kind": Tally(1, 0, 0)}
    assert wrong == {"applicant": Tally(2, 0, 0), "ally": Tally(0, 1, 1), "kind": Tally(0, 1, 1)}
    assert compare_match(SWEDEN, NOTHING)["kind"] == Tally(0, 1, 0)


def test_command_prints_each_language_and_the_misreadings(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text(
        '{"language": "en", "text": "Hungarian parliament approves Sweden\'s NATO accession", "open": ["SWE"],'
        ' "applicants": ["SWE"], "allies": ["NOR"], "kind": "chamber_vote"}\n',
        encoding="utf-8",
    )
    out = StringIO()

    call_command("score_headlines", str(file), stdout=out)

    assert "said SWE / HUN / chamber_vote, right SWE / NOR / chamber_vote" in out.getvalue()
    assert "en          1     100.0%" in out.getvalue()


def test_command_of_what_is_no_corpus_says_so(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text("{}", encoding="utf-8")

    with pytest.raises(CommandError, match="no corpus of headlines"):
        call_command("score_headlines", str(file))
