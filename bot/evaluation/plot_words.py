"""The words on the plots, in both languages. Arabic ones begin with an Arabic letter: so the line runs."""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "refusal": "Refusal by threshold",
        "threshold": "threshold",
        "share": "share of questions",
        "refused_with_evidence": "refused with evidence",
        "answered_without_evidence": "answered without evidence",
        "answered_near_miss": "near misses answered",
        "in_use": "in use",
        "calibration": "Confidence against being right",
        "confidence": "confidence",
        "right": "share right",
        "ideal": "as sure as right",
        "first cited sentence right": "first cited sentence right, error {error}",
        "any cited sentence right": "any cited sentence right, error {error}",
        "recall": "Recall by languages, 95 % intervals",
        "recall_axis": "recall over articles",
        "pair": "asked in {asked},\nevidence in {evidence}",
        "ar": "Arabic",
        "en": "English",
        "other": "another",
        "questions": "{count} questions",
    },
    "ar": {
        "refusal": "الامتناع بحسب العتبة",
        "threshold": "العتبة",
        "share": "نسبة الأسئلة",
        "refused_with_evidence": "امتناع مع وجود الدليل",
        "answered_without_evidence": "جواب بلا دليل",
        "answered_near_miss": "جواب عن سؤال قريب لا جواب له",
        "in_use": "المستعملة الآن",
        "calibration": "الثقة مقابل الصواب",
        "confidence": "الثقة",
        "right": "نسبة الصواب",
        "ideal": "ثقة تساوي الصواب",
        "first cited sentence right": "الجملة الأولى صحيحة، الخطأ {error}",
        "any cited sentence right": "إحدى الجمل صحيحة، الخطأ {error}",
        "recall": "الاستدعاء بحسب اللغتين، بمجالات ثقة 95٪",
        "recall_axis": "الاستدعاء من المقالات",
        "pair": "السؤال ب{asked}\nوالدليل ب{evidence}",
        "ar": "العربية",
        "en": "الإنجليزية",
        "other": "لغة أخرى",
        "questions": "عدد الأسئلة {count}",
    },
}
