"""``siyaq brief``: what was printed on a day, or on a topic, a line for each story."""

from __future__ import annotations

from datetime import date, datetime

import click

from bot.commands.frame import INSTANT, json_option, print_json, spinner, start


class Day(click.ParamType[date]):
    """A day of the calendar, ``YYYY-MM-DD``."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that ``value`` writes."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day, such as 2026-03-20", param, ctx)


@click.command("brief", short_help="Tell the news of a day or on a topic, a line a story.")
@click.argument("topic", required=False)
@click.option("--day", type=Day(), metavar="DATE", help="What was printed on DATE; today without a TOPIC.")
@click.option("--now", type=INSTANT, help="Ask as if it were INSTANT.")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of the lines around the quotes.")
@json_option
def command(
    topic: str | None, day: date | None, now: datetime | None, lang: str | None, as_json: bool
) -> int:
    """Tell the news of a day, or on TOPIC: one cited line a story, with how many independent outlets tell it.

    Days are counted in the zone of SIYAQ_ALERTS__ZONE. Copies of one piece are one source; an article without
    a date is news of no day.

    \b
    Example:
      siyaq brief
      siyaq brief --day 2026-03-09 --lang ar
      siyaq brief "أسعار القمح"
    """
    settings = start()
    from zoneinfo import ZoneInfo

    from bot.commands.readable import answer_page
    from bot.newsroom import open_newsroom
    from rag.types import utc_now

    asked_at = (now or utc_now()).astimezone(ZoneInfo(settings.alerts.zone))
    with open_newsroom(settings) as newsroom, spinner("opening the archive"):
        answer = newsroom.brief(topic, day=day, now=asked_at, lang=lang)
    if as_json:
        print_json(answer.as_json())
    else:
        click.echo(answer_page(answer))
    return 0
