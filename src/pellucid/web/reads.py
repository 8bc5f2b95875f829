"""The HTTP side: addresses to answers, errors to a status and one line."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pellucid.errors import PellucidError, RunError, UnknownNameError, describe
from pellucid.files import to_json
from pellucid.report.mistakes import Cell
from pellucid.runs.steering import ask
from pellucid.web.answers import POINTS, Answers
from pellucid.web.messages import LARGEST, read_control
from pellucid.web.security import DOCUMENT_POLICY
from pellucid.web.work import in_slow_thread, in_thread

ENVELOPE = "application/octet-stream"

Handler = Callable[[Request], Awaitable[Response]]


def json_response(value: Any, status: int = 200) -> Response:
    """A value as JSON; what is not finite is null."""
    return Response(to_json(value).encode("utf-8", "backslashreplace"), status, media_type="application/json")


def answering(handler: Handler) -> Handler:
    """The handler, its errors made into a status and ``{"error": one line}``."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except (RunError, UnknownNameError) as error:
            return _refused(request, describe(error), 404)
        except PellucidError as error:
            return _refused(request, describe(error), 400)
        except OSError as error:
            return _refused(request, error.strerror or "a file cannot be read", 503)
        except MemoryError:
            return _refused(request, "out of memory", 503)

    return handle


def _refused(request: Request, why: str, status: int) -> Response:
    """Why there is no answer, with runs by their names: where their folder lies is nobody's business."""
    without_place: Callable[[str], str] = getattr(request.app.state, "without_place", str)
    return json_response({"error": without_place(why)}, status)


def answers_of(request: Request) -> Answers:
    """What answers for the folder that is watched."""
    answers: Answers = request.app.state.answers
    return answers


def run_of(request: Request) -> str:
    """The id of the run in an address."""
    return unquote(request.path_params["id"], errors="surrogateescape")


async def session(request: Request) -> Response:
    """GET /api/session."""
    return json_response(answers_of(request).session())


async def runs(request: Request) -> Response:
    """GET /api/runs."""
    return json_response(await in_thread(answers_of(request).runs))


async def run(request: Request) -> Response:
    """GET /api/runs/ID."""
    return json_response(await in_thread(answers_of(request).run, run_of(request)))


async def table(request: Request) -> Response:
    """GET /api/runs/ID/tables/NAME?columns=...&from=...&to=...&points=..."""
    query = request.query_params
    data = await in_thread(
        answers_of(request).table,
        run_of(request),
        unquote(request.path_params["table"]),
        [name for given in query.getlist("columns") for name in given.split(",")],
        number(query.get("from"), -math.inf),
        number(query.get("to"), math.inf),
        whole(query.get("points"), POINTS),
    )
    return Response(data, media_type=ENVELOPE)


async def histograms(request: Request) -> Response:
    """GET /api/runs/ID/histograms?name=..."""
    name = request.query_params.get("name", "")
    return json_response(await in_thread(answers_of(request).histograms, run_of(request), name))


async def weights(request: Request) -> Response:
    """GET /api/runs/ID/weights?path=..."""
    path = request.query_params.get("path", "")
    data = await in_slow_thread(answers_of(request).weights, run_of(request), path)
    return Response(data, media_type=ENVELOPE)


async def examples(request: Request) -> Response:
    """GET /api/runs/ID/examples?part=...&sort=...&count=...&target=...&prediction=..."""
    query = request.query_params
    count = whole(query.get("count"), 24)
    part, order = query.get("part", "validation"), query.get("sort", "worst")
    target, prediction = query.get("target"), query.get("prediction")
    cell = None if target is None or prediction is None else Cell(target, prediction)
    return json_response(await in_slow_thread(answers_of(request).examples, run_of(request), part, order, count, cell))


async def outputs(request: Request) -> Response:
    """GET /api/runs/ID/outputs?layer=...&row=...&part=..."""
    query = request.query_params
    row, layer = whole(query.get("row"), 0), query.get("layer", "")
    part = query.get("part", "validation")
    data = await in_slow_thread(answers_of(request).outputs, run_of(request), part, row, layer)
    return Response(data, media_type=ENVELOPE)


async def explain(request: Request) -> Response:
    """GET /api/runs/ID/explain?target=...&row=..."""
    query = request.query_params
    target, row = query.get("target") or None, whole(query.get("row"), 0)
    page = await in_slow_thread(answers_of(request).explain, run_of(request), target, row)
    return HTMLResponse(page, headers={"content-security-policy": DOCUMENT_POLICY})


async def report(request: Request) -> Response:
    """GET /runs/ID/report.html."""
    page = await in_thread(answers_of(request).report, run_of(request))
    return HTMLResponse(page, headers={"content-security-policy": DOCUMENT_POLICY})


async def control(request: Request) -> Response:
    """POST /api/runs/ID/control."""
    answers = answers_of(request)
    if not answers.steer:
        return json_response({"error": "this page only shows: steering is switched off"}, 403)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return json_response({"error": "a request is sent as application/json"}, 415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return json_response({"error": f"a request has at most {LARGEST:,} bytes"}, 413)
    asked = read_control(body)
    folder = answers.collection.locate(run_of(request))
    try:
        name = await in_thread(ask, folder, asked.command, asked.value)
    except RunError as error:
        return _refused(request, describe(error), 409)
    return json_response({"id": name}, 202)


def number(text: str | None, usual: float) -> float:
    """A number in an address; the usual one where there is none, or what is there is no number."""
    try:
        value = float(text) if text else usual
    except ValueError:
        return usual
    return usual if math.isnan(value) else value


def whole(text: str | None, usual: int) -> int:
    """A whole number in an address; the usual one where there is none, or what is there is no such number."""
    value = number(text, usual)
    return int(value) if abs(value) < 2**53 else usual
