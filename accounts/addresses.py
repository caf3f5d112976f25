"""E-mail addresses as people type them, and as they are compared."""

import hashlib
import re
import unicodedata

from errors import InvalidField

LONGEST = 254
"""Of an address in a mail's envelope, RFC 5321 4.5.3.1.3 less its brackets."""

# Whatever is not one @ between something and a domain of two labels; only a mail would tell the rest.
_SHAPE = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+")


def tidied(text: str) -> tuple[str, str]:
    """An address as it is shown, and as it is compared: capitals and letter forms are no difference.

    Raises:
        InvalidField: when it cannot be one.
    """
    shown = unicodedata.normalize("NFKC", text).strip()
    key = unicodedata.normalize("NFKC", shown.casefold())
    if max(len(shown), len(key)) > LONGEST:
        raise InvalidField("email", f"This email is longer than {LONGEST} characters.")
    # Control, format and half characters: they cannot be seen, and two addresses would look alike.
    if not _SHAPE.fullmatch(shown) or any(unicodedata.category(c)[0] == "C" for c in shown):
        raise InvalidField("email", "This is no email address.", "One looks like name@example.org.")
    return shown, key


def key(text: str) -> str:
    """An address as it is compared; what cannot be one has a key, too, which is no address's."""
    try:
        return tidied(text)[1]
    except InvalidField:
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()
