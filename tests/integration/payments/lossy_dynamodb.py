"""DynamoDB over HTTP that loses answers: what was asked for takes effect, and nobody hears of it."""

import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from botocore.exceptions import ClientError

Loses = Callable[[str, dict[str, Any]], bool]
"""Whether the answer is lost, by the operation's name and its parameters."""


class LossyDynamoDB:
    """Hands requests on to a client in this process. `lost`: set once an answer has been.

    A lost answer keeps its caller waiting for `seconds`.
    """

    def __init__(self, client: Any, loses: Loses, seconds: float) -> None:
        self.lost = threading.Event()
        self._client = client
        self._loses = loses
        self._seconds = seconds
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, operation: str, parameters: dict[str, Any]) -> tuple[int, bytes] | None:
        """Status and body in DynamoDB's JSON protocol; None: it is lost."""
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
        try:
            status, answer = 200, getattr(self._client, method)(**parameters)
            del answer["ResponseMetadata"]
        except ClientError as error:
            response: Any = error.response
            status, answer = 400, {"__type": f"com.amazonaws#{response['Error']['Code']}", "message": ""}
            answer |= {"Item": response["Item"]} if "Item" in response else {}
        if self._loses(operation, parameters):
            self.lost.set()
            time.sleep(self._seconds)
            return None
        return status, json.dumps(answer).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: Any) -> None:
                """Tests are quiet."""

            def do_POST(self) -> None:
                parameters = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = server.answer(self.headers["X-Amz-Target"].rpartition(".")[2], parameters)
                if answer is None:
                    self.close_connection = True
                    return
                status, content = answer
                self.send_response(status)
                self.send_header("Content-Type", "application/x-amz-json-1.0")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        return Handler
