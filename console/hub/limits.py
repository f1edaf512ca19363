"""A bound on what a request may send."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.wire import Problem


class BodyLimit:
    """Answers 413 to a body over ``limit`` bytes, announced or not."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Request(scope).headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self._limit:
            problem = Problem(code="too_large", detail="the body is too large")
            answer = JSONResponse(problem.model_dump(), 413, {"connection": "close"})
            await answer(scope, receive, send)
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise HTTPException(413, "the body is too large")
            return message

        await self._app(scope, bounded, send)
