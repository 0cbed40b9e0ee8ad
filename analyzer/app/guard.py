"""Who may ask, before anything is answered: the right host name, the token, and no other site's page.

A page from elsewhere in the same browser can send requests to this machine, and can point its own name at it. So the
host name has to be one of ours, reading needs a cookie that browsers do not send along for other sites, and changing
something needs a token that only our own pages know.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN: Final = "token"
HEADER: Final = "x-stridecheck-token"
SAFE: Final = frozenset({"GET", "HEAD"})
YEAR_S: Final = 365 * 24 * 3600

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
REPORT_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Reports hold their own style, and nothing in them may run."""

ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cache-control": "no-store",
}

OUTSIDE: Final = (
    "This page belongs to somebody's Stridecheck. Open the address that the command printed in its window; it begins "
    "with http:// and ends with a long token."
)


@dataclass(frozen=True)
class Key:
    """The secret that opens the page.

    Attributes:
        secret: in the address that the command prints, and in the cookie.
        port: cookies do not tell ports apart, so the cookie's name has to.
    """

    secret: str
    port: int

    @property
    def cookie(self) -> str:
        """The cookie's name."""
        return f"stridecheck_{self.port}"

    @property
    def for_pages(self) -> str:
        """What our own pages send along to change something; nothing can be read from it."""
        return hmac.new(self.secret.encode(), b"pages", hashlib.sha256).hexdigest()


def kept_secret(path: Path) -> str:
    """The secret in a file that only its owner may read, made if there is none: a restart keeps open pages working."""
    try:
        found = path.read_text(encoding="ascii").strip()
        if len(found) >= 32:
            return found
    except (OSError, UnicodeDecodeError):
        pass
    made = secrets.token_urlsafe(32)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(made)
    return made


def allowed_hosts(host: str) -> frozenset[str]:
    """The names by which the page may be asked for; any address in numbers too where it listens on all of them."""
    ours = {"localhost", "127.0.0.1", "::1"}
    return frozenset(ours | {host.casefold()})


class Guard:
    """Lets through what may pass, and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, key: Key, hosts: frozenset[str]) -> None:
        self._app = app
        self._key = key
        self._hosts = hosts
        self._numbers = bool(hosts & {"0.0.0.0", "::"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        sending = _with_headers(send)
        await (refused or self._app)(scope, receive, sending)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._ours(hosts[0]):
            return PlainTextResponse("This is not the name of this page.", 421)
        if scope["path"].startswith("/static/") and scope["method"] in SAFE:
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] in SAFE and TOKEN in query:
            return self._entrance(query[TOKEN][0])
        if not _same(_cookie(headers, self._key.cookie), self._key.secret):
            return PlainTextResponse(OUTSIDE, 403)
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return PlainTextResponse("Another site asked for this.", 403)
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != hosts[0]:
            return PlainTextResponse("Another site asked for this.", 403)
        if not _same(headers.get(HEADER, ""), self._key.for_pages):
            return PlainTextResponse("The page is out of date; load it again.", 403)
        return None

    def _entrance(self, given: str) -> Response:
        if not _same(given, self._key.secret):
            return PlainTextResponse(OUTSIDE, 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._key.cookie, self._key.secret, max_age=YEAR_S, httponly=True, samesite="strict")
        return answer

    def _ours(self, header: str) -> bool:
        try:
            name = urlsplit(f"//{header}").hostname or ""
            port = urlsplit(f"//{header}").port
        except ValueError:
            return False
        if port != self._key.port and not (port is None and self._key.port == 80):
            return False
        return name in self._hosts or (self._numbers and _is_address(name))


Sender: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def _with_headers(send: Send) -> Sender:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", PAGE_POLICY)
        await send(message)

    return sending


def _cookie(headers: Headers, name: str) -> str:
    try:
        jar: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
