"""Words of grammar in both languages: they say nothing that a quote would have to hold."""

from __future__ import annotations

from rag.text import search_fold

_ENGLISH = """
a an the this that these those it its he his him she her hers they their theirs them we our us you your i my me who whom
whose which what where when why how there here one ones other others another such same own each either both
and or but nor so yet if than then as while though although because since until unless whether
of in on at by to from for with without into onto over under about above below between among against during before after
through across along around near off out up down within toward towards upon per via amid like despite regarding
be is are was were been being am do does did done doing have has had having will would shall should may might can could
must not no never n't t s d ll ve re also too only just even still already again very more most less least much many
some any all few several own now currently later earlier so-called mr mrs ms dr etc
said says say saying according reported told total number some
make made making take taken took put set get got go going come came
due result instead rather yet thus hence therefore however
""".split()
_ARABIC = """
في من إلى على عن مع بين عند لدى حتى منذ خلال بعد قبل فوق تحت أمام خلف ضد نحو حول دون بدون عبر ضمن لدي بينهم بينها بينما
و ف ب ل ك أو أم ثم بل لكن لكنه لكنها غير سوى إلا إن أن إنه إنها أنه أنها أنهم إنهم بأن لأن لأنه لأنها كأن ليت لعل
هو هي هم هن هما أنا نحن أنت هذا هذه ذلك تلك هؤلاء أولئك ذاك الذي التي الذين اللذين اللتين اللواتي ما من ماذا متى أين كيف كم
كان كانت كانوا يكون تكون ليكون لتكون سيكون ستكون أصبح أصبحت يصبح بات باتت صار لا لم لن ليس ليست قد لقد سوف كل بعض أي
هناك هنا حيث إذ إذا لو كما كذلك أيضا فقط جدا أكثر أقل مثل عدم له لها لهم لهما به بها بهم فيه فيها فيهم منه منها منهم عليه عليها عليهم
إليه إليها إليهم عنه عنها لديه لديها معه معها وهو وهي التى الى على فى ان انه انها اي الا او مما فيما بما لما عما ممن كلا
تم تمت يتم تتم جرى يجري تجري قام قامت يقوم تقوم ذات ذو ذي نفسه نفسها نفس حين عندما لدن إزاء بشأن بخصوص وفقا وفق بحسب حسب قال قالت باسم باسمه باسمها عقب إثر جراء رغم وسط إبان أثناء آخر آخرين أخرى آخرون
""".split()

EMPTY = frozenset(search_fold(word) for word in (*_ENGLISH, *_ARABIC))
