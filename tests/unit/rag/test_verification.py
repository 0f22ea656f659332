"""Claims held against their quotes: each right one is kept, and not kept with one thing changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.answering.verification import Finding, Verdict, verify
from rag.answering.verification.numbers import numbers_in
from rag.answering.verification.reading import read
from rag.text import sentences
from rag.types import Article, Citation, Precision, Published

_SAMPLES = Path(__file__).parents[3] / "samples" / "articles.jsonl"


def judged(claim: str, quote: str, *, outlet: str = "Herald", day: str | None = "2026-03-12") -> Verdict:
    published = Published(day, Precision.DAY, day, "given") if day else None
    article = Article("a1", "", "en", quote, outlet=outlet, published=published)
    return verify(claim, "en", [Citation(1, article, 0, len(quote))])


PAIRS: list[tuple[str, str, str, str]] = [
    (
        "negation",
        "The ministry has not approved any new licences this year.",
        "No new licences have been approved by the ministry this year.",
        "New licences have been approved by the ministry this year.",
    ),
    (
        "negation",
        "Officials denied that the reservoir was contaminated.",
        "The reservoir was not contaminated, officials said.",
        "The reservoir was contaminated, officials said.",
    ),
    (
        "negation",
        "نفى محافظ تيرانا وجود نقص في الوقود بالمدينة.",
        "قال محافظ تيرانا إنه لا يوجد نقص في الوقود بالمدينة.",
        "قال محافظ تيرانا إنه يوجد نقص في الوقود بالمدينة.",
    ),
    (
        "negation",
        "أخفق الفريقان في التوصل إلى اتفاق بشأن المياه.",
        "لم يتوصل الفريقان إلى اتفاق بشأن المياه.",
        "توصل الفريقان إلى اتفاق بشأن المياه.",
    ),
    (
        "negation",
        "The airline said it would no longer fly to Port Sama.",
        "قالت شركة الطيران إنها لن تسير رحلات إلى بورت ساما بعد الآن.",
        "قالت شركة الطيران إنها ستسير رحلات إلى بورت ساما.",
    ),
    (
        "negation",
        "لم تعلن الشركة عن أسباب الحريق الذي دمر المستودع.",
        "The company has not announced what caused the fire that destroyed the warehouse.",
        "The company has announced what caused the fire that destroyed the warehouse.",
    ),
    (
        "negation",
        "عقدت الجلسة دون حضور المتهم.",
        "The session was held without the defendant present.",
        "The session was held with the defendant present.",
    ),
    (
        "role",
        "Marven United lost 2-1 to Talbot City on Saturday.",
        "Talbot City beat Marven United 2-1 on Saturday.",
        "Marven United beat Talbot City 2-1 on Saturday.",
    ),
    (
        "role",
        "خسر فريق الميناء أمام فريق الجبل بهدفين.",
        "فاز فريق الجبل على فريق الميناء بهدفين.",
        "فاز فريق الميناء على فريق الجبل بهدفين.",
    ),
    (
        "role",
        "اتهم حزب العدالة الحكومة بتجاهل المزارعين.",
        "اتُّهمت الحكومة من جانب حزب العدالة بتجاهل المزارعين.",
        "اتهمت الحكومة حزب العدالة بتجاهل المزارعين.",
    ),
    (
        "role",
        "زار رئيس وزراء كلدان نظيره في سومرة الثلاثاء.",
        "The prime minister of Kaldan visited his counterpart in Sumra on Tuesday.",
        "The prime minister of Sumra visited his counterpart in Kaldan on Tuesday.",
    ),
    (
        "role",
        "The Norwell Group bought the shipyard from the Harran Fund for 40 million crowns.",
        "اشترت مجموعة نورويل حوض السفن من صندوق حران مقابل 40 مليون كراون.",
        "اشترى صندوق حران حوض السفن من مجموعة نورويل مقابل 40 مليون كراون.",
    ),
    (
        "role",
        "A bear attacked a hiker near Lake Ostra.",
        "A hiker was attacked by a bear near Lake Ostra.",
        "A bear was attacked by a hiker near Lake Ostra.",
    ),
    (
        "role",
        "Police officer Dana Holt arrested the mayor of Elsing.",
        "اعتقلت الشرطية دانا هولت رئيس بلدية إلسينغ.",
        "اعتقل رئيس بلدية إلسينغ الشرطية دانا هولت.",
    ),
    (
        "number",
        "The fire destroyed two hundred and forty homes and three schools.",
        "240 homes and three schools were destroyed by the fire.",
        "340 homes and three schools were destroyed by the fire.",
    ),
    (
        "number",
        "بلغ عدد الناخبين مليونا ومئتي ألف ناخب.",
        "بلغ عدد الناخبين 1.2 مليون ناخب.",
        "بلغ عدد الناخبين 2.1 مليون ناخب.",
    ),
    (
        "number",
        "أصيب خمسة وثلاثون عاملا في انفجار المصنع.",
        "Thirty-five workers were injured in the factory explosion.",
        "Fifty-three workers were injured in the factory explosion.",
    ),
    (
        "number",
        "Unemployment fell from 9.4 per cent to 7.8 per cent.",
        "تراجعت البطالة من 9.4 في المئة إلى 7.8 في المئة.",
        "تراجعت البطالة من 7.8 في المئة إلى 9.4 في المئة.",
    ),
    (
        "number",
        "The hospital has 20 doctors and 85 nurses.",
        "The hospital employs 85 nurses and 20 doctors.",
        "The hospital employs 20 nurses and 85 doctors.",
    ),
    ("unit", "يبلغ طول النفق 12 كيلومترا.", "طول النفق 12 كلم.", "طول النفق 12 مترا."),
    (
        "unit",
        "صدرت البلاد 300 طن من التمور.",
        "The country exported 300 tonnes of dates.",
        "The country exported 300 kilograms of dates.",
    ),
    (
        "unit",
        "The central bank raised rates by half a percentage point.",
        "Rates were raised by 0.5 percentage points by the central bank.",
        "Rates were raised by 0.5 per cent by the central bank.",
    ),
    (
        "unit",
        "The repairs will take three weeks and cost 2 million euros.",
        "ستستغرق الإصلاحات ثلاثة أسابيع وستكلف مليوني يورو.",
        "ستستغرق الإصلاحات ثلاثة أشهر وستكلف مليوني يورو.",
    ),
    (
        "date",
        "The summit will be held on 4 June.",
        "The summit is to take place on 4 June.",
        "The summit is to take place on 4 July.",
    ),
    (
        "date",
        "وصل الوفد إلى العاصمة مساء أمس الأربعاء.",
        "وصل الوفد إلى العاصمة مساء 11 مارس.",
        "وصل الوفد إلى العاصمة مساء 12 مارس.",
    ),
    (
        "date",
        "تنتهي المهلة قبل نهاية تموز المقبل.",
        "The deadline expires before the end of July.",
        "The deadline expires after the end of July.",
    ),
    ("date", "The museum reopened on Monday.", "أعيد افتتاح المتحف الاثنين.", "أعيد افتتاح المتحف الثلاثاء."),
    (
        "modality",
        "The council intends to demolish the old market.",
        "The council plans to demolish the old market.",
        "The council has demolished the old market.",
    ),
    (
        "modality",
        "من المرجح أن ترتفع أسعار الزيت الشهر المقبل.",
        "يتوقع ارتفاع أسعار الزيت الشهر المقبل.",
        "ارتفعت أسعار الزيت الشهر الماضي.",
    ),
    (
        "modality",
        "Lawmakers urged the government to cancel the tax.",
        "دعا النواب الحكومة إلى إلغاء الضريبة.",
        "ألغت الحكومة الضريبة بطلب من النواب.",
    ),
    (
        "modality",
        "تدرس الوزارة فرض رسوم على الأكياس البلاستيكية.",
        "The ministry is considering a charge on plastic bags.",
        "The ministry will impose a charge on plastic bags.",
    ),
    (
        "modality",
        "The bridge was closed on Friday.",
        "The bridge was shut on Friday.",
        "The bridge may be shut on Friday.",
    ),
    ("modality", "تعهد الوزير بتوفير 500 وظيفة.", "وعد الوزير بتوفير 500 وظيفة.", "وفر الوزير 500 وظيفة."),
    (
        "quantifier",
        "More than 600 people attended the funeral.",
        "The funeral was attended by over 600 people.",
        "The funeral was attended by fewer than 600 people.",
    ),
    (
        "quantifier",
        "قتل ما لا يقل عن عشرين شخصا في الانهيار.",
        "أسفر الانهيار عن مقتل 20 شخصا على الأقل.",
        "أسفر الانهيار عن مقتل 20 شخصا.",
    ),
    (
        "quantifier",
        "أغلقت معظم المدارس أبوابها بسبب العاصفة.",
        "Most schools closed because of the storm.",
        "All schools closed because of the storm.",
    ),
    (
        "quantifier",
        "Some residents have returned to the village.",
        "عاد بعض السكان إلى القرية.",
        "عاد جميع السكان إلى القرية.",
    ),
    (
        "quantifier",
        "About a third of the fleet is out of service.",
        "Roughly a third of the fleet is out of service.",
        "At least a third of the fleet is out of service.",
    ),
    (
        "attribution",
        "Union leader Pavel Orsk said the company had cheated its workers.",
        "The company had cheated its workers, according to union leader Pavel Orsk.",
        "The company had cheated its workers.",
    ),
    (
        "attribution",
        "قال المدعي العام إن الوثائق مزورة، بينما أكد محامي المتهم أنها أصلية.",
        "الوثائق أصلية، بحسب محامي المتهم.",
        "الوثائق أصلية، بحسب المدعي العام.",
    ),
    (
        "attribution",
        "اتهمت منظمة «عين» الشركة بتلويث النهر.",
        "The organisation Ain accused the company of polluting the river.",
        "The company polluted the river.",
    ),
    (
        "attribution",
        "The mayor claims that crime has fallen by half.",
        "يزعم رئيس البلدية أن الجريمة انخفضت إلى النصف.",
        "انخفضت الجريمة إلى النصف.",
    ),
    (
        "name",
        "Foreign Minister Leyla Darwin met the envoy in Carsten.",
        "Leyla Darwin, the foreign minister, met the envoy in Carsten.",
        "Leyla Darwin, the foreign minister, met the envoy in Kirsten.",
    ),
    (
        "name",
        "عين المجلس ماهر الصيرفي مديرا للمتحف.",
        "أصبح الصيرفي مديرا للمتحف بقرار من المجلس.",
        "أصبح الصوفي مديرا للمتحف بقرار من المجلس.",
    ),
    (
        "name",
        "The novel by Hector Malvani won the Sable Prize.",
        "فازت رواية هيكتور مالفاني بجائزة سابل.",
        "فازت رواية هيكتور ملفوني بجائزة سابل.",
    ),
    (
        "name",
        "افتتح فرع الشركة في مدينة درسان.",
        "The company's branch in the city of Darsan has opened.",
        "The company's branch in the city of Dorsum has opened.",
    ),
    (
        "name",
        "وقعت الشركة العقد مع جامعة الأندلس.",
        "أبرمت الشركة العقد مع جامعة الأندلس.",
        "أبرمت الشركة العقد مع جامعة القدس.",
    ),
    (
        "name",
        "أكد المدرب رشيد بوزيان أن الفريق جاهز للمباراة.",
        "Coach Rachid Bouziane said the team was ready for the match.",
        "Coach Rachid Bouzidi said the team was ready for the match.",
    ),
    (
        "name",
        "تراجعت أسهم شركة نوران للاتصالات بعد إعلان النتائج.",
        "Shares in the telecoms company Noran fell after the results were announced.",
        "Shares in the telecoms company Norvan fell after the results were announced.",
    ),
    (
        "name",
        "Zeina Maalouf, a judge in Tarsus Bay, suspended the order.",
        "علقت القاضية زينة معلوف في خليج طرسوس الأمر.",
        "علقت القاضية دينا معلوف في خليج طرسوس الأمر.",
    ),
    (
        "name",
        "The dam on the Velka river burst on Tuesday.",
        "انهار السد على نهر فيلكا يوم الثلاثاء.",
        "انهار السد على نهر فولغا يوم الثلاثاء.",
    ),
    (
        "name",
        "Harwell Hospital said it had treated 40 patients.",
        "Forty patients were treated at Harwell Hospital, it said.",
        "Forty patients were treated at Hartwell Hospital, it said.",
    ),
    (
        "name",
        "التقى السفير عمر الجابري رئيس البلدية في قاعة النخيل.",
        "التقى الجابري رئيس البلدية في قاعة النخيل.",
        "التقى الجبوري رئيس البلدية في قاعة النخيل.",
    ),
    (
        "name",
        "تبعد قرية وادي الزهر 30 كيلومترا عن الحدود.",
        "تقع وادي الزهر على بعد 30 كيلومترا من الحدود.",
        "تقع وادي الصخر على بعد 30 كيلومترا من الحدود.",
    ),
    (
        "attribution",
        "The firm's lawyers argued the contract was void, but the judge ruled it valid.",
        "Lawyers for the firm argued that the contract was void.",
        "The judge argued that the contract was void.",
    ),
    (
        "attribution",
        "حمّلت المعارضة وزير الداخلية مسؤولية الانفلات الأمني.",
        "ترى المعارضة أن وزير الداخلية مسؤول عن الانفلات الأمني.",
        "وزير الداخلية مسؤول عن الانفلات الأمني.",
    ),
    (
        "attribution",
        "According to the army, the drone was shot down; the rebels say it landed safely.",
        "يقول المتمردون إن الطائرة المسيرة هبطت بسلام.",
        "يقول الجيش إن الطائرة المسيرة هبطت بسلام.",
    ),
    (
        "attribution",
        "يزعم المتهم أنه كان خارج البلاد وقت الجريمة.",
        "قال المتهم إنه كان خارج البلاد وقت الجريمة.",
        "كان المتهم خارج البلاد وقت الجريمة.",
    ),
    (
        "role",
        "فازت ليلى حمدان على نورا كيتس في نهائي البطولة.",
        "Nora Keats lost to Layla Hamdan in the tournament final.",
        "Layla Hamdan lost to Nora Keats in the tournament final.",
    ),
    (
        "role",
        "Kestria imports most of its gas from Dorva.",
        "Dorva supplies Kestria with most of its gas.",
        "Kestria supplies Dorva with most of its gas.",
    ),
    (
        "role",
        "The union sued the ministry over the cuts.",
        "The ministry was sued by the union over the cuts.",
        "The union was sued by the ministry over the cuts.",
    ),
    (
        "role",
        "Bus drivers from Elmsworth will travel to Carrick to support the strikers.",
        "Drivers are to travel from Elmsworth to Carrick to back the strikers.",
        "Drivers are to travel from Carrick to Elmsworth to back the strikers.",
    ),
    (
        "negation",
        "The minister declined to comment on the report.",
        "The minister would not comment on the report.",
        "The minister commented on the report.",
    ),
    (
        "negation",
        "لم يعد الطريق الساحلي مفتوحا أمام الشاحنات.",
        "الطريق الساحلي مغلق أمام الشاحنات.",
        "لا يزال الطريق الساحلي مفتوحا أمام الشاحنات.",
    ),
    (
        "negation",
        "استبعد الخبراء وقوع هزات أخرى.",
        "Experts ruled out further tremors.",
        "Experts expect further tremors.",
    ),
    (
        "modality",
        "The airline could cut 300 jobs.",
        "300 jobs might be cut by the airline.",
        "The airline has cut 300 jobs.",
    ),
    (
        "modality",
        "The city is set to ban scooters in July.",
        "ستحظر المدينة الدراجات الكهربائية في يوليو.",
        "حظرت المدينة الدراجات الكهربائية في يوليو.",
    ),
    (
        "modality",
        "طالب الاتحاد الأوروبي بوقف التجارب.",
        "دعا الاتحاد الأوروبي إلى وقف التجارب.",
        "أوقف الاتحاد الأوروبي التجارب.",
    ),
    (
        "modality",
        "قد تغلق الشركة ثلاثة مصانع.",
        "The company may close three factories.",
        "The company is closing three factories.",
    ),
    (
        "quantifier",
        "لا يتجاوز سعر التذكرة 15 دينارا.",
        "A ticket costs no more than 15 dinars.",
        "A ticket costs more than 15 dinars.",
    ),
    (
        "quantifier",
        "Nearly half of the schools lack drinking water.",
        "تفتقر نحو نصف المدارس إلى مياه الشرب.",
        "تفتقر أكثر من نصف المدارس إلى مياه الشرب.",
    ),
    (
        "quantifier",
        "وصلت سرعة الرياح إلى أكثر من 120 كيلومترا في الساعة.",
        "تجاوزت سرعة الرياح 120 كيلومترا في الساعة.",
        "بلغت سرعة الرياح 120 كيلومترا في الساعة.",
    ),
    (
        "quantifier",
        "All but two of the hostages were freed.",
        "All of the hostages except two were freed.",
        "Some of the hostages were freed.",
    ),
    (
        "date",
        "بدأ سريان القرار في الأول من رمضان 1447هـ.",
        "The decision took effect on 1 Ramadan 1447.",
        "The decision took effect on 1 Shawwal 1447.",
    ),
    (
        "date",
        "The election was held three days ago.",
        "أجريت الانتخابات في 9 مارس.",
        "أجريت الانتخابات في 6 مارس.",
    ),
    (
        "date",
        "تستمر الحملة حتى 30 كانون الأول.",
        "تستمر الحملة حتى 30 ديسمبر.",
        "تستمر الحملة حتى 30 نوفمبر.",
    ),
    (
        "date",
        "The bridge has been closed since 2019.",
        "Since 2019 the bridge has been closed.",
        "Since 2016 the bridge has been closed.",
    ),
    (
        "unit",
        "The pump moves 40 litres a second.",
        "تضخ المضخة 40 لترا في الثانية.",
        "تضخ المضخة 40 لترا في الدقيقة.",
    ),
    (
        "unit",
        "تبلغ المكافأة 5 آلاف درهم شهريا.",
        "The bonus is 5,000 dirhams a month.",
        "The bonus is 5,000 dirhams a year.",
    ),
    (
        "number",
        "أقر المجلس القانون بأغلبية 77 صوتا مقابل 41.",
        "The council passed the law by 77 votes to 41.",
        "The council passed the law by 71 votes to 47.",
    ),
    (
        "date",
        "The clinic closed a week after the inspection of its kitchen.",
        "The inspection of the kitchen came before the clinic closed.",
        "The inspection of the kitchen came after the clinic closed.",
    ),
    (
        "quantifier",
        "Just under half of the shops have reopened.",
        "Nearly half of the shops have reopened.",
        "Just over half of the shops have reopened.",
    ),
    (
        "number",
        "أصيب أحد عشر عاملا في الحريق.",
        "أصيب 11 عاملا في الحريق.",
        "أصيب 10 عمال في الحريق.",
    ),
    (
        "modality",
        "دعا الوزير المصارف إلى خفض رسومها.",
        "The minister called on banks to lower their fees.",
        "The minister ordered banks to lower their fees.",
    ),
    (
        "negation",
        "نفت الشركة أن تكون بيانات الزبائن قد تسربت.",
        "قالت الشركة إن بيانات الزبائن لم تتسرب.",
        "قالت الشركة إن بيانات الزبائن تسربت.",
    ),
    (
        "negation",
        "The strike will go ahead unless the talks succeed.",
        "The strike will go ahead if the talks do not succeed.",
        "The strike will go ahead if the talks succeed.",
    ),
    (
        "attribution",
        "Belltown Stores will close three shops in May, the retailer said on Monday.",
        "Belltown Stores said it will close three shops in May.",
        "The union said Belltown Stores will close three shops in May.",
    ),
    (
        "attribution",
        "Drivers say the brakes failed; the company insists the brakes were sound.",
        "The brakes were sound, according to the company.",
        "The brakes were sound, according to drivers.",
    ),
    (
        "name",
        "The Belltown municipal theatre opens on 3 May.",
        "Belltown's municipal theatre opens on 3 May.",
        "Belltown's national theatre opens on 3 May.",
    ),
    (
        "unit",
        "A gram of gold costs 70 dinars.",
        "سعر غرام الذهب 70 دينارا.",
        "سعر أونصة الذهب 70 دينارا.",
    ),
    (
        "date",
        "The body was found on Tuesday, police said on Wednesday.",
        "Police said the body was found on 10 March.",
        "Police said the body was found in the lake on 11 March.",
    ),
    (
        "date",
        "يجري الاقتراع في الثالث من أيار.",
        "The vote is held on 3 May.",
        "The vote is held on 13 May.",
    ),
]


@pytest.mark.parametrize(("kind", "quote", "right", "wrong"), PAIRS)
def test_what_the_quote_says_is_kept_and_what_differs_is_not(
    kind: str, quote: str, right: str, wrong: str
) -> None:
    assert judged(right, quote) == Verdict(Finding.KEPT, ()), kind
    assert judged(wrong, quote).finding is not Finding.KEPT, kind


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("The dam holds 30 million tonnes.", "The dam holds 13 million tonnes.", "number:30 million tonnes"),
        ("The road is 12 metres long.", "The road is 12 kilometres long.", "unit:12 metres"),
        ("It opened on 4 May 2025.", "It opened on 4 June 2025.", "date:4 may 2025"),
        ("The mayor, Ada Quint, resigned.", "The mayor, Ada Quill, resigned.", "name:Quint"),
    ],
)
def test_what_contradicts_a_quote_is_dropped_and_says_why(claim: str, quote: str, reason: str) -> None:
    verdict = judged(claim, quote)
    assert verdict.finding is Finding.DROPPED
    assert reason in verdict.reasons


def test_equal_values_in_other_units_are_equal() -> None:
    assert (
        judged("The road is 12,000 metres long.", "The road is 12 kilometres long.").finding is Finding.KEPT
    )
    assert judged("يبلغ وزنها طنين.", "Its weight is 2,000 kilograms.").reasons == ()


def test_without_a_citation_nothing_is_kept() -> None:
    assert verify("The dam burst.", "en", []).finding is Finding.QUOTE_INSTEAD


def test_a_relative_day_is_told_from_the_day_of_publication_only() -> None:
    quote = "The court adjourned yesterday."
    assert judged("The court adjourned on 11 March 2026.", quote).finding is Finding.KEPT
    assert judged("The court adjourned on 11 March 2026.", quote, day=None).finding is Finding.DROPPED


def test_names_learnt_from_the_archive_count() -> None:
    article = Article("a1", "", "ar", "زار الوفد مدينة طرابلس.")
    citation = Citation(1, article, 0, len(article.body))
    claim = "The delegation visited the city of Tarabulus Gharb."
    assert verify(claim, "en", [citation]).finding is not Finding.KEPT
    aliases = {"طرابلس", "Gharb", "Tarabulus"}
    assert verify(claim, "en", [citation], names=lambda a, b: {a, b} <= aliases).finding is Finding.KEPT


def test_the_outlet_may_be_named_as_the_source() -> None:
    claim = "According to Northern Star, the mine closed on Sunday."
    assert judged(claim, "The mine closed on Sunday.", outlet="Northern Star").finding is Finding.KEPT
    assert judged(claim, "The mine closed on Sunday.", outlet="Herald").finding is not Finding.KEPT


def test_an_outlet_that_says_more_than_its_name_bears_nothing_out() -> None:
    quote, claim = "The bridge opened on Sunday.", "The bridge opened on Sunday, Orla Finch said."
    assert judged(claim, quote, outlet="Orla Finch").finding is Finding.KEPT
    assert judged(claim, quote, outlet="Herald [2] Orla Finch").finding is not Finding.KEPT


QUOTED = "The museum on Carrin, train A320 and the Nawras-2 will return on 2 May, the council said."
QUOTED_AR = "افتتحت بلدية لونارة مكتبة عامة جديدة في حي الفنار، وفق شركة Nordbau."


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("The museum on Carrin and train A320 will return on 2 May, the council said.", QUOTED, None),
        ("Train A321 will return on 2 May, the council said.", QUOTED, "code:a321"),
        ("The museum on Carrin will return on 2 May, the council said, bad_name.", QUOTED, "code:bad_name"),
        ("The museum on Carrin, bad.example, will return, the council said.", QUOTED, "code:bad.example"),
        ("The museum on Carrin will return on 2 May, кот, the council said.", QUOTED, "code:кот"),
        ("افتتحت بلدية لونارة مكتبة جديدة، وفق شركة Nordbau.", QUOTED_AR, None),
        ("افتتحت بلدية لونارة مكتبة جديدة، وفق شركة kanari.", QUOTED_AR, "code:kanari"),
        ("Lunara has opened a new library كناري.", QUOTED_AR, "code:كناري"),
        (f"{QUOTED} The governor resigned.", QUOTED, "added:the governor resigned"),
        (f"{QUOTED[:-1]} and the governor resigned.", QUOTED, "added:and the governor resigned"),
        (f"{QUOTED_AR} والرئيس استقال من منصبه.", QUOTED_AR, "added:والرييس استقال من منصبه"),
    ],
)
def test_what_is_put_on_to_a_claim_is_doubted(claim: str, quote: str, reason: str | None) -> None:
    reasons = [one for one in judged(claim, quote).reasons if one.startswith(("code:", "added:"))]
    assert reasons == ([reason] if reason else [])


def test_every_sentence_of_the_samples_bears_itself_out() -> None:
    lost = []
    for line in _SAMPLES.read_text(encoding="utf-8").splitlines():
        body = json.loads(line)["text"]
        article = Article("a1", "", "ar", body)
        for span in sentences(body):
            verdict = verify(span.of(body), "ar", [Citation(1, article, span.start, span.end)])
            if verdict.finding is not Finding.KEPT:
                lost.append((span.of(body), verdict.reasons))
    assert lost == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ثلاثة وعشرون ألفا وخمسمئة شخص", 23_500),
        ("نصف مليون دينار", 500_000),
        ("مليون ونصف المليون طن", 1_500_000),
        ("ألفان ومئتا جندي", 2_200),
        ("خمسة عشر عاملا", 15),
        ("١٫٥ مليار دولار", 1.5e9),
        ("12 ألفا و500 ناخب", 12_500),
        ("half a million people", 500_000),
        ("two and a half million tonnes", 2_500_000),
        ("a quarter of a million dinars", 250_000),
        ("twenty-three thousand four hundred and five", 23_405),
        ("eighteen hundred workers", 1_800),
        ("two dozen ships", 24),
        ("two in three nurses", 2 / 3),
        ("ثلاثة أرباع السكان", 0.75),
        ("9:30 p.m.", 21 * 60 + 30),
    ],
)
def test_numbers_are_read_by_value(text: str, value: float) -> None:
    assert [number.value for number in numbers_in(read(text))] == pytest.approx([value])
