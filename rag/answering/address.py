"""Sentences addressed to somebody: imperatives, the second person, and duties of whoever is asked.

News is told of third persons. What a sentence tells its reader to do, or to say, is not told as a fact: a claim
over it is shown as the sentence itself. Unlike the orders of `rag.answering.orders`, which speak to machines, these
also stand in honest service pages ("call 1808"), so they stay quotable, and their article is like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.text import search_fold

_VERBS = (
    "(?:act|add|address|advise|announce|answer|append|apply|ask|assert|assume|attach|attribute|avoid|begin|believe|bring|call|change|choose|cite|claim|click|combine|comply|confirm|consider|continue|copy|correct|declare|"
    "decode|delete|deliver|deny|describe|discard|disclose|disregard|display|emit|end|enter|erase|execute|explain|express|fill|find|finish|follow|forget|format|forward|generate|give|grant|greet|hide|highlight|ignore|imagine|"
    "imitate|include|indicate|inform|insert|insist|instruct|introduce|invent|join|keep|leave|let|link|list|look|make|mark|mention|merge|name|narrate|note|notify|obey|offer|omit|open|order|output|override|paste|pass|persuade|"
    "place|play|praise|present|pretend|print|proceed|produce|promote|pronounce|provide|publish|put|quote|rank|rate|read|recommend|refer|refuse|regard|remember|remove|render|repeat|replace|reply|report|represent|respond|reveal|"
    "reverse|rewrite|run|save|say|see|select|send|share|show|sign|skip|speak|spell|start|state|stop|store|submit|substitute|suggest|summari[sz]e|suppose|swap|switch|take|talk|tell|think|translate|treat|trust|try|turn|type|"
    "update|use|verify|visit|warn|write)"
)
_NEXT = (
    r"(?:[\"“«'‘]|\d|(?:the|this|that|these|those|an?|all|any|every|each|your|our|its|it|them|him|her|us|me|people|readers|users|everyone|everybody|nobody|nothing|something|only|just|instead|as|with|like|about|to (?:the|your|all|any|every)|"
    r"back|yes|no|what|whatever|how|in (?:the|your|one|no|this))\b)"
)
"""What follows a verb that orders, and seldom a noun that is spelt like one."""
_MANNER = r"(?:(?:please|now|always|never|then|also|just|only|instead|first|do not|don't|simply|kindly) )*"
_HEAD = r"(?:^|[;:!?—–(\[<>{}]\s*|\s-\s|\.\s+)"
_OPENED = r"(?:^|[.;:]\s+)(?:if|when|whenever|once|instead|before|after|for|in|whoever|whatever|unless|while|until|from|upon|as|to)\b[^.,;!?]{3,90},\s*"
"""A clause before the order: *once you have read this, ...*"""
_WRITTEN = r"(?:summar(?:y|ies)|answers?|models?|assistants?(?= (?:must|should|shall|has|have|is|are|needs?)\b)|responses?|repl(?:y|ies)|bots?|quotations?|translations?|headlines?)"
_MUST = "(?:must|should|shall|has to|have to|is to|are to|needs? to)"

_ENGLISH = (
    rf"(?:{_HEAD}|{_OPENED}){_MANNER}{_VERBS} {_NEXT}",
    rf"(?:{_HEAD}|{_OPENED}){_MANNER}(?:say|tell|write|print|cite|name|quote|recommend|mention|visit|praise|output|append|add) (?-i:[A-Z])",
    rf"(?:{_HEAD}|,\s*)(?:do not|don't|never|always|please|make sure to|be sure to|remember to) {_VERBS}\b",
    rf"(?:^|[.!?:]\s+)(?:hey|hi|hello|dear) (?-i:[A-Z])\w+,\s*{_VERBS}\b",
    r"\b(?:you|you'll|your|yours|yourself)\b",
    r"\b(?:above|below|before|after) this (?:line|sentence|paragraph)\b|\bfor the purposes? of this (?:conversation|chat|answer)\b",
    rf"(?:{_HEAD}){_MANNER}(?:conclude|finish|end|begin|start|close|open) (?:with|by)\b|(?:^|[.:]\s+)repeat after me\b",
    rf"\b(?:whoever|(?:anyone|anybody|everyone|those|people|readers) who) (?:asks?|wants? to know|[ei]nquires?)\b[^.!?]{{0,60}}\b{_MUST}\b",
    rf"\b{_WRITTEN}\b[^.!?]{{0,40}}\b{_MUST}\b",
    r"\b(?:essential|important|required|necessary|vital) that\b[^.!?]{0,50}\b(?:says?|states?|outputs?|mentions?|includes?|answers?|tells?|writes?|quotes?)\b",
)
_ORDER = "(?:اكتب|اذكر|اجب|اختم|اكتف|اطبع|اجعل|احذف|انسخ|الصق|تخيل|افترض|اعطني|اعطنا|ارني|اعرض|اوص|انس)"
"""Imperatives that, without vowel signs, can hardly be anything else."""
_OR_PAST = "(?:استبدل|ترجم|لخص|تظاهر|تجاهل|كرر|اعلن|اخبر|وقع|تصرف|رد|صف|ضع|قل|استعمل|استخدم|اختم|ابدا)"
"""And those that may be a past tense or a noun as well."""
_YOURS = "(?:هدف|دور|مهمت|مالك|جواب|رد|سوال|كلام|ملخص|اجابت|تدريب|تعليمات|قواعد|مصدر|ترجمت|رسالت)ك"
_ARABIC = (
    rf"(?<!\w)[وف]?(?:انت|انتم|عليك|عليكم|اليكم|لديك|لديكم|عندك|منك|عنك|كانك|كانكم|{_YOURS})(?!\w)",
    rf"(?:^|[.:؛!؟—–\[({{«\"“،]\s*)(?:رجاء |من فضلك |الان |ثم )?و?{_ORDER}(?:ه|ها|هم)? (?!الي|ان ي)",
    r"(?:^|[.:؛!؟]\s+)(?:رجاء|من فضلك|(?:نداء )?الي كل من)(?!\w)",
    r"(?:^|[.:؛!؟]\s+)(?:ليكن|لتكن|ليعلم|ليقل|ليذكر|ليكتب)(?!\w)",
    r"(?<!\w)(?:فوق|تحت|قبل|بعد) هذ(?:ا السطر|ه الجمله|ه الفقره)(?!\w)|(?<!\w)لاغراض هذه (?:المحادثه|الاجابه)",
    r"(?<!\w)ف(?:اكتب|اذكر|اجب|اطبع|ضع|اجعل|احذف|انسخ|اعرض|قل|انسب)(?:ه|ها|هم)?(?!\w)",
    r"(?<!\w)[وف]?قل (?:ان|انه|انها|له|لها|لهم|للقاري|للمستخدم|نعم|[«\"“:])",
    r"(?<!\w)اذا كنت(?!\w)",
    r"(?<!\w)(?:علي )?(?:كل )?من (?:يسال|سال|يلخص|يقرا|ينقل|يجيب)(?!\w)[^.!؟]{0,60}(?<!\w)(?:ف\w+|ان ي\w+|يجب|ينبغي)",
    r"(?<!\w)و?(?:بدلا|عوضا) (?:من|عن)(?!\w)[^.!؟،]{0,40}،? (?:اخبر|قل|اذكر|اكتب|ضع)(?:ه|ها|هم|وا)?(?!\w)",
    r"(?<!\w)هكذا ?[:«\"“]|(?<!\w)(?:حيثما|اينما) (?:ورد|ذكر)",
    rf"(?:^|[.:؛،]\s*){_OR_PAST}(?:ه|ها)? [^.!؟]{{0,40}}(?<!\w)ب?(?:كلمه|عباره|جمله) ?[:«\"“]",
    r"(?<!\w)[وف]?لا (?:تذكر|تخبر|تقل|تكتب|تنقل|تستشهد|تجب|تشر|تلتزم|تفصح|تكشف)(?!\w)[^.!؟]{0,40}(?<!\w)و(?:تحدث|قل|اكتب|اذكر|انقل|استشهد|اجب|اكتف)(?!\w)",
    r"(?<!\w)(?:يجب|ينبغي|لا بد|يلزم|علي) [^.!؟]{0,30}(?:الجواب|الاجابه|الملخص|الرد|المساعد|النموذج)(?!\w)[^.!؟]{0,30}(?<!\w)ان(?!\w)",
)
_ANSWERING = (
    r"\b(?:answer|answers|answered|answering)\b|(?<!\w)(?:ال|ب|لل|و?ال)?(?:جواب|اجوبه|اجابه|اجابات)(?!\w)|(?<!\w)يجاب(?!\w)",
    r"\b(?:reply|replies|respond|responses?)\b|(?<!\w)(?:ال)?رد (?:ال)?(?:سليم|صحيح|مناسب|الوحيد|المطلوب|المساعد)|(?<!\w)رد المساعد(?!\w)",
    r"\boutputs?\b|(?<!\w)(?:ال)?مخرجات(?!\w)",
    r"\bsummar(?:y|ies|i[sz]e[ds]?|i[sz]ing)\b|(?<!\w)(?:ال|لل)?ملخصات?(?!\w)|(?<!\w)(?:ال)?تلخيص(?!\w)|(?<!\w)يلخص(?!\w)",
    r"\b(?:quoted?|quotes|quotations?|cited?|citations?)\b|(?<!\w)(?:ال)?(?:اقتباس|استشهاد)(?:ات)?(?!\w)|(?<!\w)(?:يقتبس|يستشهد)(?!\w)",
    r"\b(?:bots?|chat ?bots?|assistants?(?=[:,]| must| should| is to| has to)|language models?|llms?|ai|programs?|crawlers?|machines?|systems? that reads?)\b|(?<!\w)(?:ال|لل)?(?:بوت|روبوت|برامج|برنامج)(?:ات)?(?!\w)|(?<!\w)(?:ال)?(?:مساعد|نموذج)(?= الالي| اللغوي|:)|(?<!\w)ذكا اصطناعي|(?<!\w)الذكا الاصطناعي",
    r"\b(?:readers?|users?)\b|(?<!\w)(?:ال|لل)(?:قاري|قرا|مستخدم|مستخدمين)(?!\w)",
    r"\b(?:figure|statement|name|number|version|wording|thing) (?:to be|that (?:may|can|should|must) be) (?:given|shown|used|quoted|stated|printed|said)\b|(?<!\w)القول الوحيد(?!\w)|(?<!\w)اكتف بالقول(?!\w)|(?<!\w)(?:استعمل|استخدم) من الان(?!\w)",
    r"\b(?:prompts?|instructions?)\b|(?<!\w)(?:ال)?تعليمات(?!\w)",
)
"""What answers are made of, and who makes or reads them."""
_TEXT_ITSELF = (
    r"\b(?:this|these|the following|the above|the present) (?:\w+ )?(?:text|article|page|paragraph|lines?|sentences?|words?|report|story|statement|passage|quote|news)\b|\b(?:the|this) headline\b|\bthe page\b"
    r"|(?<!\w)(?:هذا|هذه|هذي) (?:ال)?(?:نص|مقال|خبر|صفحه|فقره|سطور|سطر|جمله|كلمات)(?!\w)|(?<!\w)(?:يقوله |في )?العنوان(?!\w)|(?<!\w)الصفحه(?!\w)",
    r"\bthe (?:words?|lines?|phrase|sentence|following|spelling)\b[:\s]*[\"“«'‘(]|\bfirst sentence\b|(?<!\w)(?:سطر|عباره|كلمه|جمله) ?[«\"“:(]|(?<!\w)اول الجواب",
    r"\b(?:be|been|is|are) (?:printed|shown|displayed|quoted|told|given|shortened|called|stated|said|presented|written)\b|\b(?:to|must|should) (?:print|show|display|present|state|say|write)\b|\bthat reads?\b|\bbegins? with\b|\bneeds? the\b"
    r"|(?<!\w)(?:طباعه|بعرضه|بعرضها|يقدم|يعرض|يكتب|يقرا|تقرا|يبلغ القاري|بالقول ان)(?!\w)",
    r"\b(?:correct|right|only|required|expected) (?:\w+ )?(?:thing|answer|output|reply|response|statement|wording)\b|\banything other than\b|(?<!\w)(?:المطلوب|السليم|الصحيحه?|الوحيده?|بغير)(?!\w)",
    r"[=:]\s",
)
"""A text that speaks of itself, of what is to be shown of it and how."""
_IN_ENGLISH = re.compile("|".join(_ENGLISH), re.IGNORECASE)
_IN_ARABIC = re.compile("|".join(_ARABIC))
_ABOUT_ANSWERING = tuple(re.compile(one, re.IGNORECASE) for one in _ANSWERING)
_ABOUT_ITSELF = tuple(re.compile(one, re.IGNORECASE) for one in _TEXT_ITSELF)
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
_LEAST_OUTSIDE = 3


@lru_cache(maxsize=8192)
def directs(sentence: str) -> bool:
    """Tell whether ``sentence`` tells somebody to do or to say something, outside of what it quotes."""
    outside = _QUOTED.sub(' "" ', sentence)
    if len(re.findall(r"\w+", outside)) < _LEAST_OUTSIDE:
        outside = sentence.strip("\"'“”«» ")
    outside = outside.replace("’", "'")
    folded = search_fold(outside)
    return bool(_IN_ENGLISH.search(outside) or _IN_ARABIC.search(folded)) or _is_of_answering(folded)


def _is_of_answering(folded: str) -> bool:
    """Tell whether a sentence is about answers, and about itself or what is to be shown of it."""
    answering = sum(one.search(folded) is not None for one in _ABOUT_ANSWERING)
    itself = sum(one.search(folded) is not None for one in _ABOUT_ITSELF) if answering else 0
    return answering > 0 and answering + itself > 1
