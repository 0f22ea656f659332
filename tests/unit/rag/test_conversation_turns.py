"""Which turns follow up on what was asked before them, in both languages and in dialects."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.newsroom import Newsroom
from rag.conversation.before import Before
from rag.conversation.reading import read_turn
from rag.conversation.recognising import follows_up
from rag.text import Word
from tests.unit.rag.news import article

ENGLISH = Before(
    "How many passengers were aboard the ferry that sank near Dernan?",
    article(
        "A ferry with 212 passengers sank on Monday near the port of Dernan. Seventeen people died and forty "
        "were injured, coastguard chief Ilsa Tornqvist said. The captain was arrested. An inquiry will be "
        "led by a retired judge. The owner has offered compensation.",
        title="Ferry sinks off Dernan",
    ),
)
ARABIC = Before(
    "كم راكبا كان على متن العبارة التي غرقت قرب درنان؟",
    article(
        "غرقت عبارة على متنها 212 راكبا يوم الاثنين قرب ميناء درنان. وقتل سبعة عشر شخصا وأصيب أربعون، بحسب "
        "قائدة خفر السواحل إلسا تورنكفيست. واعتقل القبطان. وسيقود التحقيق قاض متقاعد. وعرض المالك تعويضات.",
        lang="ar",
        title="غرق عبارة قرب درنان",
    ),
)
FOLLOW_UPS: dict[str, tuple[Before, str]] = {
    "bare": (
        ENGLISH,
        """
        when was that?
        and where?
        why?
        When?
        and then?
        since when?
        how come?
        who said so?
        says who?
        """,
    ),
    "pronoun": (
        ENGLISH,
        """
        when did it sink?
        how many of them died?
        where was it going?
        how old was she?
        who are they?
        did he resign?
        and did he resign?
        what was stolen from it?
        how did they die?
        tell me more about that
        can you tell me when that was?
        who built that port?
        """,
    ),
    "what is spoken of": (
        ENGLISH,
        """
        who was arrested?
        what happened to the captain?
        how many were injured?
        and how many people died?
        who will lead the inquiry?
        and who is the judge?
        what did the governor say?
        was anyone arrested?
        is there an inquiry?
        what compensation did the owner offer?
        which port?
        what's the reason?
        what else is known?
        """,
    ),
    "ellipsis": (
        ENGLISH,
        """
        and the owner?
        what about the captain?
        And the injured?
        and in Velmar?
        how about the crew?
        and on Sunday?
        """,
    ),
    "bare, Arabic": (
        ARABIC,
        """
        ومتى حدث ذلك؟
        إمتى صار؟
        وين؟
        ليش؟
        مين قال هيك؟
        طب ليه؟
        وبعدين شو صار؟
        فين ده حصل؟
        ومنذ متى؟
        شو السبب؟
        ممكن تقول لي متى حدث ذلك؟
        """,
    ),
    "pronoun, Arabic": (
        ARABIC,
        """
        وكم عمره؟
        كم كان طولها؟
        ومن هي؟
        ولمن تعود ملكيتها؟
        كيف ماتوا؟
        حكيلي أكتر عن هالشي
        هل استقال؟
        وكم منهم من النساء؟
        """,
    ),
    "what is spoken of, Arabic": (
        ARABIC,
        """
        وكم عدد القتلى؟
        قديش عدد الجرحى؟
        كم قتيلا سقط؟
        ومن اعتقل؟
        وماذا قال المالك؟
        ومن سيقود التحقيق؟
        ومين المسؤول؟
        وهل هناك تحقيق؟
        في أي ميناء؟
        وما رأي الحكومة؟
        وقديش دفعوا تعويض؟
        """,
    ),
    "ellipsis, Arabic": (
        ARABIC,
        """
        ماذا عن القبطان؟
        والقبطان؟
        وفي فيلمار؟
        طيب وشو عن الطاقم؟
        """,
    ),
}
ALONE: dict[str, tuple[Before, str]] = {
    "named": (
        ENGLISH,
        """
        Who won the Ostrel Marathon?
        And who won the Ostrel Marathon?
        Who is Katrin Adler?
        and what is the Bank of Velmar's interest rate?
        So what did President Oduya promise farmers?
        How many drivers joined the tram drivers' strike in Austrel?
        Is it true that the mayor of Ostrel resigned?
        And did the mayor of Ostrel resign?
        """,
    ),
    "a subject of its own": (
        ENGLISH,
        """
        How much does a loaf of bread cost now?
        who won the chess olympiad?
        when does the cotton harvest begin?
        how much oil did opec produce in february?
        flood in Ain Zarun
        where is the botanical garden?
        """,
    ),
    "a pronoun of its own": (
        ENGLISH,
        """
        Which minister said that he would resign over the budget?
        Which town mourned its mayor this week?
        What caused the power cut in Lunara and when was it repaired?
        """,
    ),
    "politeness": (
        ENGLISH,
        """
        thanks
        ok thank you
        hello
        who are you?
        great!
        """,
    ),
    "named, Arabic": (
        ARABIC,
        """
        من فاز بماراثون أوستريل؟
        ومن فاز بماراثون أوستريل؟
        كم عدد طلاب جامعة لونارة؟
        شو صار بانتخابات فيلمار؟
        وكم بلغت أسعار القمح في سوق سنابل؟
        واشنطن ماذا قررت بشأن الرسوم؟
        وفاة من أعلنت أمس في لونارة؟
        """,
    ),
    "a subject of its own, Arabic": (
        ARABIC,
        """
        ما سعر الدولار اليوم؟
        وما سعر النفط؟
        متى تنتهي الحرب؟
        متى رمضان؟
        إمتى بيفتح معرض الكتاب بالقاهرة؟
        وزير النقل لماذا استقال؟
        والي مارن ماذا قال عن الكهرباء؟
        """,
    ),
    "a pronoun of its own, Arabic": (
        ARABIC,
        """
        أي بلدة كرّمت رئيس بلديتها هذا الأسبوع؟
        ما الذي قاله الوزير عن إضراب الترام في أوستريل؟
        وزير المالية ماذا قال عن صندوق الإعمار وموارده؟
        """,
    ),
    "politeness, Arabic": (
        ARABIC,
        """
        شكرا
        تمام شكرا
        مرحبا
        من أنت؟
        """,
    ),
}


def _judged(newsroom: Newsroom, before: Before, turns: str) -> dict[str, bool]:
    def names(found: Sequence[Word]) -> Sequence[float]:
        return [float(value) for value in newsroom._weigher.words.name_likelihoods(found)]

    lines = [line.strip() for line in turns.strip().splitlines()]
    return {turn: follows_up(read_turn(turn, names), before.held, before.terms) for turn in lines}


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_a_turn_that_leaves_something_unsaid_follows_up(newsroom: Newsroom, kind: str) -> None:
    judged = _judged(newsroom, *FOLLOW_UPS[kind])
    assert [turn for turn, follows in judged.items() if not follows] == []


@pytest.mark.parametrize("kind", ALONE)
def test_a_turn_that_says_what_it_is_about_stands_alone(newsroom: Newsroom, kind: str) -> None:
    judged = _judged(newsroom, *ALONE[kind])
    assert [turn for turn, follows in judged.items() if follows] == []


@pytest.mark.parametrize(
    ("turn", "text", "leads"),
    [
        ("ومتى حدث ذلك؟", "متى حدث ذلك؟", True),
        ("طب وقديش العدد", "قديش العدد", True),
        ("والقبطان؟", "القبطان؟", True),
        ("والي مارن ماذا قال؟", "والي مارن ماذا قال؟", False),
        ("وزير النقل لماذا استقال؟", "وزير النقل لماذا استقال؟", False),
        ("وقف إطلاق النار متى يبدأ؟", "وقف إطلاق النار متى يبدأ؟", False),
        ("and so, who said so?", "who said so?", True),
        ("Could you please tell me when that was?", "when that was?", False),
        ("and", "and", False),
        ("و", "و", False),
    ],
)
def test_what_leads_in_is_told_from_what_is_said(turn: str, text: str, leads: bool) -> None:
    reading = read_turn(turn)
    assert (reading.whole, reading.leads) == (text, leads)
