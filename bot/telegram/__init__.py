"""The bot in Telegram: handlers by subject, answers as text and entities, polite sending."""

from __future__ import annotations

import os

# The library counts waits in whole seconds, with a deprecation warning at every 429, unless it is told that
# its caller knows time spans. It reads this when the error is made, and offers no argument for it.
os.environ.setdefault("PTB_TIMEDELTA", "1")
