"""Résumés in YAML: RenderCV (`cv:`), YAMLResume (`content:`) and JSON Resume written as YAML.

YAMLResume says that a blank `endDate` means the present, and that each `summary` is a list in Markdown.
"""

from typing import Any

from domain import Profile
from errors import DocumentError
from profiles.json_documents import StructuredResume, is_resume
from profiles.locating import Places, locate
from profiles.rendercv import read_rendercv
from profiles.yaml_tree import read_tree

_NEEDS = "It should be a résumé for RenderCV or YAMLResume."


def read_yaml(text: str, document: str) -> Profile:
    """Read a résumé in YAML.

    Args:
        text: The document's text.
        document: Its name, which becomes the provenance of every item.

    Raises:
        DocumentError: when the YAML is broken, in which line, or when it is something else.
    """
    data, places = read_tree(text)
    if not isinstance(data, dict):
        what = "a list" if isinstance(data, list) else "a single value"
        raise DocumentError(f"This YAML is {what}, not a résumé.", _NEEDS)
    return locate(_profile(data, document, text, places), text, places)


def _profile(data: dict[str, Any], document: str, text: str, places: Places) -> Profile:
    cv, content = data.get("cv"), data.get("content")
    if isinstance(cv, dict):
        return read_rendercv(cv, data, document, text, places)
    if isinstance(content, dict) and is_resume(content):
        resume = StructuredResume(content, document, "content.", blank_is_now=True)
        return resume.profile(**_language(data))
    if is_resume(data):
        return StructuredResume(data, document).profile()
    names = ", ".join(f"“{key[:30]}”" for key in list(data)[:4])
    raise DocumentError(f"This YAML is not a résumé: it holds {names or 'nothing'}.", _NEEDS)


def _language(data: dict[str, Any]) -> dict[str, str]:
    locale = data.get("locale")
    language = locale.get("language") if isinstance(locale, dict) else None
    return {"language": language.lower()} if isinstance(language, str) and len(language) <= 12 else {}
