"""The application of the server: which address is answered by which function."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from pellucid.web import reads
from pellucid.web.answers import Answers
from pellucid.web.live import live
from pellucid.web.reads import answering, json_response
from pellucid.web.security import Access, Guard
from pellucid.web.static import page_files


def make_app(answers: Answers, access: Access) -> Guard:
    """The server of the runs that ``answers`` knows, open to whom ``access`` lets in."""
    app = Starlette(routes=_routes(), exception_handlers={404: not_found, 405: not_found, 500: failed})
    app.state.answers = answers
    app.state.without_place = answers.collection.without_place
    app.state.listening = set()
    return Guard(app, access)


def _routes() -> Sequence[BaseRoute]:
    of_run = "/api/runs/{id}"
    return [
        Route("/api/session", answering(reads.session)),
        Route("/api/runs", answering(reads.runs)),
        Route(of_run, answering(reads.run)),
        Route(of_run + "/tables/{table}", answering(reads.table)),
        Route(of_run + "/histograms", answering(reads.histograms)),
        Route(of_run + "/weights", answering(reads.weights)),
        Route(of_run + "/examples", answering(reads.examples)),
        Route(of_run + "/outputs", answering(reads.outputs)),
        Route(of_run + "/explain", answering(reads.explain)),
        Route("/runs/{id}/report.html", answering(reads.report)),
        Route(of_run + "/control", answering(reads.control), methods=["POST"]),
        WebSocketRoute("/api/live", live),
        Route("/api/{path:path}", not_found, methods=["GET", "POST"]),
        Route("/{path:path}", answering(page_files())),
    ]


async def not_found(request: Request, error: Exception | None = None) -> Response:
    """What there is at an address that nothing answers."""
    return json_response({"error": f"there is nothing at {request.method} {request.url.path}"}, 404)


async def failed(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw."""
    return json_response({"error": "the server failed; what happened is on its standard error"}, 500)
