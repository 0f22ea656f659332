"""``/ingest`` for administrators: a document, or a path inside the folders that the settings open."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from telegram import Document, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, ExtBot, MessageHandler, filters

from bot.telegram.desk import Context, Desk, Reader
from bot.telegram.rendering import plain_messages
from bot.telegram.status import Status
from bot.telegram.texts import Texts
from rag.errors import SiyaqError

if TYPE_CHECKING:
    from ingest.pipeline import IngestReport, Progress

_SINGLE: Final = filters.UpdateType.MESSAGE
_LARGEST: Final = 20_000_000
_SHOWN_REFUSALS: Final = 10
_MANY_EDITS: Final = 1000


class Ingest:
    """Brings articles in, one ingest after the other, with progress; the chat goes on meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Any, Any]]:
        """Return the handlers of this subject."""
        captioned = filters.Document.ALL & filters.CaptionRegex(r"^/ingest(@\w+)?(\s|$)") & _SINGLE
        return [
            CommandHandler("ingest", self.command, filters=_SINGLE, block=False),
            MessageHandler(captioned, self.command, block=False),
            MessageHandler(filters.Document.ALL & filters.ChatType.PRIVATE & _SINGLE, self.hint),
        ]

    async def hint(self, update: Update, _: Context) -> None:
        """Tell an administrator who sends a bare document how to bring it in."""
        reader = await self._desk.admit(update)
        if reader is not None:
            admin = self._desk.is_admin(reader.user_id)
            await self._desk.say(reader, reader.texts.ingest_usage if admin else reader.texts.ingest_refused)

    async def command(self, update: Update, context: Context) -> None:
        """Take the document at hand, or the path after the command."""
        reader = await self._desk.admit(update)
        message = update.effective_message
        if reader is None or message is None:
            return
        if not self._desk.is_admin(reader.user_id):
            await self._desk.say(reader, reader.texts.ingest_refused)
            return
        replied = message.reply_to_message
        document = message.document or (replied.document if replied else None)
        _, _, asked = (message.text or message.caption or "").partition(" ")
        if document is not None:
            await self._document(reader, document, context.bot)
        elif asked.strip():
            await self._path(reader, asked.strip())
        else:
            await self._desk.say(reader, reader.texts.ingest_usage)

    async def _path(self, reader: Reader, asked: str) -> None:
        path = await asyncio.to_thread(allowed_path, asked, self._desk.settings.telegram.ingest_dirs)
        if path is None:
            await self._desk.say(reader, reader.texts.ingest_path_refused)
            return
        async with self._status(reader) as status:
            await self._take_in(reader, path, status)

    async def _document(self, reader: Reader, document: Document, bot: ExtBot[Any]) -> None:
        if (document.file_size or 0) > _LARGEST:
            await self._desk.say(reader, reader.texts.ingest_too_big)
            return
        async with self._status(reader) as status:
            with tempfile.TemporaryDirectory(prefix="siyaq-") as folder:
                path = Path(folder) / _safe_name(document.file_name)
                try:
                    file = await bot.get_file(document.file_id)
                    await file.download_to_drive(path)
                except TelegramError as error:
                    reason = type(error).__name__
                    said = reader.texts.ingest_failed.format(reason=reason)
                    await status.replace(plain_messages(said, reader.lang))
                    return
                await self._take_in(reader, path, status)

    def _status(self, reader: Reader) -> Status:
        every = self._desk.pace.progress_every
        return Status(
            self._desk, reader, reader.texts.ingest_started, after=0, every=every, edits=_MANY_EDITS
        )

    async def _take_in(self, reader: Reader, path: Path, status: Status) -> None:
        loop = asyncio.get_running_loop()
        texts = reader.texts

        def on_progress(progress: Progress) -> None:
            text = texts.ingest_reading if progress.stage == "reading" else texts.ingest_embedding
            said = text.format(done=progress.done, total=progress.total)
            loop.call_soon_threadsafe(status.show, said)

        work = partial(self._desk.newsroom.ingest, [path], now=self._desk.clock(), on_progress=on_progress)
        try:
            report = await loop.run_in_executor(self._desk.ingests, work)
        except SiyaqError as error:
            said = texts.ingest_failed.format(reason=f"{Path(error.subject).name}: {error.reason}")
        else:
            said = report_text(report, texts)
        await status.replace(plain_messages(said, reader.lang))


def report_text(report: IngestReport, texts: Texts) -> str:
    """Return an ingest's report in words: the counts, and the first refusals with their reasons."""
    lines = [
        texts.ingest_done.format(
            added=len(report.added),
            held=len(report.held),
            changed=len(report.changed),
            refused=len(report.refused),
        )
    ]
    lines += [
        texts.refused_because.format(ref=Path(refusal.ref).name, reason=refusal.reason)
        for refusal in report.refused[:_SHOWN_REFUSALS]
    ]
    if len(report.refused) > _SHOWN_REFUSALS:
        lines.append(texts.refused_more.format(count=len(report.refused) - _SHOWN_REFUSALS))
    return "\n".join(lines)


def allowed_path(asked: str, folders: Sequence[Path]) -> Path | None:
    """Return the real path of ``asked`` where it lies inside one of ``folders``, else ``None``.

    A relative path is looked for in each folder. ``..`` and links are resolved first; a folder that holds a
    link out of the open folders is refused as a whole.
    """
    roots = [folder.resolve() for folder in folders]
    for root in roots:
        try:
            path = (root / asked).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # not there, a null byte, a loop of links
            continue
        if any(path.is_relative_to(inside) for inside in roots) and not _leads_out(path, roots):
            return path
    return None


def _leads_out(path: Path, roots: Sequence[Path]) -> bool:
    if not path.is_dir():
        return False
    for parent, folders, files in os.walk(path):
        for name in (*folders, *files):
            found = Path(parent, name)
            if found.is_symlink() and not any(found.resolve().is_relative_to(root) for root in roots):
                return True
    return False


def _safe_name(name: str | None) -> str:
    """Return a file name that is nothing but a name; its ending says what is in it."""
    plain = re.sub(r"[^\w.\- ]", "_", Path(name or "document").name).strip(". ")
    return plain[-100:] or "document"
