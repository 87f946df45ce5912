"""Who writes: the bearer of a personal token."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.actions import recognise_token
from tracker.models import Token

_HOW = "Send `Authorization: Bearer a10_…` with a personal token; an editor of this site can give you one."


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer a10_…`."""

    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """The owner and the token; None where there is no such header. Refuses a token that is not in force."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = recognise_token(text.strip()) if text.isascii() else None
        if token is None:
            raise AuthenticationFailed(f"This token is unknown, expired or revoked. {_HOW}")
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        """What a client should send."""
        return "Bearer"


def token_of(request: Request) -> Token:
    """The token of a request that came with one. Raises a refusal where it did not."""
    if not isinstance(request.auth, Token):
        raise NotAuthenticated(f"This needs a token. {_HOW}")
    return request.auth


class HasScope(BasePermission):
    """Whether the token allows what the method does; a view says in `scopes` which method needs which."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True, or a refusal that says what to do."""
        token = token_of(request)
        needed = getattr(view, "scopes", {}).get(request.method, "")
        if needed and needed not in token.scopes:
            raise PermissionDenied(f"This token does not have the scope {needed}; ask for one that has it.")
        return True
