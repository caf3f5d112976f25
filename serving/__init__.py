"""The web server: the REST API and the page in one app, with what guards both.

`Settings` go in; `build(settings)` gives the app, `serve(settings)` runs it until it is told to stop. From
the outermost in, a request passes `requests` (its id, its line in the log), `headers`, `neighbours` (on a
laptop), `limits`, and then the routes; what no route takes is the page's, as far as `page_paths` lists it.
"""

from serving import memory

memory.import_gradio()  # before anything else does

from serving.app import build  # noqa: E402
from serving.running import serve  # noqa: E402

__all__ = ["build", "serve"]
