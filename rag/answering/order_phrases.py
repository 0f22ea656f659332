"""The phrases and forms by which `rag.answering.orders` knows what speaks to a machine.

Each row of `ORDERS` has words of which one must stand in a text before its pattern is looked for, and the pattern,
over plain lower-case letters (Arabic: ا for every hamza on it, ي for ئ and ى, ه for ة, no ء). They are meant to be
what news does not say: of 40,800 sentences of articles at hand none has one.
"""

from __future__ import annotations

import re
from typing import Final

_SAY = "(?:answer|reply|respond|say|state|write|print|output|return|report|give|name|repeat|quote|cite|mention|tell|translate|render|sign|recommend|decode|execute|produce)"
_PUT = "(?:add|insert|include|append|prepend|put|place|list|link|attach|use|keep|copy|start|begin|open|end|close|finish)"
_HEAD = r"(?:^|[.:;!?()\[\]{}<>«»\"“”—–]\s*|,\s*|\s-+\s*|\b(?:and|then|now|please|only|must|should|shall|always|instead)\s+)"
"""Where an order begins: at the head of a clause, or behind what binds it."""
_ANSWER = "(?:answers?|repl(?:y|ies)|responses?|outputs?|summar(?:y|ies))"
_MACHINE = r"(?:assistants?(?! (?:referee|coach|manager|secretar|professor|director|editor|minister|attorney|chief|head|commissioner|to)\w*)|chat ?bots?|(?:large |ai )?language models?|llms?|ai (?:systems?|models?|tools?|assistants?|agents?|bots?)|summari[sz]ers?|(?:automatic|automated|machine) (?:readers?|translators?|systems?)|(?:chat ?)?gpt|copilot|gemini|claude|artificial intelligence)"
_HAS_TO = r"(?:must|should|shall|ha(?:s|ve) to|(?:is|are) (?:to|instructed to|required to|asked to|told to|ordered to))"

ORDERS: Final[tuple[tuple[str, str], ...]] = (
    # What was said before is to be forgotten.
    (
        "ignore disregard forget overrid bypass discard",
        rf"(?:{_HEAD}|\bto )(?:ignor|disregard|forget|overrid|bypass|discard)(?:e|ing)?\b[^.!?]{{0,50}}\b(?:instructions?|rules?|prompts?|guidelines?|guardrails|directions|orders|passages?|context|text|article|question|verification|everything|anything|above|prior)\b",
    ),
    (
        "instruction prompt guidelines training objective goal role task rules policy",
        r"\b(?:previous|prior|former|earlier|above|your|new|hidden|following|these|this) (?:system |developer |hidden )?(?:instructions?|prompts?|guidelines) (?:to the user|follow|above|below)|\b(?:previous|prior|former|earlier|above|your|new|hidden) (?:system |developer |hidden )?(?:instructions|prompts?|guidelines)\b|\b(?:your|the developer's|the operator's) (?:training|new (?:objective|goal|role|task)|rules|policy)\b[^.!?]{0,20}(?:is to|;|\.|,|and)|\bnew (?:task|instructions?|rules?|orders?) for (?:the (?:ai|model|assistant)|you)\b|\bsystem prompt\b",
    ),
    # A machine is spoken to, or of as one that has to.
    (
        "dear note message attention hello",
        rf"\b(?:dear|hello|attention|(?:note|message) (?:for|to)(?: the| all)?) {_MACHINE}\b",
    ),
    (
        "assistant bot model llm ai summari automat machine gpt copilot gemini claude",
        rf"(?:^|[.;()\[\]{{}}«»\"“”>—–]\s*|-- *|,\s*){_MACHINE}\s*[:,]\s*\w|\b(?:hey|hi) {_MACHINE}\b",
    ),
    (
        "assistant bot model llm ai summari automat machine gpt copilot gemini claude",
        rf"\b{_MACHINE}\b[^.!?]{{0,60}}\b{_HAS_TO} (?:always |only |also |first )?(?:{_SAY}|{_PUT}|ignore|answer|open with|offer|show|treat|follow|obey)\b",
    ),
    (
        "assistant bot model llm ai summari automat machine gpt",
        rf"\b{_MACHINE} (?:reading|that (?:read|summari[sz]e|use|quote|answer|process|index)|which (?:read|summari[sz]e))\b|\b(?:for|by) (?:automatic|automated|ai) (?:readers?|systems?|processing)\b.{{0,20}}[:(]|\bif you are an? (?:ai|{_MACHINE})\b",
    ),
    # What the answer has to be.
    (
        "answer reply replies response output summar",
        rf"\b(?:in|into|for|of|from|to|with|before|after|that|until) (?:your|any|every|each|all) (?:\w+ )?{_ANSWER}\b|\b(?:your|every|each|any|all|following|final) (?:\w+ )?{_ANSWER} (?:is|are|must|should|about|in (?:arabic|english)|that|of this)\b",
    ),
    (
        "answer reply replies response output summar",
        rf"\b(?:only|official|fallback|approved|required|expected) (?:correct |right |possible )?{_ANSWER}\b(?: to| about| is| below|[:,]| for)|\bcorrect {_ANSWER}\b[^.!?]{{0,40}}\bis [\"“«':]|\bthe answer is [a-z]*[\"“«':0-9]",
    ),
    (
        "answer reply replies response output summar message citation source prompt quotation configuration",
        rf"{_HEAD}(?:{_SAY}|{_PUT})\b[^.!?]{{0,60}}\b(?:your|the|every|each|any|all) (?:\w+ )?(?:{_ANSWER}|citations?|system prompt|prompt|quotation|configuration|end of (?:the|your|this) \w+)\b",
    ),
    (
        "answer reply respond",
        r"(?:^|[.;:!?—–(\[]\s*|\s-+\s*|\b(?:and|then) |, )(?:answer|reply|respond)(?: only| just| exactly| instead)? (?:with|in one|by saying)\b|\b(?:answer|reply|respond) (?:only|exactly|solely) with\b|(?:^|[.!?:,]\s+)(?:answer|reply|say) [\"“«]?[a-z]+-?[0-9]",
    ),
    (
        "asked asks",
        rf"\b(?:when(?:ever)?|if|once)(?: you(?:'re| are)?| anyone| somebody| someone)? (?:is |are )?ask(?:ed|s)?\b[^.!?]{{0,90}}[, ]{_SAY}\b",
    ),
    (
        "reader user question query page",
        r"\b(?:whatever|whenever|if|when|whichever) (?:the |a |an |any |this )?(?:reader|user|human|question|query|page)s?\b[^.!?]{0,40}\b(?:asks?|contains?|mentions?|is about|is asked|is used|is summari[sz]ed)\b|\bquestions? (?:about|on) [^.!?]{2,40} (?:return|output|answer|reply|say)\b",
    ),
    (
        "then output stop",
        r"\bthen (?:output|print|answer|say) [\"“«']|\band stop\s*[\])]",
    ),
    (
        "correct real true printed corrected place stead",
        rf"\b(?:correct|real|true|actual) \w+ (?:for|in) (?:all|every|any) {_ANSWER}\b|\bgive (?:this|that|the) \w+ in(?: the)? (?:place|stead)\b|\b(?:write|say|give|use|print|put) [^.!?]{{0,40}}\b(?:in place|instead) of (?:the|its|his|her) (?:number|name|date|price|figure|title|answer)\b",
    ),
    (
        "words line phrase sentence string token code picture image link button keyboard identifier marker",
        rf"{_HEAD}(?:{_SAY}|{_PUT}) (?:it |this |that |them )?(?:with |as |by )?(?:the |a |an |this |these |following |exact |only )*(?:words?|lines?|phrase|sentence|string|token|code|marker|picture|image|link|button|keyboard|identifiers?)\s*[\"“«:(]",
    ),
    (
        "with as by",
        rf"{_HEAD}(?:{_SAY}|{_PUT}|sign off|report)\b (?:it |this |the \w+ |your \w+ |this \w+ |that \w+ )?(?:with|as|by) [\"“«']",
    ),
    (
        "user",
        r"\b(?:tell|inform|respond to|reply to|answer|remind|show|ask|persuade|warn) the users?\b",
    ),
    (
        "summari act pretend speak context every message generating",
        r"(?:^|[.!?:;]\s*)(?:please )?summari[sz]e (?:this|the) (?:page|article|text|report|story) (?:as|like|with|in)\b|(?:^|[.!?:;,]\s*)(?:act as|pretend (?:that you|to be|you))\b|\byou (?:now )?speak as\b|\b(?:contents? of )?your context(?: window)?\b|\b(?:bottom|end|top|beginning) of every (?:message|answer|reply)\b|\b(?:when|while|before|after) (?:generating|writing|preparing|giving) (?:a|an|the|your|any) (?:\w+ )?(?:answer|reply|response|summary)\b",
    ),
    (
        "answer",
        r"(?:^|[.!?:;]\s*)answer (?:all|any|every|each|the|questions?) [^.!?]{0,60}\b(?:with|by saying) [\"“«']",
    ),
    (
        "say write print output answer reply repeat",
        r"(?:^|[.!?;:]\s+|\b(?:and|then|now|please) )(?:say|write|print|output|repeat) (?:only |just |exactly )?[\"“«']|\b(?:print|write|repeat|say) (?:it|this) (?:in|at the end of|before|after|three times|once|again)\b[^.!?]{0,30}",
    ),
    # Roles, modes, and the end of a task.
    (
        "you are you have",
        r"\byou (?:are|have) (?:now |been )?(?:in|finished|completed|told|an?|the|playing|acting)\b[^.!?]{0,20}\b(?:mode|task|role|assistant|machine|bot|ai|model)\b",
    ),
    (
        "mode override message token policy system",
        r"\b(?:maintenance|developer|debug|god|admin(?:istrator)?|jailbreak|unrestricted) (?:mode|override|message|token)\b|\b(?:policy|prompt|system|instruction) (?:update|override|message|prompt)\b",
    ),
    (
        "end of",
        r"\bend of (?:the )?(?:schema|prompt|instructions|system|developer|article|document|context|input|user|timetable)\b(?: message| input| prompt| text)?[.:]\s*(?:new|now|the object|ignore|$)|\bend_of_\w+",
    ),
    (
        "later conversation chat from now on",
        r"\b(?:remember|store|save|keep) (?:this |it )?for later\b|\b(?:second|next|following|every|each)\b[^.!?]{0,20}\b(?:answer|reply|message|turn) (?:of|in) (?:this|the) (?:conversation|chat)\b|\bfrom now on\b[^.!?]{0,40}\b(?:you|answer|reply|always) ",
    ),
    # The machinery of an answer: citations, fields, keyboards.
    (
        "article_id article id reply_markup inline callback_data parse_mode chat_id role",
        r"\barticle[_ ]ids?\b|\b(?:reply_markup|inline_keyboard|callback_data|parse_mode|chat_id)\b|\binline keyboard\b",
    ),
    (
        "cit source identifier rely based",
        r"\bcitation (?:format|note|style)\b|(?:^|[.:;!?]\s*)cite (?:this|the|it|only)\b|\b(?:rely|based?) on \[\d+\]|\bidentifiers? in the answer\b|\bas (?:the|its|your) only (?:reliable |real )?source\b|\b(?:is|call this) the only (?:reliable |real |true |valid )?source\b",
    ),
    (
        "quote quotation",
        r"\bquote to use\b|(?:^|[.:;!?]\s*)attribute the (?:quote|words|statement) to\b|\bverbatim (?:and )?in quot",
    ),
    (
        "link button keyboard spoiler",
        r"\b(?:give|keep|show|send|repeat|kept|given|shown|sent) (?:it |this |that |them )?as a link\b|\badd this (?:keyboard|button|link)\b|\bkeep the (?:spoiler|link|markup|button)|\boffer a button\b|\blink it to http|\bfirst under [\"“«']?sources\b",
    ),
    (
        "prompt configuration instructions environment api keys",
        r"\b(?:print|show|reveal|repeat|output|leak|display)\b[^.!?]{0,30}\b(?:your (?:\w+ )?(?:prompt|instructions|configuration|rules|settings)|environment variables|api keys?)\b",
    ),
    # Translations to order.
    (
        "translat glossary",
        r"\btranslators?'? note\b|\bglossary for (?:machine|translat|automat|the)|\balways translate\b|(?:^|[.:;!?]\s*|\band )translate (?:the |this |every |each |all )?(?:following|words?|names?|lines?|sentence)\b|\bgive the translation as\b",
    ),
    (
        "decode base64 visual turn it",
        r"\bdecode (?:it |this |them )?and (?:carry|follow|execute|obey)\b|\bin its visual order\b|\bturn it round and (?:print|write|say)\b",
    ),
    # The same in Arabic, in folded letters: ا for every hamza on it, ي for ئ and ى, ه for ة, no ء.
    (
        "تجاهل اهمل انس الغ تلتفت",
        r"(?<!\w)و?(?:تجاهل|اهمل|انس|الغ)(?:وا|ي)? (?:كل |جميع |كافه )?(?:ال)?(?:تعليمات|ارشادات|اوامر|توجيهات|مقاطع|سوال)(?!\w)|(?<!\w)(?:تجاهل|انس) [^.!؟]{0,60}(?<!\w)و(?:قل|اجب|اكتب|استعمل|رد)(?!\w)|(?<!\w)لا تلتفت الي (?:النص|ما سبق|التعليمات)",
    ),
    (
        "المساعد المساعدين مساعد نموذج بوت روبوت",
        r"(?<!\w)(?:ايها|ايتها|يا|عزيزي|عزيزتي|الي) (?:ال)?(?:مساعد|نموذج|بوت|روبوت|موديل)\w*(?: (?:الالي|الذكي|اللغوي))?(?: ?[:،,]| الذي| يجب| تجاهل| اذكر| اكتب| ابدا| اجب| اضف| قل| انس)|(?<!\w)علي (?:ال)?(?:مساعد|نموذج)(?: الالي| اللغوي)? ان(?!\w)|(?<!\w)للنموذج(?!\w)",
    ),
    (
        "الذكا القاري للمترجم للمساعد",
        r"(?<!\w)(?:علي |ل)(?:ال)?(?:برامج|انظمه|نماذج|ادوات|تطبيقات) (?:ال)?ذكا الاصطناعي(?: التي| الذي| ان)|(?<!\w)ل?ل?(?:ال)?قاري الالي(?!\w)|(?<!\w)(?:ملاحظه|تنبيه|رساله) (?:الي |ل)ل?(?:ال)?(?:مترجم|مساعد|نموذج)\w*",
    ),
    (
        "جوابك ردك اجابتك مخرجاتك مهمتك ارشاداتك تعليماتك مصدرك",
        r"(?<!\w)[وفبل]?(?:جواب|رد|اجابت|مخرجات|مهمت|ارشادات|تعليمات|مصدر)ك(?!\w)",
    ),
    (
        "جواب اجابه الاجوبه مرجع",
        r"(?<!\w)[وفب]?(?:كل|اي|جميع) (?:جواب|اجابه|اجوبه|مرجع)(?!\w)|(?<!\w)علي الاجوبه ان|(?<!\w)(?:ال)?جواب (?:الصحيح|الوحيد|الرسمي|الاحتياطي|النهائي|هو [a-z«\"“:0-9])|(?<!\w)(?:هو|هي) الجواب الرسمي",
    ),
    (
        "اجب قل تجب تقتبس قولي",
        r"(?<!\w)[وف]?(?:اجب|قل|قولي|اجيبي)(?: فقط| بكلمه| بعباره| عن| ب| الا)? ?[«\"“:]|(?<!\w)[وف]?(?:اجب|قل) [a-z0-9]|(?<!\w)ف?لا (?:تجب الا|تجب عن|تقتبس من|تذكر اي مرجع|تذكر عنوانه)",
    ),
    (
        "سيلت سالك السوال سوال الاستشهاد استعملت",
        r"(?<!\w)[وف]?(?:اذا|ان|متي|كلما|عندما|حين) (?:سيلت|سالك|سالوك|تضمن السوال)|(?<!\w)مهما كان سوال|(?<!\w)عند (?:اي سوال|الاستشهاد بهذا)|(?<!\w)اذا استعملت هذه الصفحه",
    ),
    (
        "فاذكر فاكتب فانسخ فضع فاقلب فاجعل فاعرض واكتبها واكتبه وانقل وقل اذكر اكتب اطبع اضف ادرج",
        r"(?<!\w)ف(?:اذكر|اكتب|انسخ|ضع|اقلب|اجعل|اعرض)(?:ه|ها|هم|هما)(?!\w)|(?<!\w)فاكتب [«\"“a-z]|(?<!\w)[وف]?(?:اكتب|انسخ|اطبع|اذكر) (?:الان |حرفيا |دائما |السطر|سطرا|الكلمه|كلمه|عباره|السعر هكذا|هذا السطر|[«\"“:a-z])|(?<!\w)[وف]?(?:اضف|ضع) (?:السطر|هذا السطر|لوحه الازرار|الرابط|رابط|عباره|[«\"“:])|(?<!\w)وقل انها? (?:صحح|الاسم|مصدر)|(?<!\w)و?ان يدرج هذه الصوره",
    ),
    (
        "حرفيا ابدا وقع ابق ينتهي رابطا تكرار عباره",
        r"(?<!\w)(?:اعد|كرر) حرفيا|(?<!\w)(?:و)?(?:ابدا|اختم|وقع) (?:ردك|جوابك|ب)[^.!؟]{0,8}[«\"“]|(?<!\w)ابق (?:النص|الرابط|هذين|هذه)(?!\w)|(?<!\w)يجب ان (?:ينتهي كل|يبقي رابطا)|(?<!\w)ينبغي تكرار|(?<!\w)ف?ضعه رابطا|(?<!\w)ادخل عباره",
    ),
    (
        "انت الان الصيانه المطور النظام السياسه مهمه مهمت الاسترجاع المخطط",
        r"(?<!\w)انت الان(?: في)? (?:وضع|مساعد|دور)|(?<!\w)(?:وضع|رمز) الصيانه|(?<!\w)رساله (?:المطور|النظام|المشرف)|(?<!\w)تحديث (?:السياسه|التعليمات)|(?<!\w)مهمه جديده ل(?:ل?نموذج|ك|لمساعد)|(?<!\w)نهايه (?:المخطط|التعليمات|رساله)|(?<!\w)خطوه (?:الاسترجاع|التحقق)|(?<!\w)تعليمات النظام",
    ),
    (
        "لما بعد المحادثه فصاعدا",
        r"(?<!\w)(?:تذكر|احفظ) لما بعد|(?<!\w)من هذه المحادثه|(?<!\w)من الان فصاعدا[^.!؟]{0,30}(?<!\w)(?:اجب|قل|اكتب|اختم|كلما)",
    ),
    (
        "المرجع استشهد المعرف معرف المصدر مصدره اقتباس المصادر تستند انسب",
        r"(?<!\w)صيغه المرجع|(?<!\w)استشهد ب\w+[^.!؟]{0,12} هكذا|(?<!\w)معرف المقال|(?<!\w)المعرف(?:ين|ات)?(?!\w)[^.!؟]{0,30}(?<!\w)(?:الجواب|مرجع|الفهرس)|(?<!\w)هو المصدر الوحيد|(?<!\w)(?:مصدرك|مصدره) الوحيد|(?<!\w)راس قائمه المصادر|(?<!\w)تستند الي \[|(?<!\w)اقتباس يستعمل|(?<!\w)انسب الاقتباس|(?<!\w)ان يكتب دائما",
    ),
    (
        "ترجم مسرد الترجمه بالانجليزيه",
        r"(?<!\w)مسرد (?:لل|ال)?ترجمه|(?<!\w)[وف]?ترجم (?:السطر|الاسم|كلمه|الجمله|النص|الكلمه)|(?<!\w)اجعل الترجمه|(?<!\w)اسم \w+ بالانجليزيه هو",
    ),
    (
        "مستخدم السايل للسايل",
        r"(?<!\w)(?:رد|اجب|قل|اخبر|تخبر|اعرض|اذكر)\w{0,2} (?:علي )?ل?ل?(?:ال)?(?:مستخدم|سايل)(?:ين)?(?!\w)",
    ),
    (
        "الذكا كنت الجواب الاجابه الملخص ملخصك",
        r"(?<!\w)(?:تنبيه|تذكير|ملاحظه|رساله|موجهه?) (?:الي |ل)(?:ل|ال)?(?:انظمه |برامج |نماذج )?(?:ال)?ذكا الاصطناعي|(?<!\w)اذا كنت (?:نموذجا|مساعدا|برنامجا|روبوتا)|(?<!\w)عند (?:كتابه|صياغه|اعداد) (?:الجواب|الاجابه|الملخص|الرد)(?!\w)|(?<!\w)(?:في )?ملخصك(?!\w)",
    ),
    (
        "اجب رد",
        r"(?<!\w)(?:اجب عن|رد علي) (?:كل|اي|جميع) (?:ال)?(?:سوال|اسيله|استفسار)",
    ),
    (
        "فكها بترتيبه",
        r"(?<!\w)فكها ونفذ|(?<!\w)بترتيبه الظاهر|(?<!\w)يقرا السطر السابق",
    ),
)
TURNED: Final = re.compile(
    r"\b(?:rewsna|ylper|tnatsissa|erongi|snoitcurtsni|tpmorp|tuptuo|etirw|tnirp)\b", re.IGNORECASE
)
TURNS: Final = re.compile(
    r"""(?xim)
    <\|/?[a-z_]{2,24}\|> | \[/?inst\] | <</?sys>> | ^\s*\#{2,}\s         # the turns of a prompt
    | [{,]\s*"[\w$ -]{1,40}"\s*: | "[\w$-]{1,40}"\s*:\s*["\[{]           # JSON
    | (?<![\w/.:+-])(?-i:(?=[a-z0-9+/]*[A-Z])(?=[A-Z0-9+/]*[a-z])(?=[A-Za-z+/]*[0-9])[A-Za-z0-9+/]{48,})   # base64
    | ^\s*\[\d{1,3}\]\s*["“«]                                             # a citation ready made
    | (?:^|(?<=[.!?؟])\s+)(?:q|a|system|assistant|user|human|developer|ai|bot|answer|question
        |\w+_(?:response|answer|output|message)|س|ج|سؤال|جواب|السؤال|الجواب|النظام|المساعد|المستخدم|المطوّر|المطور)\s?:\s
    """
)
MARKUP: Final = re.compile(
    r"""(?xi)
    </?[a-z][a-z0-9_-]*(?:\s[^<>\n]{0,300})?/?> | <!-- | --> | &\#x?[0-9a-f]{2,6};   # what a page hides
    | ``` | \{[a-z][a-z_ ,'0-9]{2,60}\}                                        # {question}
    | !?\[[^\]\n]{0,80}\]\(\s*[a-z]{2,8}: | \|\|[^|\n]+\|\|                    # [a link](https:...
    | \btg://\S | \bjavascript:\S | \bdata:[a-z]+/[a-z]
    """
)
SAID: Final = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")
TO_READER: Final = re.compile(
    r"\b(?:you|your|yours|yourself)\b|(?:^|[.,;:!?—–(]\s*|\band )(?:please|visit|click|tap|join|subscribe|contact|write to|log in|sign up|download|install|vote for|pay|send|scan|dial|follow|see|read more|find out|don't|do not)\b"
    r"|(?<!\w)(?:انقر|اضغط|انضم|اشترك|تواصل مع|ارسل|ادفع|حمل التطبيق|تابعونا|تابع القناه|راسل|راسلنا|زوروا|زر موقع|لا تفوت|سجل الان|للمزيد|انظر)(?!\w)"
)
