"""What the tools take, described for who fills it in."""

from typing import Annotated

from pydantic import Field

Url = Annotated[
    str,
    Field(
        description="address of a careers page, job board or opening; give this or `text`", max_length=2_048
    ),
]
Text = Annotated[str, Field(description="the pasted text of an opening, instead of `url`", max_length=50_000)]
Index = Annotated[
    int, Field(description="which opening of the page at `url`, as read_page counts them", ge=0, le=9_999)
]
ProfileId = Annotated[
    str,
    Field(description="id from list_profiles; may stay empty where only one profile is kept", max_length=64),
]
Resume = Annotated[
    str,
    Field(
        description="the sender's résumé as plain text, instead of a kept profile; no profile is made of it",
        max_length=100_000,
    ),
]
DraftId = Annotated[str, Field(description="id from draft or list_drafts", max_length=64)]
