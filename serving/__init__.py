"""The web server: the REST API and the page in one app, with what guards both.

`Settings` go in; `build(settings)` gives the app, `serve(settings)` runs it until it is told to stop. From
the outermost in, a request passes `requests` (its id, its line in the log), `headers`, `neighbours` (on a
laptop), `limits`, and then the routes; what no route takes is the page's, as far as `page_paths` lists it.
`work(settings)` runs a process that does background jobs and has no page.
"""

from fastapi import FastAPI

from serving import memory
from serving.running import serve
from serving.worker import work
from settings import Settings

__all__ = ["build", "serve", "work"]


def build(settings: Settings) -> FastAPI:
    """The app: routes of the API first, then the page, which takes every other path."""
    memory.import_gradio()  # before anything else does, and only where a page is served
    from serving.app import build

    return build(settings)
