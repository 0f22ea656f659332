"""Everything the bot says in its own words, in both languages: one field a sentence, one value a language.

A sentence says what an outlet wrote or what the bot did; it never vouches for what was written. Lines that
name commands are left for the renderer to direct.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rag.dates.calendar import shortest
from rag.dates.written import written_date

Lang = Literal["ar", "en"]


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language; names in braces are filled in by the caller."""

    # questions and answers
    searching: str
    reading: str
    writing: str
    checking: str
    sources: str
    newest_source: str
    stale: str
    stale_undated: str
    undated: str
    unknown_outlet: str
    source_in_arabic: str
    source_in_english: str
    source_in_other: str
    insufficient: str
    nearest: str
    other_days: str
    nothing_near: str
    not_mentioned: str
    machine_translation: str
    updated: str
    disputed: str
    brief_of: str
    brief_on: str
    nothing_printed: str
    nothing_on: str
    quotes_only: str
    model_invalid: str
    unverified: str
    budget_spent: str
    words_only: str
    understood: str
    ask_something: str
    too_long: str
    failed: str
    # the source card
    counted_days: str
    about_days: str
    open_article: str
    article_removed: str
    article_changed: str
    answer_forgotten: str
    # who, what, how
    start: str
    your_id: str
    help: str
    admin_help: str
    not_for_you: str
    description: str
    commands: tuple[tuple[str, str], ...]
    admin_commands: tuple[tuple[str, str], ...]
    # administrators
    ingest_refused: str
    ingest_usage: str
    ingest_path_refused: str
    ingest_too_big: str
    ingest_started: str
    ingest_reading: str
    ingest_embedding: str
    ingest_done: str
    ingest_failed: str
    refused_because: str
    refused_more: str
    # following
    following: str
    already_following: str
    not_following: str
    unfollowed: str
    follows_nothing: str
    follows: str
    too_many_follows: str
    topic_too_long: str
    follow_usage: str
    unfollow_usage: str
    digest_at: str
    digest_usage: str
    unknown_zone: str
    digest_head: str
    digest_again: str
    # language
    language_set: str
    choose_language: str
    # what is kept
    forgotten: str


AR: Final = Texts(
    searching="أبحث في الأرشيف…",
    reading="أقرأ ما وجدت…",
    writing="أصوغ الجواب…",
    checking="أراجع الاقتباسات على نصوصها…",
    sources="المصادر",
    newest_source="أحدث مصدر مذكور: {date}",
    stale="وهو قديم على سؤال عن الحال الآن، فقد يكون تغير بعده.",
    stale_undated="لا تاريخ لمصادر هذا الجواب، فلا أعرف إن كانت حديثة.",
    undated="بلا تاريخ",
    unknown_outlet="جهة غير مذكورة",
    source_in_arabic="المصدر بالعربية:",
    source_in_english="المصدر بالإنجليزية:",
    source_in_other="المصدر بلغة أخرى ({lang}):",
    insufficient="لا أجد في الأرشيف ما يجيب عن هذا السؤال.",
    nearest="أقرب ما في الأرشيف:",
    other_days="لا أجد جوابا من الأيام التي سألت عنها ({days})، وفي الأرشيف من أيام أخرى:",
    nothing_near="ولا شيء قريبا منه.",
    not_mentioned="لا يذكر أقربُها: {words}",
    machine_translation="ترجمة آلية:",
    updated="عدّلها ناشرها لاحقا، والأحدث أولا:",
    disputed="تختلف المصادر:",
    brief_of="موجز {date}",
    brief_on="موجز عن: {topic}",
    nothing_printed="ليس في الأرشيف ما نشر في هذا اليوم.",
    nothing_on="ليس في الأرشيف شيء عن هذا الموضوع.",
    quotes_only="الجواب اقتباسات فقط، فنموذج الصياغة غير متاح الآن.",
    model_invalid="الجواب اقتباسات فقط، فلم يأت نموذج الصياغة بجواب صالح.",
    unverified="الجواب اقتباسات فقط، فما صاغه النموذج لم يثبت أمام نصوص المقالات.",
    budget_spent="الجواب اقتباسات فقط، فقد نفدت حصة اليوم من الصياغة.",
    words_only="بحثت بالكلمات وحدها، فقد يفوتني ما كتب بعبارة أخرى.",
    understood="فُهم السؤال: {question}",
    ask_something="اكتب سؤالاً، مثل: متى افتتح الجسر؟ وفي مجموعة: /ask ثم السؤال.",
    too_long="هذا السؤال أطول من أن أبحث عنه. اختصره في جملة أو جملتين.",
    failed="تعذر إتمام هذا الطلب. أعد المحاولة بعد قليل.",
    counted_days="محسوبا من يوم النشر: {days}",
    about_days="نحو {days}",
    open_article="افتح المقال في موقعه",
    article_removed="سحب هذا المقال من الأرشيف.",
    article_changed="تغير نص المقال في الأرشيف بعد هذا الجواب، فلا أعرض الاقتباس في غير موضعه.",
    answer_forgotten="لم أعد أحتفظ بمصادر هذا الجواب. أعد السؤال.",
    start=(
        "أهلا بك. أجيب عن أسئلتك من أرشيف الأخبار، وكل جواب باقتباسه ومصدره وتاريخه.\n"
        "اكتب سؤالك بالعربية أو بالإنجليزية، وسأقول لك ما ورد في المصادر، أو أن الأرشيف لا يجيب عنه."
    ),
    your_id="رقمك في تيليغرام: {id}",
    help=(
        "اكتب سؤالك في محادثة خاصة كما هو. في المجموعات: /ask ثم السؤال، أو رد على رسالة مني.\n"
        "تحت كل جواب زر يفتح كل اقتباس في فقرته.\n"
        "يمكنك أن تتابع: ومتى حدث ذلك؟ ومن قاله؟ أحتفظ لهذا بأسئلتك الأخيرة مدة قصيرة.\n"
        "حذف أسئلتك فورا: /forget\n"
        "\n"
        "أخبار اليوم، خبر في كل سطر: /brief، أو /brief ثم موضوع\n"
        "متابعة موضوع بموجز يومي: /follow ثم الموضوع\n"
        "ترك موضوع: /unfollow ثم الموضوع\n"
        "ما تتابعه: /following\n"
        "ساعة الموجز ومنطقتها: /digest 8 Asia/Riyadh\n"
        "لغة الردود: /language"
    ),
    admin_help="للمشرفين: أرسل ملفا مع /ingest أو رد به على ملف، أو اكتب /ingest ثم مسارا.",
    not_for_you="هذا الروبوت مخصص لمشرفيه.",
    description="أسأل أرشيف الأخبار نيابة عنك: كل جواب باقتباس ومصدر وتاريخ، وإن لم أجد قلت لك.",
    commands=(
        ("ask", "اسأل الأرشيف"),
        ("brief", "موجز اليوم أو موضوع"),
        ("follow", "تابع موضوعا بموجز يومي"),
        ("unfollow", "اترك موضوعا"),
        ("following", "ما تتابعه"),
        ("digest", "ساعة الموجز ومنطقتها"),
        ("language", "لغة الردود"),
        ("forget", "احذف أسئلتي السابقة"),
        ("help", "كيف أعمل"),
    ),
    admin_commands=(("ingest", "أدخل ملفا أو مسارا إلى الأرشيف"),),
    ingest_refused="إدخال المقالات متاح للمشرفين فقط.",
    ingest_usage=(
        "أرسل ملفا مع الأمر /ingest في شرحه، أو رد بالأمر على ملف، أو اكتب بعده مسارا في مجلد مسموح به."
    ),
    ingest_path_refused="لا أستطيع القراءة من هذا المسار: المسموح مجلدات الإدخال المحددة في الإعدادات.",
    ingest_too_big="الملف أكبر مما ينقله تيليغرام إلى الروبوتات (20 ميغابايت). ضعه في مجلد الإدخال.",
    ingest_started="وصلني الملف، أبدأ الإدخال…",
    ingest_reading="أقرأ الملفات: {done} من {total}",
    ingest_embedding="أفهرس المقالات: {done} من {total}",
    ingest_done="انتهى الإدخال.\nأضيف: {added}\nموجود من قبل: {held}\nتغير: {changed}\nرفض: {refused}",
    ingest_failed="توقف الإدخال: {reason}",
    refused_because="{ref}: {reason}",
    refused_more="وغيرها: {count}",
    following="تتابع الآن: {topic}\nيصلك الموجز كل يوم، الساعة {hour} ({zone}).",
    already_following="تتابع هذا الموضوع من قبل: {topic}",
    not_following="لا تتابع هذا الموضوع: {topic}",
    unfollowed="لم تعد تتابع: {topic}",
    follows_nothing="لا تتابع شيئا بعد. ابدأ بالأمر /follow ثم الموضوع.",
    follows="ما تتابعه، والموجز كل يوم الساعة {hour} ({zone}):",
    too_many_follows="بلغت الحد الأعلى من المواضيع ({count}). اترك واحدا قبل أن تضيف غيره.",
    topic_too_long="هذا الموضوع طويل. اكتفِ ببضع كلمات.",
    follow_usage="اكتب الموضوع بعد الأمر، مثل: /follow أسعار القمح",
    unfollow_usage="اكتب الموضوع بعد الأمر، مثل: /unfollow أسعار القمح",
    digest_at="الموجز كل يوم الساعة {hour} ({zone}).",
    digest_usage="اكتب ساعة من 0 إلى 23، ومعها منطقة زمنية إن شئت، مثل: /digest 8 Asia/Riyadh",
    unknown_zone="لا أعرف هذه المنطقة الزمنية: {zone}\nاكتبها كما في قائمة المناطق، مثل: Africa/Cairo",
    digest_head="موجز {date}",
    digest_again="قد لا يكون الموجز السابق وصلك، لذلك أعيد ما كان فيه.",
    language_set="سأرد عليك بالعربية.",
    choose_language="بأي لغة أرد؟",
    forgotten="حذفت أسئلتك السابقة في هذه المحادثة. السؤال التالي يُفهم وحده.",
)

EN: Final = Texts(
    searching="Searching the archive…",
    reading="Reading what I found…",
    writing="Writing the answer…",
    checking="Checking the quotes against their articles…",
    sources="Sources",
    newest_source="Newest source cited: {date}",
    stale="That is old for a question about now: things may have changed since.",
    stale_undated="None of these sources is dated, so I cannot tell whether they are recent.",
    undated="undated",
    unknown_outlet="outlet not named",
    source_in_arabic="Source in Arabic:",
    source_in_english="Source in English:",
    source_in_other="Source in another language ({lang}):",
    insufficient="I find nothing in the archive that answers this question.",
    nearest="The nearest things it holds:",
    other_days="I find no answer from the days you ask about ({days}). From other days the archive holds:",
    nothing_near="Nor anything near it.",
    not_mentioned="The nearest does not mention: {words}",
    machine_translation="Machine translation:",
    updated="Changed later by its outlet, the newest first:",
    disputed="Outlets disagree:",
    brief_of="Brief of {date}",
    brief_on="Brief on: {topic}",
    nothing_printed="The archive holds nothing printed on this day.",
    nothing_on="The archive holds nothing on this topic.",
    quotes_only="This answer is quotes only: the model that writes answers is not available now.",
    model_invalid="This answer is quotes only: the model that writes answers gave no usable one.",
    unverified="This answer is quotes only: what the model wrote did not stand up to the articles.",
    budget_spent="This answer is quotes only: today's budget for written answers is spent.",
    words_only="I searched by words alone, so I may miss what was put another way.",
    understood="Understood as: {question}",
    ask_something="Write a question, such as: When was the bridge opened? In a group: /ask and the question.",
    too_long="That is too long for me to search for. Put it into a sentence or two.",
    failed="I could not finish this. Please try again in a little while.",
    counted_days="Counted from the day of publication: {days}",
    about_days="about {days}",
    open_article="Open the article on its site",
    article_removed="This article was removed from the archive.",
    article_changed=(
        "The article has changed in the archive since this answer, so I do not show its quote out of place."
    ),
    answer_forgotten="I no longer keep the sources of this answer. Please ask again.",
    start=(
        "Welcome. I answer from a news archive, each answer with its quote, its source and its date.\n"
        "Ask in Arabic or in English: I tell you what outlets wrote, or that the archive does not answer it."
    ),
    your_id="Your Telegram id: {id}",
    help=(
        "In a private chat, just write your question. In groups: /ask and the question, or reply to one of my"
        " messages.\n"
        "A button under each answer opens every quote in its paragraph.\n"
        "You can follow up: and when was that? who said so? For this I keep your last questions for a short"
        " while.\n"
        "Delete them at once: /forget\n"
        "\n"
        "Today's news, a line a story: /brief, or /brief and a topic\n"
        "Follow a topic with a daily digest: /follow and the topic\n"
        "Leave a topic: /unfollow and the topic\n"
        "What you follow: /following\n"
        "Hour and zone of the digest: /digest 8 Europe/London\n"
        "Language of replies: /language"
    ),
    admin_help=(
        "Administrators: send a file with /ingest, reply /ingest to a file, or write /ingest and a path."
    ),
    not_for_you="This bot is for its administrators only.",
    description=(
        "I ask a news archive for you: each answer with a quote, a source and a date, and when"
        " it is not there, I say so."
    ),
    commands=(
        ("ask", "Ask the archive"),
        ("brief", "Today's news, or those on a topic"),
        ("follow", "Follow a topic with a daily digest"),
        ("unfollow", "Leave a topic"),
        ("following", "What you follow"),
        ("digest", "Hour and zone of the digest"),
        ("language", "Language of replies"),
        ("forget", "Delete my earlier questions"),
        ("help", "How I work"),
    ),
    admin_commands=(("ingest", "Bring a file or a path into the archive"),),
    ingest_refused="Only administrators can bring articles in.",
    ingest_usage=(
        "Send a file with /ingest as its caption, reply /ingest to a file, or write a path inside an allowed"
        " folder after it."
    ),
    ingest_path_refused="I cannot read from there: only the ingest folders of the settings are open to me.",
    ingest_too_big="The file is larger than Telegram hands to bots (20 MB). Put it into an ingest folder.",
    ingest_started="I have it, starting…",
    ingest_reading="Reading files: {done} of {total}",
    ingest_embedding="Indexing articles: {done} of {total}",
    ingest_done="Done.\nAdded: {added}\nAlready held: {held}\nChanged: {changed}\nRefused: {refused}",
    ingest_failed="Stopped: {reason}",
    refused_because="{ref}: {reason}",
    refused_more="and others: {count}",
    following="You now follow: {topic}\nA digest comes every day at {hour} ({zone}).",
    already_following="You already follow: {topic}",
    not_following="You do not follow: {topic}",
    unfollowed="You no longer follow: {topic}",
    follows_nothing="You follow nothing yet. Start with /follow and a topic.",
    follows="What you follow, with a digest every day at {hour} ({zone}):",
    too_many_follows="A chat can follow {count} topics at most. Leave one before adding another.",
    topic_too_long="That topic is too long. A few words will do.",
    follow_usage="Write the topic after the command, like this: /follow wheat prices",
    unfollow_usage="Write the topic after the command, like this: /unfollow wheat prices",
    digest_at="The digest comes every day at {hour} ({zone}).",
    digest_usage="Write an hour from 0 to 23 and, if you like, a zone: /digest 8 Europe/London",
    unknown_zone="I do not know this zone: {zone}\nWrite it as in the zone list, like this: Africa/Cairo",
    digest_head="Digest of {date}",
    digest_again="The last digest may not have reached you, so what was in it is here again.",
    language_set="I will reply in English.",
    choose_language="In which language shall I reply?",
    forgotten="I have deleted your earlier questions in this chat. The next one is understood by itself.",
)

TEXTS: Final[dict[Lang, Texts]] = {"ar": AR, "en": EN}


def written_days(first: date | None, last: date | None, lang: Lang) -> str:
    """Return days in words: one day, a whole month or year as such, else both ends; an open end as dots."""
    whole = shortest(first, last) if first and last else None
    if whole:
        return written_date(whole, lang)
    ends = [written_date(day.isoformat(), lang) if day else "…" for day in (first, last)]
    return " – ".join(ends)


def lang_of(code: str | None) -> Lang | None:
    """Return the language for an IETF tag such as ``ar-EG``, or ``None`` where the bot does not speak it."""
    base = (code or "").lower().partition("-")[0]
    return "ar" if base == "ar" else "en" if base == "en" else None
