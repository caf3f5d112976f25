"""Fingerprints of documents: whether one was changed by hand since it was written."""

import hashlib
import json
from typing import Any


def digest_of(resume: dict[str, Any]) -> str:
    """SHA-256 of a JSON résumé's sections: all of it but `meta`, whatever the order of its fields."""
    rest = {name: value for name, value in resume.items() if name != "meta"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
