"""A push service for Firefox on this machine: what Mozilla's autopush speaks with a browser, as far as one needs it.

https://mozilla-push-service.readthedocs.io/en/latest/design/ — JSON over a web socket; a message that is
posted to an endpoint is handed on as it is, encrypted.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from concurrent.futures import Future
from secrets import token_hex

from aiohttp import WSMsgType, web


class Autopush:
    def __init__(self) -> None:
        self.posted: list[dict[str, str]] = []
        """The headers of each message."""
        self.acknowledged = 0
        self._channels: dict[str, tuple[str, web.WebSocketResponse]] = {}
        self._loop = asyncio.new_event_loop()
        started: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        port = started.result(10)
        self.address = f"ws://127.0.0.1:{port}/"
        self.origin = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, started: Future[int]) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_get("/", self._talk)
        app.router.add_post("/wpush/{token}", self._hand_on)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        started.set_result(runner.addresses[0][1])
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = json.loads(frame.data)
            kind = said.get("messageType")
            if kind == "hello":
                await socket.send_json(
                    {
                        "messageType": "hello",
                        "status": 200,
                        "uaid": said.get("uaid") or token_hex(16),
                        "use_webpush": True,
                    }
                )
            elif kind == "register":
                token = token_hex(16)
                self._channels[token] = (said["channelID"], socket)
                endpoint = f"{self.origin}/wpush/{token}"
                await socket.send_json(
                    {"messageType": "register", "status": 200, "channelID": said["channelID"], "pushEndpoint": endpoint}
                )
            elif kind == "unregister":
                await socket.send_json({"messageType": "unregister", "status": 200, "channelID": said["channelID"]})
            elif kind == "ack":
                self.acknowledged += len(said["updates"])
            else:
                await socket.send_json({})
        return socket

    async def _hand_on(self, request: web.Request) -> web.Response:
        channel, socket = self._channels[request.match_info["token"]]
        self.posted.append({name.lower(): value for name, value in request.headers.items()})
        body = await request.read()
        await socket.send_json(
            {
                "messageType": "notification",
                "channelID": channel,
                "version": token_hex(8),
                "data": base64.urlsafe_b64encode(body).rstrip(b"=").decode(),
                "headers": {"encoding": request.headers["Content-Encoding"]},
            }
        )
        return web.Response(status=201, headers={"Location": f"{self.origin}/m/1"})
