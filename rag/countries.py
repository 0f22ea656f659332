"""Countries, their people and their capitals in both languages: words that mean another thing each.

An encoder finds *Russian* and *American* alike. To a question about troops they are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rag.bilingual import forms
from rag.text import search_fold

_TABLE: Final = """
afghanistan afghan afghans kabul | أفغانستان أفغاني أفغانية أفغان كابول كابل
albania albanian albanians tirana | ألبانيا ألباني ألبانية ألبان تيرانا
algeria algerian algerians algiers | الجزائر جزائري جزائرية
america american americans washington usa | أمريكا أمريكي أمريكية أميركا أميركي أميركية واشنطن
argentina argentine argentinian argentinians | الأرجنتين أرجنتيني أرجنتينية
armenia armenian armenians yerevan | أرمينيا أرميني أرمينية أرمن أرمني يريفان
australia australian australians canberra | أستراليا أسترالي أسترالية كانبيرا
austria austrian austrians vienna | النمسا نمساوي نمساوية فيينا
azerbaijan azerbaijani azerbaijanis baku | أذربيجان أذربيجاني أذربيجانية أذري باكو
bahrain bahraini bahrainis manama | البحرين بحريني بحرينية المنامة
bangladesh bangladeshi bangladeshis dhaka | بنغلاديش بنغلاديشي بنغالي بنغالية دكا
belarus belarusian belarusians minsk | بيلاروسيا بيلاروسي بيلاروسية مينسك
belgium belgian belgians brussels | بلجيكا بلجيكي بلجيكية بروكسل بروكسيل
bolivia bolivian bolivians | بوليفيا بوليفي بوليفية
bosnia bosnian bosnians sarajevo | البوسنة بوسني بوسنية سراييفو
brazil brazilian brazilians brasilia | البرازيل برازيلي برازيلية برازيليا
britain british briton britons uk london | بريطانيا بريطاني بريطانية لندن
bulgaria bulgarian bulgarians sofia | بلغاريا بلغاري بلغارية صوفيا
cambodia cambodian cambodians | كمبوديا كمبودي كمبودية
cameroon cameroonian cameroonians | الكاميرون كاميروني كاميرونية
canada canadian canadians ottawa | كندا كندي كندية أوتاوا
chad chadian chadians | تشاد تشادي تشادية
chile chilean chileans santiago | تشيلي تشيلية سانتياغو
china chinese beijing | الصين صيني صينية بكين
colombia colombian colombians bogota | كولومبيا كولومبي كولومبية بوغوتا
croatia croatian croatians croat zagreb | كرواتيا كرواتي كرواتية زغرب
cuba cuban cubans havana | كوبا كوبي كوبية هافانا
cyprus cypriot cypriots nicosia | قبرص قبرصي قبرصية نيقوسيا
czech czechs czechia prague | التشيك تشيكي تشيكية براغ
denmark danish dane danes copenhagen | الدنمارك دنماركي دنماركية كوبنهاغن
egypt egyptian egyptians cairo | مصر مصري مصرية القاهرة
england english | إنجلترا إنكلترا إنجليزي إنجليزية إنكليزي
eritrea eritrean eritreans asmara | إريتريا إريتري إريترية أسمرة
estonia estonian estonians | إستونيا إستوني إستونية
ethiopia ethiopian ethiopians | إثيوبيا إثيوبي إثيوبية
finland finnish finn finns helsinki | فنلندا فنلندي فنلندية هلسنكي
france french frenchman paris | فرنسا فرنسي فرنسية باريس
georgia georgian georgians tbilisi | جورجيا جورجي جورجية تبليسي
germany german germans berlin | ألمانيا ألماني ألمانية ألمان برلين
ghana ghanaian ghanaians accra | غانا غاني غانية أكرا
greece greek greeks athens | اليونان يوناني يونانية أثينا
hungary hungarian hungarians budapest | المجر مجري مجرية هنغاريا بودابست
iceland icelandic icelander reykjavik | آيسلندا آيسلندي آيسلندية ريكيافيك
india indian indians delhi | الهند هندي هندية هنود نيودلهي
indonesia indonesian indonesians jakarta | إندونيسيا إندونيسي إندونيسية جاكرتا
iran iranian iranians tehran | إيران إيراني إيرانية طهران
iraq iraqi iraqis baghdad | العراق عراقي عراقية بغداد
ireland irish dublin | أيرلندا إيرلندا أيرلندي إيرلندي أيرلندية دبلن
israel israeli israelis | إسرائيل إسرائيلي إسرائيلية
italy italian italians rome | إيطاليا إيطالي إيطالية روما
japan japanese tokyo | اليابان ياباني يابانية طوكيو
jordan jordanian jordanians amman | الأردن أردني أردنية عمّان
kazakhstan kazakh kazakhs astana | كازاخستان كازاخي كازاخستاني أستانا
kenya kenyan kenyans nairobi | كينيا كيني كينية نيروبي
korea korean koreans seoul pyongyang | كوريا كوري كورية سيول سول بيونغيانغ
kuwait kuwaiti kuwaitis | الكويت كويتي كويتية
latvia latvian latvians riga | لاتفيا لاتفي لاتفية ريغا
lebanon lebanese beirut | لبنان لبناني لبنانية بيروت
libya libyan libyans tripoli | ليبيا ليبي ليبية طرابلس
lithuania lithuanian lithuanians vilnius | ليتوانيا ليتواني ليتوانية فيلنيوس
malaysia malaysian malaysians | ماليزيا ماليزي ماليزية
mali malian malians bamako | مالي مالية باماكو
malta maltese valletta | مالطا مالطي مالطية
mauritania mauritanian mauritanians nouakchott | موريتانيا موريتاني موريتانية نواكشوط
mexico mexican mexicans | المكسيك مكسيكي مكسيكية
moldova moldovan moldovans chisinau | مولدوفا مولدوفي مولدافيا كيشيناو
morocco moroccan moroccans rabat | المغرب مغربي مغربية مغاربة الرباط
myanmar burmese burma | ميانمار بورمي بورما
nepal nepalese nepali kathmandu | نيبال نيبالي نيبالية كاتماندو
netherlands dutch holland amsterdam hague | هولندا هولندي هولندية أمستردام لاهاي
nigeria nigerian nigerians abuja | نيجيريا نيجيري نيجيرية أبوجا
norway norwegian norwegians oslo | النرويج نرويجي نرويجية أوسلو
oman omani omanis muscat | عُمان عماني عمانية مسقط
pakistan pakistani pakistanis islamabad | باكستان باكستاني باكستانية إسلام آباد
palestine palestinian palestinians | فلسطين فلسطيني فلسطينية
peru peruvian peruvians lima | بيرو بيروفي بيروفية ليما
philippines filipino filipinos philippine manila | الفلبين فلبيني فلبينية مانيلا
poland polish poles warsaw | بولندا بولندي بولندية وارسو
portugal portuguese lisbon | البرتغال برتغالي برتغالية لشبونة
qatar qatari qataris doha | قطر قطري قطرية الدوحة
romania romanian romanians bucharest | رومانيا روماني رومانية بوخارست
russia russian russians moscow kremlin | روسيا روسي روسية روس موسكو الكرملين
rwanda rwandan rwandans kigali | رواندا رواندي رواندية كيغالي
saudi saudis riyadh | السعودية سعودي الرياض
scotland scottish scots scot edinburgh | اسكتلندا اسكتلندي اسكتلندية إدنبرة
senegal senegalese dakar | السنغال سنغالي سنغالية داكار
serbia serbian serbians serb serbs belgrade | صربيا صربي صربية بلغراد
singapore singaporean singaporeans | سنغافورة سنغافوري سنغافورية
slovakia slovak slovaks bratislava | سلوفاكيا سلوفاكي سلوفاكية براتيسلافا
slovenia slovenian slovenians ljubljana | سلوفينيا سلوفيني سلوفينية ليوبليانا
somalia somali somalis mogadishu | الصومال صومالي صومالية مقديشو
spain spanish spaniard spaniards madrid | إسبانيا إسباني إسبانية إسبان مدريد
sudan sudanese khartoum | السودان سوداني سودانية الخرطوم
sweden swedish swede swedes stockholm | السويد سويدي سويدية ستوكهولم
switzerland swiss bern geneva | سويسرا سويسري سويسرية برن جنيف
syria syrian syrians damascus | سوريا سورية سوري دمشق
taiwan taiwanese taipei | تايوان تايواني تايوانية تايبيه
tanzania tanzanian tanzanians | تنزانيا تنزاني تنزانية
thailand thai thais bangkok | تايلاند تايلندي تايلاندي تايلندية بانكوك
tunisia tunisian tunisians tunis | تونس تونسي تونسية
turkey turkish turk turks turkiye ankara | تركيا تركي تركية أتراك أنقرة
uganda ugandan ugandans kampala | أوغندا أوغندي أوغندية كمبالا
ukraine ukrainian ukrainians kyiv kiev | أوكرانيا أوكراني أوكرانية كييف
emirates emirati emiratis uae | الإمارات إماراتي إماراتية أبوظبي
uruguay uruguayan uruguayans montevideo | الأوروغواي أوروغوياني أوروغوياي
uzbekistan uzbek uzbeks tashkent | أوزبكستان أوزبكي أوزبكية طشقند
venezuela venezuelan venezuelans caracas | فنزويلا فنزويلي فنزويلية كراكاس
vietnam vietnamese hanoi | فيتنام فيتنامي فيتنامية هانوي
wales welsh cardiff | ويلز ويلزي ويلزية كارديف
yemen yemeni yemenis sanaa | اليمن يمني يمنية صنعاء
zambia zambian zambians lusaka | زامبيا زامبي زامبية
zimbabwe zimbabwean zimbabweans harare | زيمبابوي زيمبابوية هراري
"""
_LIKE_OTHER_WORDS: Final = frozenset("كابل مالي ماليه سول سيول عمان عماني عمانيه مجري مجريه رياض بان".split())
"""Forms that common words have too, and Amman, which is written like Oman: they name no country here."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_PLURAL: Final = re.compile(r"ي(?:ون|ين|ات)$")


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(_TABLE.strip().splitlines()):
        for form in line.replace("|", " ").split():
            for spelling in {search_fold(form), search_fold(form.removeprefix("ال"))} - _LIKE_OTHER_WORDS:
                found.setdefault(spelling, number)
    return found


@lru_cache(maxsize=1 << 14)
def country_of(written: str) -> int | None:
    """Return the number of the country that a word names, or its people, or its capital."""
    folded, known = search_fold(written), _countries()
    singular = _PLURAL.sub("ي", folded)
    bare = (form for word in (folded, singular) for form, _ in forms(word))
    return next((known[form] for form in bare if form in known), None)


def countries_in(text: str) -> frozenset[int]:
    """Return the numbers of the countries that ``text`` names."""
    named = (country_of(match.group()) for match in _WORD.finditer(text))
    return frozenset(number for number in named if number is not None)
