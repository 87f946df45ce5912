"""Who writes: the bearer of a personal token."""

from typing import Any, Final

from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from tracker.actions import recognise_token
from tracker.models import Token

HOW: Final = "Send `Authorization: Bearer a10_…` with a personal token; an editor of this site can give you one."


class BearerAuthentication(TokenAuthentication):
    """The framework's, with tokens of ours: hashed at rest, scoped, expiring."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[Any, Token]:
        """The owner and the token. Refuses a token that is not in force."""
        token = recognise_token(key) if key.isascii() else None
        if token is None:
            raise AuthenticationFailed(f"This token is unknown, expired or revoked. {HOW}")
        return token.owner, token


def token_of(request: Request) -> Token:
    """The token of a request that came with one. Raises a refusal where it did not."""
    if not isinstance(request.auth, Token):
        raise NotAuthenticated(f"This needs a token. {HOW}")
    return request.auth
