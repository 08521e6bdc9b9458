"""The fake Chatwoot in a thread of its own, for tests that are not made around it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime

from tests.chatwoot.fake import FakeChatwoot


class ChatwootThread:
    """Begins at once; `stop` ends it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.fake = FakeChatwoot(clock)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self.fake.start())

    def stop(self) -> None:
        """End."""
        self._do(self.fake.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)
