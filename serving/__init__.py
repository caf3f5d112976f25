"""The web server: the REST API and the page in one app, with what guards both.

`Settings` go in; `build(settings)` gives the app, `serve(settings)` runs it until it is told to stop.
"""

from serving.server import build, serve

__all__ = ["build", "serve"]
