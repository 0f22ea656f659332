"""A local Bot API server: the test bench, and a chat without an account.

Small and strict: it knows the methods the bot uses, checks what Telegram checks, and refuses everything
else loudly.
"""

from __future__ import annotations

from bot.sandbox.server import Sandbox, open_sandbox
from bot.sandbox.state import BLOCKED, DROPPED, ERROR_500, FLOOD, LOST, MIGRATED, STALLED, Fault

__all__ = [
    "BLOCKED",
    "DROPPED",
    "ERROR_500",
    "FLOOD",
    "LOST",
    "MIGRATED",
    "STALLED",
    "Fault",
    "Sandbox",
    "open_sandbox",
]
