"""What others say that they take, as JSON schemas written from their documentation; the addresses say from which."""

from typing import Any, Final

Schema = dict[str, Any]


def _object(required: str, **properties: Schema) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _text(most: int | None = None, least: int = 1) -> Schema:
    return {"type": "string", "minLength": least} | ({"maxLength": most} if most else {})


_ADDRESS: Final[Schema] = {"type": "string", "pattern": "^https?://[^ ]+$"}
_MOMENT: Final[Schema] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}

# https://www.jsonfeed.org/version/1.1/
JSON_FEED: Final = _object(
    "version title items",
    version={"const": "https://jsonfeed.org/version/1.1"},
    title=_text(),
    home_page_url=_ADDRESS,
    feed_url=_ADDRESS,
    next_url=_ADDRESS,
    language=_text(),
    authors={"type": "array", "items": _object("name", name=_text(), url=_ADDRESS)},
    hubs={"type": "array", "items": _object("type url", type=_text(), url=_ADDRESS)},
    items={
        "type": "array",
        "items": _object(
            "id content_text",
            id=_text(),
            url=_ADDRESS,
            title=_text(),
            content_text=_text(),
            date_published=_MOMENT,
            date_modified=_MOMENT,
            tags={"type": "array", "items": _text()},
            language=_text(),
            # A name of one's own begins with an underscore, and says where it is explained.
            _article10=_object("about", about=_ADDRESS) | {"additionalProperties": True},
        ),
    },
)

# https://docs.discord.com/developers/resources/webhook#execute-webhook, …/resources/message#embed-object-embed-limits
DISCORD: Final = _object(
    "embeds allowed_mentions",
    embeds={
        "type": "array",
        "maxItems": 10,
        "items": _object("title", title=_text(256), url=_ADDRESS, description=_text(4096, 0)),
    },
    allowed_mentions=_object("parse", parse={"type": "array", "maxItems": 0}),
)

# https://adaptivecards.io/explorer/ (1.4), in the envelope of an incoming webhook of Teams:
# https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
_CARD: Final = _object(
    "type version body $schema",
    type={"const": "AdaptiveCard"},
    version={"const": "1.4"},
    body={
        "type": "array",
        "minItems": 1,
        "items": _object(
            "type text",
            type={"const": "TextBlock"},
            text=_text(),
            wrap={"type": "boolean"},
            weight={"enum": ["Default", "Lighter", "Bolder"]},
        ),
    },
    actions={
        "type": "array",
        "items": _object("type url", type={"const": "Action.OpenUrl"}, title=_text(), url=_ADDRESS),
    },
    **{"$schema": {"const": "http://adaptivecards.io/schemas/adaptive-card.json"}},
)
TEAMS: Final = _object(
    "type attachments",
    type={"const": "message"},
    attachments={
        "type": "array",
        "minItems": 1,
        "items": _object(
            "contentType content",
            contentType={"const": "application/vnd.microsoft.card.adaptive"},
            contentUrl={"type": "null"},
            content=_CARD,
        ),
    },
)

# https://docs.slack.dev/reference/block-kit/blocks/section-block
SLACK: Final = _object(
    "text blocks",
    text=_text(40_000),
    unfurl_links={"type": "boolean"},
    blocks={
        "type": "array",
        "minItems": 1,
        "maxItems": 50,
        "items": _object(
            "type text",
            type={"const": "section"},
            text=_object("type text", type={"const": "mrkdwn"}, text=_text(3000)),
        ),
    },
)

# https://developers.mattermost.com/integrate/webhooks/incoming/
MATTERMOST: Final = _object("text", text=_text(16_383), username=_text(22))

# https://matrix-org.github.io/matrix-hookshot/latest/setup/webhooks.html; an event has at most 65,536 bytes.
MATRIX: Final = _object("text html", text=_text(20_000), html=_text(20_000), username=_text(255))

# https://core.telegram.org/bots/api#sendmessage
TELEGRAM: Final = _object("chat_id text parse_mode", chat_id=_text(), text=_text(4096), parse_mode={"const": "HTML"})

# https://docs.ntfy.sh/publish/#publish-as-json
NTFY: Final = _object(
    "topic message",
    topic={"type": "string", "pattern": "^[-_A-Za-z0-9]{1,64}$"},
    title=_text(250),
    message=_text(4096),
    click=_ADDRESS,
)

# https://docs.joinmastodon.org/methods/statuses/#create
MASTODON: Final = _object(
    "status", status=_text(550), language={"type": "string", "pattern": "^[a-z]{2}$"}, visibility={"const": "public"}
)

# https://github.com/bluesky-social/atproto/tree/main/lexicons: com.atproto.repo.putRecord of an app.bsky.feed.post
BLUESKY: Final = _object(
    "repo collection rkey record",
    repo={"type": "string", "pattern": "^did:"},
    collection={"const": "app.bsky.feed.post"},
    rkey={"type": "string", "pattern": "^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$"},
    record=_object(
        "$type text createdAt",
        text=_text(300),
        createdAt=_MOMENT,
        langs={"type": "array", "maxItems": 3, "items": _text()},
        embed=_object(
            "$type external",
            external=_object("uri title description", uri=_ADDRESS, title=_text(), description=_text(None, 0)),
            **{"$type": {"const": "app.bsky.embed.external"}},
        ),
        **{"$type": {"const": "app.bsky.feed.post"}},
    ),
)
