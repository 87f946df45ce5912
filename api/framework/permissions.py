"""What the bearer of a token may do."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.framework.authentication import token_of


class HasScope(BasePermission):
    """Whether the token allows what the method does; a view says in `scopes` which method needs which."""

    message = ""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the token has the scope. Raises a refusal where there is no token."""
        needed = getattr(view, "scopes", {}).get(request.method, "")
        self.message = f"This token does not have the scope {needed}; ask for one that has it."
        return needed in {"", *token_of(request).scopes}
