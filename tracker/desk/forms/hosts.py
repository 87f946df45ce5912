"""Who publishes at an address: as an editor has said it here, or else as the shipped list has it."""

from django.contrib.auth.models import User
from django.utils import timezone

from tracker.domain.facts import Source
from tracker.domain.vocabulary import SourceClass
from tracker.exchange.dataset.publishers import Publisher, host_of, publisher_of
from tracker.models import KnownHost


def publisher_at(address: str) -> Publisher | None:
    """Who publishes at the address; None where nobody has said so yet."""
    if known := publisher_of(address):
        return known
    try:
        said = KnownHost.objects.filter(pk=host_of(address)[:253]).first()
    except ValueError:
        return None
    return Publisher(said.publisher, SourceClass(said.source_class)) if said else None


def remember(sources: list[Source], by: User) -> None:
    """Keep what an editor has said of hosts that nobody knew."""
    for source in sources:
        if publisher_at(source.url) is None:
            KnownHost.objects.get_or_create(
                host=host_of(source.url)[:253],
                defaults={
                    "publisher": source.publisher[:200],
                    "source_class": source.source_class,
                    "said_by": by,
                    "said_at": timezone.now(),
                },
            )
