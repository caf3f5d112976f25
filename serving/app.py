"""The app: the routes of the API and the page, and what every request passes on its way there."""

import logging
from typing import Any

import gradio as gr
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.routing import Mount
from starlette.types import ASGIApp

import api
import interface
import mcp_server
from serving import full_disk, sessions
from serving.headers import SecurityHeaders
from serving.limits import Limits
from serving.neighbours import OnlyThisComputer
from serving.page_paths import OnlyThePage
from serving.requests import Requests
from serving.working import working
from settings import Settings


class _Guarded(FastAPI):
    """An app whose guards stand outside of all else, so that they see its answers to faults of ours, too."""

    def build_middleware_stack(self) -> ASGIApp:
        settings: Settings = self.state.settings
        app: ASGIApp = Limits(super().build_middleware_stack(), self.state.under_way)
        if settings.keep_evidence is None and settings.keeps_evidence:
            app = OnlyThisComputer(app)
        is_text = settings.log_format == "text"  # which a person reads, who asks for it where they want it
        level = logging.DEBUG if is_text else logging.INFO
        return Requests(SecurityHeaders(app, settings), level)


def build(settings: Settings) -> FastAPI:
    """The app: routes of the API first, then the page, which takes every other path."""
    quiet: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}
    nowhere: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    app = _Guarded(title="Inroad", **nowhere, lifespan=working, telemetry=quiet)
    app.state.settings = settings
    app.state.under_way = {}
    app.state.stopping = False
    api.install(app)
    mcp_server.install(app, settings)
    gr.mount_gradio_app(
        app, interface.build(settings, app.state.lines), "/", **interface.launch_options(settings)
    )
    page = app.router.routes[-1]
    assert isinstance(page, Mount)
    assert isinstance(page.app, gr.routes.App)
    sessions.bound(page.app)
    page.app.add_exception_handler(OSError, full_disk.told)
    app.state.pages = page.app.state_holder
    page.app = OnlyThePage(page.app, settings)
    return app
