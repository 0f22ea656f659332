"""The queue of outgoing calls: fair to chats, answers first, told the time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.telegram.limiter import Lane, Limits, PoliteLimiter, Queue

LIMITS = Limits(all_rate=10, all_burst=10, private_rate=1, private_burst=2, group_rate=1 / 3, group_burst=1)


def _drain(queue: Queue, now: float) -> list[int]:
    return [ticket.number for ticket in queue.grant(now)[0]]


def test_a_chat_gets_its_burst_then_its_rate_and_holds_no_other() -> None:
    queue = Queue(LIMITS)
    mine = [queue.join(1, Lane.ANSWER).number for _ in range(4)]
    theirs = queue.join(2, Lane.ANSWER).number
    assert _drain(queue, 0) == [mine[0], mine[1], theirs]
    assert queue.grant(0)[1] == pytest.approx(1)
    assert _drain(queue, 0.5) == []
    assert _drain(queue, 1.0) == [mine[2]]
    assert _drain(queue, 2.0) == [mine[3]]
    assert queue.grant(2.0) == ([], None)


def test_an_answer_overtakes_digests() -> None:
    queue = Queue(LIMITS)
    queue.join(1, Lane.DIGEST)
    queue.join(1, Lane.DIGEST)
    assert len(_drain(queue, 0)) == 2
    digest = queue.join(1, Lane.DIGEST).number
    answer = queue.join(1, Lane.ANSWER).number
    assert _drain(queue, 1) == [answer]
    assert _drain(queue, 2) == [digest]


def test_a_closed_chat_waits_alone() -> None:
    queue = Queue(LIMITS)
    queue.close(1, until=30)
    held = queue.join(1, Lane.ANSWER).number
    free = queue.join(2, Lane.DIGEST).number
    assert _drain(queue, 0) == [free]
    assert not queue.is_free(1, 29)
    assert _drain(queue, 29.9) == []
    assert _drain(queue, 30) == [held]


def test_all_chats_together_keep_the_global_rate() -> None:
    queue = Queue(LIMITS)
    for chat in range(1, 41):
        queue.join(chat, Lane.ANSWER)
    assert len(_drain(queue, 0)) == 10
    assert len(_drain(queue, 1)) == 10
    assert len(_drain(queue, 3)) == 10


def test_groups_are_slower_and_a_place_can_be_given_up() -> None:
    queue = Queue(LIMITS)
    queue.join(-5, Lane.ANSWER)
    left = queue.join(-5, Lane.ANSWER)
    last = queue.join(-5, Lane.ANSWER).number
    assert len(_drain(queue, 0)) == 1
    queue.leave(left)
    assert _drain(queue, 3.01) == [last]


async def test_a_429_is_waited_out_by_its_chat_only() -> None:
    limiter = PoliteLimiter(Limits())
    calls: list[int] = []

    async def send(chat: int) -> bool:
        calls.append(chat)
        if calls == [1]:
            raise RetryAfter(timedelta(milliseconds=200))
        return True

    async def process(chat: int) -> object:
        return await limiter.process_request(send, (chat,), {}, "sendMessage", {"chat_id": chat}, None)

    assert await asyncio.gather(process(1), process(2)) == [True, True]
    assert calls == [1, 2, 1]


async def test_a_stage_never_waits_and_other_errors_pass_through() -> None:
    limiter = PoliteLimiter(Limits())

    async def flooded() -> bool:
        raise RetryAfter(timedelta(seconds=5))

    async def refused() -> bool:
        raise BadRequest("message is too long")

    with pytest.raises(RetryAfter):
        await limiter.process_request(flooded, (), {}, "editMessageText", {"chat_id": 1}, Lane.STAGE)
    assert not limiter.is_free(1)
    assert limiter.is_free(2)
    with pytest.raises(BadRequest):
        await limiter.process_request(refused, (), {}, "sendMessage", {"chat_id": 2}, Lane.ANSWER)
    await limiter.shutdown()
