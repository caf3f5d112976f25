"""The page of Inroad: a letter with its proof in the margin.

In: `Settings`, what people keep through `store`, and everything else through `outreach`. Out:
`serve(settings)` runs the page on its own; `mount(app, settings)` puts it into a FastAPI app beside other
routes; `build(settings)` gives the Gradio blocks, and `launch_options()` what those must be started with.
"""

from interface.page import build
from interface.server import launch_options, mount, serve

__all__ = ["build", "launch_options", "mount", "serve"]
