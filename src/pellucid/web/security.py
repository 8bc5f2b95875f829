"""Who may read and steer: only pages that this server sent, and elsewhere than on this machine only with its token."""

from __future__ import annotations

import hmac
import ipaddress
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pellucid.files import to_json

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""What the page may load: what this server sends, and no script or style inside the HTML."""

DOCUMENT_POLICY = "; ".join(
    (
        "sandbox allow-scripts allow-modals allow-downloads",
        "default-src 'none'",
        "script-src 'unsafe-inline'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "frame-ancestors 'self'",
    )
)
"""For self-contained documents, such as a report: they have an origin of their own, from which nothing can be asked."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}


@dataclass(frozen=True)
class Access:
    """Where the server listens, ``host``, and the ``token`` that a reader needs; None where none is needed."""

    host: str = "127.0.0.1"
    token: str | None = None

    def knows_host(self, header: str) -> bool:
        """Whether a request to this Host may be meant for this server, and no other name leads here by a trick.

        A foreign page that lets its own name lead to this machine is known by that name. An address is no name.
        """
        name = _host_name(header)
        if name is None:
            return False
        if is_loopback(self.host):
            return is_loopback(name)
        own = {self.host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
        return is_loopback(name) or name in own or _is_address(name)

    def accepts(self, offered: str | None) -> bool:
        """Whether this is the token, found out in the same time for every wrong one."""
        return self.token is None or (
            offered is not None and hmac.compare_digest(offered.encode("utf-8", "replace"), self.token.encode())
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Stands before the application: refuses what ``Access`` does not allow, and adds headers to every answer."""

    def __init__(self, app: App, access: Access) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(scope, receive, send, *refusal)
            return
        set_cookie = self._cookie_to_set(scope)
        if set_cookie and _is_page(scope):
            await _redirect(scope, send, set_cookie)
            return

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                more = {**HEADERS, "content-security-policy": PAGE_POLICY, "cache-control": "no-store", **set_cookie}
                message["headers"] += [(n.encode(), v.encode()) for n, v in more.items() if n.encode() not in present]
            await send(message)

        # Segments stay as they were sent: the id of a run may hold what, decoded, looks like a path of its own.
        raw = scope.get("raw_path") or scope["path"].encode()
        await self.app({**scope, "path": raw.decode("latin-1").partition("?")[0]}, receive, with_headers)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self.access.knows_host(host):
            return 421, "this address is not the server's: open the address that it printed"
        names = [name.lower() for name, _ in scope["headers"]]
        if any(names.count(name) > 1 for name in (b"host", b"origin", b"sec-fetch-site")):
            return 400, "a request names its host and its origin once"
        origin = headers.get("origin")
        if origin is not None and not _is_same(origin, host):
            return 403, "a page of another site may not read or steer runs"
        is_answer = scope["path"].startswith("/api/")
        if is_answer and headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return 403, "a page of another site may not read or steer runs"
        if not self.access.accepts(self._offered(scope, headers)):
            return 401, "a token is needed: open the whole address that the server printed, with ?token="
        return None

    def _offered(self, scope: Scope, headers: dict[str, str]) -> str | None:
        in_address = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if "token" in in_address:
            return str(in_address["token"])
        try:
            kept = SimpleCookie(headers.get("cookie", "")).get(self._cookie(scope))
        except Exception:  # a header that is no cookie
            return None
        return str(kept.value) if kept else None

    def _cookie(self, scope: Scope) -> str:
        """The cookie's name; cookies are shared by the ports of a machine."""
        return f"pellucid_{(scope.get('server') or ('', 0))[1]}"

    def _cookie_to_set(self, scope: Scope) -> dict[str, str]:
        given = "token" in dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if self.access.token is None or not given or scope["type"] != "http":
            return {}
        return {"set-cookie": f"{self._cookie(scope)}={self.access.token}; Path=/; HttpOnly; SameSite=Lax"}


def _is_page(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith("/api/")


async def _redirect(scope: Scope, send: Send, headers: dict[str, str]) -> None:
    """To the same address without the token, which then is in no history and no link."""
    query = urlencode([(n, v) for n, v in parse_qsl(scope["query_string"].decode("latin-1")) if n != "token"])
    raw = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    place = "/" + raw.lstrip("/") + (f"?{query}" if query else "")  # never //host, which would lead elsewhere
    fields = {**HEADERS, **headers, "location": place, "cache-control": "no-store"}
    await send(
        {"type": "http.response.start", "status": 303, "headers": [(n.encode(), v.encode()) for n, v in fields.items()]}
    )
    await send({"type": "http.response.body", "body": b""})


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why[:120]})
        return
    fields = {**HEADERS, "content-type": "application/json", "cache-control": "no-store"}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(n.encode(), v.encode()) for n, v in fields.items()],
        }
    )
    await send({"type": "http.response.body", "body": to_json({"error": why}).encode()})


def _is_same(origin: str, host: str) -> bool:
    """Whether an Origin header is that of a page of this server, which speaks HTTP; a proxy before it may add TLS."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower() != ""


def _host_name(header: str) -> str | None:
    """The name or address in a Host header, without the port; None for what is neither."""
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port  # which raises for one that is no number
        return parts.hostname if parts.netloc == header and "@" not in header else None
    except ValueError:
        return None


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
