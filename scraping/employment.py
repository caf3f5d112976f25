"""Kinds of employment under one name each, however boards write them: FULL_TIME, FullTime, full time."""

import re

_NAMES = {
    "fulltime": "Full-time",
    "parttime": "Part-time",
    "contractor": "Contract",
    "contract": "Contract",
    "temporary": "Temporary",
    "intern": "Internship",
    "internship": "Internship",
    "volunteer": "Volunteer",
    "perdiem": "Per diem",
    "other": "",
}


def employment_name(text: str) -> str:
    """The usual name of a kind of employment; a kind that is not known stays as it is written."""
    return _NAMES.get(re.sub(r"[\W_]+", "", text).lower(), text)
