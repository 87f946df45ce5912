"""What a code and a key look like in an address."""


class CodeConverter:
    """The code of a state, in two or three letters of either case; the view leads to the canonical one."""

    regex = "[A-Za-z]{2,8}"

    def to_python(self, value: str) -> str:
        """The code as it was written."""
        return value

    def to_url(self, value: str) -> str:
        """The code."""
        return value


class KeyConverter(CodeConverter):
    """The key of a fact."""

    regex = "[a-z0-9]+(?:[-~][a-z0-9]+)*"
