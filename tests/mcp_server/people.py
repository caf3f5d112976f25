"""Somebody with evidence, a secret and an opening, for tests of the tools."""

from pathlib import Path
from typing import Any

from mcp import Client
from mcp.types import CallToolResult

import outreach
import store
from settings import Environment, Settings
from store import Begin

RESUME = """Maria Okafor
Platform Engineer
maria@secret.example
+44 20 7946 0101

Experience
Platform Engineer, Fenwick Rail, 2019 - present
- Moved 14 services to Kubernetes, cutting deploy time from 40 to 6 minutes
- Wrote Terraform modules for PostgreSQL
- Led the takeover of Hushed Industries

Skills
Python, Kubernetes, PostgreSQL
"""
POSTING = """Platform Engineer

At Tessel you will
- Move billing services to Kubernetes
- Write Terraform modules for PostgreSQL

Requirements
- Python
- COBOL
"""
SECRET = "Hushed Industries"


def settings_of(folder: Path, **changes: Any) -> Settings:
    values: dict[str, Any] = {"environment": Environment.TEST, "data_dir": folder, "keep_evidence": True}
    return Settings.model_validate(values | changes)


def keep_evidence(settings: Settings, person: str = "local") -> str:
    """A kept profile of theirs, one line of it confidential; returns its id."""
    kept = store.open_store(settings)
    document, profile = outreach.read_evidence("cv.txt", RESUME.encode())
    profile_id = kept.add(person, Begin(label="My CV"), document, profile).profile_id
    for item in kept.load(person, profile_id).items:
        if SECRET in item.evidence.text:
            kept.set_confidential(person, profile_id, item.evidence.id)
    return profile_id


async def told(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers, as an object."""
    result = await call(client, tool, **arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    answer: dict[str, Any] = result.structured_content
    return answer


async def failed(client: Client, tool: str, **arguments: Any) -> str:
    """The words in which a tool fails."""
    result = await call(client, tool, **arguments)
    assert result.is_error, result.structured_content
    return "".join(getattr(part, "text", "") for part in result.content)


async def call(client: Client, tool: str, **arguments: Any) -> CallToolResult:
    result = await client.call_tool(tool, arguments)
    assert isinstance(result, CallToolResult)
    return result
