"""Calls that are made at the same time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

Call = Callable[[], requests.Response]


def together(calls: Sequence[Call]) -> list[requests.Response]:
    """The answers to calls that all begin at once."""
    barrier = Barrier(len(calls))

    def begin(call: Call) -> requests.Response:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(begin, calls))
