"""What we write, against what those who read it say that they take."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from lxml import etree
from slack_sdk.models.blocks import Block

from tests.channels import published
from tests.channels.test_accounts import SESSION
from tests.facts import begin, consent, rectify_event
from tracker.channels.items import Item, items_of
from tracker.channels.sent import accounts
from tracker.channels.sent.chat import Text, post_of
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.reading import current_clock
from tracker.domain.subscribing import ACCOUNTS, Shape
from tracker.models import Change, Subscription

CHATS = {
    Shape.SLACK: published.SLACK,
    Shape.DISCORD: published.DISCORD,
    Shape.TEAMS: published.TEAMS,
    Shape.MATTERMOST: published.MATTERMOST,
    Shape.MATRIX: published.MATRIX,
    Shape.TELEGRAM: published.TELEGRAM,
    Shape.NTFY: published.NTFY,
}
TEXTS = {
    "short": Text("Sweden", "", "https://article10.example/events/a/"),
    "signs": Text("<b>A</b> & “B” [c](d) @everyone *e*", "2 < 3 & 4", "https://article10.example/events/a/?b=c&d=e"),
    "long": Text("Országgyűlés <b> & " * 600, "&" * 30_000, "https://article10.example/events/a/"),
}


def faults(document: Any, schema: published.Schema) -> list[str]:
    """What the schema does not allow."""
    Draft202012Validator.check_schema(schema)
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("shape", CHATS)
def test_a_chat_takes_what_it_is_sent_however_long_it_is(shape: Shape, text: str) -> None:
    body = json.loads(post_of(shape, "https://chat.example/hook/topic?chat_id=7", TEXTS[text]).body)

    assert faults(body, CHATS[shape]) == []


def test_every_chat_is_tried() -> None:
    assert set(CHATS) == set(Shape) - {*ACCOUNTS, Shape.STANDARD}


@pytest.mark.parametrize("text", TEXTS)
def test_the_library_of_slack_takes_our_blocks(text: str) -> None:
    body = json.loads(post_of(Shape.SLACK, "https://chat.example/", TEXTS[text]).body)

    for block in body["blocks"]:
        parsed = Block.parse(block)
        assert parsed is not None
        assert parsed.to_dict() == block


@pytest.mark.parametrize("text", TEXTS)
def test_telegram_is_given_html_that_ends(text: str) -> None:
    body = json.loads(post_of(Shape.TELEGRAM, "https://chat.example/?chat_id=7", TEXTS[text]).body)

    # Telegram refuses a message whose mark-up was cut in the middle; what is not XML is cut.
    root = etree.fromstring(f"<m>{body['text']}</m>")
    assert [one.get("href") for one in root.iter("a")] == [TEXTS[text].url]


@pytest.mark.parametrize("text", TEXTS)
def test_slack_is_given_links_that_end(text: str) -> None:
    body = json.loads(post_of(Shape.SLACK, "https://chat.example/", TEXTS[text]).body)

    [link, _note] = f"{body['blocks'][0]['text']['text']}\n".split(">", 1)
    assert link.startswith(f"<{TEXTS[text].url}|")
    assert not body["blocks"][0]["text"]["text"].endswith(("&", "&am", "&l", "&g"))


class Remembering(Sender):
    """Answers as Bluesky does to who logs in, and remembers what was sent."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "bodies", [])

    def post(self, url: str, body: bytes, headers: Any) -> Answer:
        """It arrived."""
        self.bodies.append(json.loads(body))  # type: ignore[attr-defined]
        return Answer(arrived=True, detail="status 200", status=200, body=SESSION.encode())


@pytest.mark.django_db
class TestOfTheRecord:
    """What is made of entries of the log."""

    @pytest.fixture(autouse=True)
    def record(self, settings: Any) -> None:
        """Sweden's protocol, a correction, a title full of signs, and a hub."""
        settings.WEBSUB_HUB = "https://hub.example/"
        settings.BASE_URL = "https://article10.example"
        begin(consent(title="A <b> & “B”: " + "x" * 280))
        rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong <day> & hour.", by=None)

    def items(self) -> list[Item]:
        """Every entry."""
        return items_of(Change.objects.order_by("position"), current_clock())

    @pytest.mark.parametrize("path", ["/feed.json", "/fr/feed.json?type=event.rectified", "/feed.json?q=nothing"])
    def test_a_json_feed_is_one(self, client: Client, path: str) -> None:
        assert faults(client.get(path).json(), published.JSON_FEED) == []

    @pytest.mark.parametrize("path", ["/feed.atom", "/fr/feed.atom?type=event.rectified", "/feed.atom?q=nothing"])
    def test_an_atom_feed_is_one(self, client: Client, path: str) -> None:
        grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
        document = etree.fromstring(client.get(path).content)

        assert grammar.validate(document), grammar.error_log
        ids = [one.text for one in document.iter("{*}id")]
        assert len(ids) == len(set(ids))

    def test_the_grammar_notices_what_is_missing(self, client: Client) -> None:
        grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
        for name in ("id", "updated", "title", "summary"):
            document = etree.fromstring(client.get("/feed.atom").content)
            element = next(document.iter("{*}entry")).find(f"{{*}}{name}")
            element.getparent().remove(element)
            assert not grammar.validate(document)

    @pytest.mark.parametrize(
        ("shape", "schema"), [(Shape.MASTODON, published.MASTODON), (Shape.BLUESKY, published.BLUESKY)]
    )
    def test_an_account_is_posted_to_in_its_form(self, shape: Shape, schema: published.Schema) -> None:
        accounts._SESSIONS.clear()
        subscription = Subscription(pk=1, key="k", shape=shape, address="https://server.example")
        sender = Remembering()

        for item in self.items():
            accounts.post(subscription, item, sender, item.recorded_at)

        bodies = [body for body in sender.bodies if "identifier" not in body]  # type: ignore[attr-defined]
        assert len(bodies) == len(self.items())
        assert [fault for body in bodies for fault in faults(body, schema)] == []
