"""`manage.py score_headlines FILE`: how well the reader of headlines does on a corpus, by language and part."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.sources.scoring import FIELDS, Headline, Score, read_corpus, score


class Command(BaseCommand):
    help = "Measure the reader of headlines on a corpus of JSON Lines; docs/headlines.md describes the file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file of JSON Lines, one headline each")
        parser.add_argument("--worst", type=int, default=20, help="how many misleading readings to print (20)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8") as lines:
                scores = score(read_corpus(lines))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{options['file']} is no corpus of headlines: {error}") from error
        whole = scores.pop("all", Score())
        for headline, said in whole.misleading[: options["worst"]]:
            self.stdout.write(_misleading(headline, said.accessions, said.allies, said.kind))
        self.stdout.write("language rows misleading " + " ".join(f"{name:>9}: p    r" for name in FIELDS))
        for language in sorted(scores):
            self.stdout.write(_line(language, scores[language]))
        self.stdout.write(_line("all", whole))


def _line(name: str, of: Score) -> str:
    parts = " ".join(
        f"{tally.precision:>12.0%} {tally.recall:>4.0%}" for tally in (of.tallies[field] for field in FIELDS)
    )
    return f"{name:8} {of.rows:4} {of.misleading_share:>10.1%} {parts}"


def _misleading(headline: Headline, accessions: tuple[str, ...], allies: tuple[str, ...], kind: str | None) -> str:
    said = f"{'+'.join(accessions) or '-'} / {'+'.join(allies) or '-'} / {kind or '-'}"
    right = f"{'+'.join(sorted(headline.applicants)) or '-'} / {'+'.join(sorted(headline.allies)) or '-'}"
    return f"[{headline.language}] {headline.text}\n    said {said}, right {right} / {headline.kind or '-'}"
