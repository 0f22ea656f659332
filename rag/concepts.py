"""A small dictionary of news: words of both languages that mean nearly the same, row by row.

It lets a claim's words be found in a quote in other words or in the other language. ``*`` stands for any
ending. A word may stand in several rows. Opposites are never in one row.
"""

from __future__ import annotations

_TABLE = """
kill* dead die* died dying death* fatal* toll casualt* lives lost perish* victim* claimed | قتل* مقتل* قتيل* قتلي مصرع* مات* وفاه وفي* توفي* وفيات ضحايا ضحيه حتف* حتفهم لقي لقو* اودي اودت حصيله قضي* راح* اودى ارواح هلك* موت
injur* wound* hurt casualt* hospitali* | اصاب* اصيب* جرح* جريح* مصاب* اصابات جرحي
missing disappear* unaccounted | مفقود* فقد* فقدان مفقودين
rescu* save* saved recovered pulled retriev* | انقاذ* انقذ* انتشل* انتشال*
evacuat* displac* flee* fled | اجل* اخل* اجلاء نزوح نازح* نزح* مهجر* فر* فروا فرار هجر*
flood* inundat* torrent* | فيضان* سيول سيل غمر*
storm* gale* hurricane* cyclone* tempest | عاصف* عواصف اعصار*
earthquake* quake* tremor* seismic aftershock* | زلزال* زلازل هز* هزات ارتدادي* ضرب
fire* blaze* burn* | حريق* حرائق نار نيران احترق* احتراق اندلع*
rain* | مطر* امطار هطول هطل*
river* | نهر* انهار
water* | ماء مياه مائي* ما
dam* | سد سدود السد
sea* maritime marine | بحر* بحري* بحار
coast* shore* beach* | ساحل* شاطئ* شاطي* سواحل
port* harbour* harbor* dock* quay* wharf | مينا* موانئ مواني مرفأ مرفا ارصفه رصيف
ship* vessel* boat* ferry ferries tanker* | سفين* سفن قارب* قوارب باخر* عبار* ناقل* زورق* مركب
dock work* docker* stevedore* worker* labour* labor* staff employee* workforce personnel | عامل* عمال* موظف* عاملين مستخدم* عماله كادر كوادر
strike* walkout walk* stoppage industrial | اضراب* ضرب اضرب* توقف* مضرب*
union* syndicate* guild | نقاب* اتحاد*
wage* pay salar* paid payroll | اجر* اجور راتب رواتب اجر
price* cost* costing fee* fare* tariff* expens* worth | سعر* اسعار كلف* تكلف* تكاليف ثمن رسوم تعرفه بلغت قيم*
bread loaf loaves bak* | خبز* رغيف* ارغف* مخبز* مخابز
wheat grain* cereal* flour | قمح* حبوب طحين دقيق
subsid* | دعم* مدعوم*
support* back* backed endors* | دعم* ايد* تاييد* مؤيد* مويد* ساند* مسانده
oppos* against | معارض* عارض* ضد رفض*
rais* increas* rise* rose risen hike* hiked grow* grew up higher climb* jump* gain* surg* add* soar* | رفع* ارتفع* ارتفاع* زياد* زاد* ازداد* يزيد تزيد يرفع ترفع نمو نما نمت صعد* صعود قفز* مرتفع* ازدياد
cut* reduc* decreas* fall* fell drop* lower* declin* down slash* shrink* shrank decrease | خفض* تخفيض* انخفض* انخفاض* تراجع* تقليص* قلص* هبط* هبوط قلل* تقليل ينخفض يخفض نقص* منخفض*
doubl* twice twofold | ضاعف* تضاعف* مضاعف* ضعف* مرتين
govern* cabinet administration executive management | حكوم* الحكومه وزاري* اداره
state* stat* national country countr* nation* | دول* وطن* بلاد بلد* قومي*
kingdom* royal king queen monarch* | مملك* ملكي* ملك*
minister* ministry ministr* | وزير* وزار* وزرا*
prime premier | رئيس رييس
president* presiden* head* chair* chief* leader* boss director* | رييس* رئيس* رئاس* رياس* زعيم* قائد* قايد* مدير* قياد* عميد
deputy vice assistant | نائب نايب* وكيل* مساعد*
acting caretaker interim | بالنيابه نياب* تصريف مؤقت* موقت* انتقالي*
parliament* assembly lawmaker* legislat* mp mps deput* chamber congress senat* house | برلمان* نائب* نايب* نواب* مجلس* تشريع* مشرع*
council* board | مجلس* مجالس
committee* commission* panel body | لجن* هيئ* هيي* مفوضي*
agency authority authorit* bureau office | وكال* هيئ* هيي* سلط* مكتب* اداره جهاز*
municipal* mayor* city town* | بلدي* مدين* مدن عمده محافظ* بلد*
village* hamlet* | قري* قريه
governor* province* | محافظ* والي ولاي* محافظه
region* area* district* zone* neighbourhood* neighborhood* quarter* | منطق* مناطق اقليم* حي احياء حيين ضاحي* ضواحي
capital* | عاصم*
border* frontier* crossing* | حدود* معبر* معابر منفذ
law* legislation bill act regulation* | قانون* تشريع* مشروع* قوانين لائح* نظام
court* tribunal judge* justice* magistrate* judicia* | محكم* قاض* قضا* قضائ* قضاي* محاكم هيئه
trial* tried prosecut* | محاكم* يحاكم حوكم* ادعا* نياب*
navy naval | بحري*
patrol* | دوري*
strait* | مضيق*
boat* | زورق* زوارق قارب* قوارب
organis* organiz* | منظم* نظم* تنظيم*
cyber* hack* | سيبران* قرصن* اختراق
violin* | كمان*
orchestra* | اوركسترا
infect* | مصاب* اصاب* اصيب*
ambulance* | اسعاف*
call* phone* | اتصال* اتصل* مكالم*
lift* elevator* | مصعد* مصاعد
contractor* | متعهد* مقاول*
glacier* ice* | جليد*
polar | قطبي*
gang* group* | مجموع* جماع* عصاب*
athlete* runner* racer | رياضي* عدا* متسابق*
race* marathon | سباق* ماراثون
asteroid* comet* planet* | كويكب* مذنب* كوكب*
probe* | مسبار* تحقيق*
cotton | قطن*
cloth* textile* | نسيج* ملابس
ransom* | فدي*
account* | حساب*
password* | كلم* مرور
file* record* | ملف* سجل*
guarantee* ensur* | ضمان* ضمن* كفل*
brother* | شقيق*
victim* | ضحي* ضحايا
economist* | اقتصاد* خبير*
expert* | خبير* خبرا*
central | مركزي*
governor* | محافظ* حاكم*
researcher* | باحث*
scientist* | عالم علما*
study survey* | دراس* استطلاع مسح
letter* | رسال*
fraud* forg* fake* | احتيال تزوير* مزور* مزيف*
steal* stole* stolen theft | سرق* مسروق* سرقه
auction* | مزاد*
insur* | تامين*
roof* ceiling | سقف*
floor* storey | طابق طوابق
apartment* flat* | شقه شقق
hall* | قاع* صال*
square* | ساح* ميدان* مربع
garden* park* | حديق* حدائق متنزه*
night* overnight | ليل*
morning* | صباح* فجر*
evening* | مساء مسا
midnight | منتصف
season* | موسم* مواسم
team* | فريق* فرق
swim* | سباح*
medal* gold silver bronze | ميدالي* ذهبي* فضي* برونزي*
lawsuit* | دعوي
reserve* sanctuary | محمي* احتياط*
ranger* guard* | حارس* حراس حرس*
photograph* picture* image* photo* | صور* تصوير*
publish* | نشر* ينشر تنشر
translat* | ترجم*
design* | صمم* تصميم*
invent* | اخترع* اختراع*
discover* | اكتشف* اكتشاف*
explor* drill* excavat* | تنقيب* نقب* حفر* استكشاف*
tonn* ton | طن اطنان
kilogram* kilo* | كيلوغرام* كيلو
lawyer* | محام*
witness* | شاهد شهود
jury juror* | محلف*
surgeon* surgery operation* | جراح* عملي*
nurse* | ممرض* تمريض
pharmac* drug* medicin* | صيدل* دواء دوا ادوي* عقار*
contract* | عقد عقود تعاقد*
salary salaries | راتب رواتب
fee* | رسم رسوم اتعاب
annex* | ملحق
text* | نص نصوص
clause* | بند بنود
round* | جول*
stage* phase* | مرحل*
ram* collid* collision | صدم* اصطدم* صدام تصادم*
claimant* plaintiff* suit lawsuit sued sue sues | مدع* مدعي* دعوي دعاوي شكوي
copy copied copies | نسخ* نسخه
hour* | ساع*
minute* | دقيق* دقائق
day* daily | يوم* ايام
week* | اسبوع* اسابيع
month* | شهر* اشهر
year* annual* yearly | سنه سنو* عام اعوام سنين
elder* old aged | مسن* كبير عجوز
thief thieves | لص لصوص
late* delay* | متاخر* تاخر* تاخير
early | مبكر* باكر
lawyer* attorney* counsel defence defense | محام* دفاع
convict* guilty sentenc* jail* prison* imprison* term behind | ادان* ادين* مدان* حكم* سجن* سجين* حبس* محكوم* قضت ادانه مذنب
acquit* clear* cleared innocent | برا* براء* تبرئ* بريء
arrest* detain* custody seiz* held captur* | اعتقل* اعتقال* توقيف* اوقف* احتجز* احتجاز* موقوف* قبض* ضبط* القبض القت
releas* freed free* | افرج* افراج* اطلق* اطلاق* حر حرر* سراح
charge* indict* accus* alleg* suspect* defendant* blam* | اتهم* تهم* اتهام* متهم* مشتبه* حمل
brib* corrupt* | رش* رشوه رشاوي فساد* فاسد*
fine* fined penalt* | غرام* تغريم* غرم*
smuggl* traffick* | تهريب* هرب* مهرب*
customs duty duties | جمارك جمرك* رسوم
police* officer* constab* | شرط* شرطي* ضابط ضباط
army military soldier* troop* force* | جيش* عسكر* جندي* جنود قوات قوه
attack* assault* raid* bomb* strike* shell* | هجوم* هاجم* اعتد* غار* قصف* تفجير* ضرب* استهدف*
war* conflict* fight* battle* clash* | حرب* نزاع* صراع* قتال* معرك* اشتباك* خلاف
peace* truce* ceasefire* cease* armistice | سلام* هدن* وقف نار
agree* deal* accord* pact* treaty contract* | اتفاق* اتفق* صفق* معاهد* عقد* توافق* موافق* وافق* ابرم*
sign* signed signature | وقع* توقيع* وقعت ابرم*
approv* pass* passed adopt* ratif* endors* backed greenlight | وافق* موافق* اقر* اقرار* صادق* مصادق* اعتمد* اعتماد* مرر* تمرير*
reject* refus* turn* declin* spurn* decline* | رفض* رفضت يرفض ترفض
den* denied deny denies | نفي* نفى نفت انكر* تنفي ينفي
vote* ballot* poll* elect* | صوت* تصويت* انتخاب* انتخب* اقتراع* ناخب* اصوات صناديق
candidate* contender* | مرشح* ترشح* ترشيح*
party parties | حزب* احزاب
coalition* alliance* consortium* | ائتلاف* تحالف* تكتل
resign* quit step* | استقال* تنح*
appoint* name* nominat* | عين* تعيين* كلف* سم* رشح*
dismiss* sack* fire* remov* oust* | اقال* اقيل* عزل* طرد* فصل* اطاح*
dissol* | حل حلت حلا
budget* spending | ميزاني* موازن* انفاق
tax* taxation levy levies | ضريب* ضرائب ضرايب رسوم
debt* loan* lend* borrow* credit* financ* fund* | دين ديون قرض* قروض اقرض* اقترض* تمويل* مول* صندوق صناديق ائتمان
interest | فائد* فايد*
bank* lender* | بنك* بنوك مصرف* مصارف
invest* stake* share* | استثمار* استثمر* حص* سهم اسهم مستثمر*
compan* firm* corporat* business* enterprise* operator* developer* | شرك* مؤسس* موسس* مشغل* اعمال
buy* bought purchas* acquir* acquisition* takeover buyer* | اشتر* شراء شرا يشتري استحوذ* استحواذ* مشتر* اقتن* ابتاع*
sell* sold sale* seller* vendor* | باع* بيع* يبيع مبيع* بائع*
import* | استورد* استيراد* وارد* مستورد* يستورد
export* | صدر* تصدير* صادر* يصدر
trade* commerc* trading | تجار* تبادل* تداول
market* | سوق* اسواق
money cash sum | مال اموال مبلغ نقد*
profit* earn* revenue* income | ربح* ارباح ايراد* دخل* عائد* عايد*
loss* lose* lost damage* | خسر* خسار* خسائر خساير اضرار ضرر* اضر*
owe* arrears due unpaid | مستحق* متاخر* مدين
pay* paid payment* | دفع* يدفع سدد* تسديد صرف* يصرف
compensat* | تعويض* عوض*
treasur* exchequer | خزين* خزان*
build* built construct* erect* | بني* بناء بنا* انشاء انشا* شيد* تشييد* اقام* اقامه يبني
bridge* span | جسر* جسور كوبري
tunnel* | نفق* انفاق
road* highway* motorway* route* street* | طريق* طرق شارع* شوارع
rail* train* tram* metro* locomotive* | قطار* سكك سكه ترام* مترو حديدي*
bus* coach* | حافل* باص*
airport* | مطار*
flight* plane* aircraft* airline* jet* | رحل* طائر* طاير* طيران* جوي*
helicopter* | مروحي* هليكوبتر
passenger* travel* commut* rider* | راكب* ركاب مسافر*
driver* | سائق* سايق*
car* vehicle* truck* lorr* | سيار* مركب* شاحن* عرب* عربات
bicycle* bike* cycl* | دراج*
lane* track* path* | مسار* حار*
open* opened inaugurat* launch* reopen* unveil* | افتتح* افتتاح* فتح* يفتح دشن* تدشين* انطلق* انطلاق*
clos* shut* shutdown closure | اغلق* اغلاق* غلق* اقفل* مغلق* يغلق
start* begin* began begun launch* kick* commenc* | بدا* بداي* يبدا تبدا انطلق* انطلاق* باشر* اطلق* اطلاق* شرع* اندلع* دخل
end* finish* conclud* expir* complet* over | انته* نهاي* ينته* انه* اختتم* ختام اكمل* اكتمل* اتم* اتمام اكتمال منته*
stop* halt* suspend* freez* paus* interrupt* | توقف* وقف* ايقاف اوقف* تعليق* علق* جمد* تجميد* قطع انقطاع*
resum* restart* restor* return* | استانف* استئناف* استيناف اعاد* عاد* عود* استعاد*
continu* remain* still keep* kept stay* last* | استمر* يستمر تستمر واصل* بقي* يبقي ظل* زال يزال تزال لا يزال مستمر* ابق* يظل
delay* postpon* defer* late | تاجيل* اجل* تاخير* ارجا* تاخر* ارجئ*
cancel* scrap* call* off annul* | الغ* الغاء لغو
extend* extension prolong* renew* | تمديد* مدد* جدد* تجديد* مد
visit* tour* | زار* زيار* يزور جول* زائر*
meet* met meeting* talk* summit* convene* | اجتمع* اجتماع* التق* لقاء لقا* قم* محادثات مباحثات قمه انعقد* نلتقي
negotiat* talk* bargain* dialogue | تفاوض* مفاوض* محادث* مباحث* حوار*
confer* press briefing | مؤتمر* موتمر* صحف* صحاف*
journalist* reporter* media newspaper* press news | صحف* صحاف* اعلام* وسائل جريد* اخبار
statement* announce* declar* | بيان* اعلن* اعلان* صرح* تصريح*
say* said says told tell* state* stated add* added note* remark* comment* according | قال* يقول اضاف* ذكر* صرح* افاد* وفق* بحسب حسب اشار* مشير* اوضح* قول
confirm* affirm* assert* insist* stress* | اكد* تاكيد* شدد* مؤكد* موكد* يوكد تثبت ثبت*
report* | تقرير* تقارير افاد* ذكر* اورد*
reveal* disclos* show* found find* | كشف* اظهر* بين* وجد* تبين* عثر* نتيج* نتائج
warn* caution* alert* | حذر* تحذير* انذار* انذر* نبه*
call* urg* demand* appeal* request* ask* | دعا* دعت دعو* طالب* مطالب* ناشد* حث* طلب* مناشد*
order* command* instruct* ruling rule* ruled | امر* اوامر وجه* حكم* قضت قضي قرر* قرار*
decid* decision* resolv* | قرر* قرار* يقرر
plan* intend* aim* project* scheme* programme* program* | خط* خطه خطط* يعتزم* تعتزم* اعتزام* ينوي* تنوي* مشروع* مشاريع برنامج* يخطط تخطط
propos* suggest* offer* | اقترح* مقترح* اقتراح* عرض* عروض
promis* pledg* vow* commit* undert* | وعد* تعهد* التزم* تلتزم يلتزم التزام*
threat* | هدد* تهديد*
consider* study studi* weigh* mull* review* examin* look* | درس* يدرس تدرس دراس* بحث* نظر* مراجع* راجع*
expect* forecast* predict* project* anticipat* | توقع* متوقع* يتوقع مرتقب* مرجح*
estimat* reckon* valu* put | قدر* تقدير*
possib* likely chance probab* | محتمل* احتمال* ممكن* مرجح* مرشح*
need* require* must | حاج* يحتاج تحتاج لزم* يجب يتعين وجب ينبغي
allow* permit* let lets authoris* authoriz* licen* | سمح* يسمح تسمح سماح* رخص* ترخيص* اجاز* تصريح
ban* banned prohibit* forbid* bar* outlaw* | حظر* منع* يمنع تمنع محظور* ممنوع*
prevent* avoid* avert* | منع* تجنب* حال* تفادي* يمنع تمنع
help* assist* aid* relief | ساعد* مساعد* اغاث* معون* عون
send* sent dispatch* deliver* ship* | ارسل* ارسال* بعث* وجه سلم* تسليم* شحن* يوصل توصيل
receiv* get* got obtain* | تلق* حصل* استلم* يتلق* حصول نال
give* gave grant* provid* award* supply suppl* | منح* قدم* تقديم* وفر* توفير* اعط* زود* امداد* تزويد تزود
take* took seiz* | اخذ* استول* سيطر*
bring* brought carry carri* carrying transport* | حمل* تحمل* يحمل نقل* جلب*
leave* left depart* | غادر* مغادر* ترك* رحل* تارك*
arriv* reach* | وصل* وصول* بلغ* بلوغ يصل
join* member* | انضم* انضمام* عضو* اعضا* عضوي*
withdraw* pull* retreat* | انسحب* انسحاب* سحب* تراجع
win* won victor* beat* triumph* champion* crown* | فاز* فوز* هزم* تغلب* انتصر* توج* بطل* يفوز تفوز لقب كسب*
lose* lost losing defeat* beaten | خسر* خسار* هزيم* انهزم* هزم* يخسر
match* game* fixture | مبارا* لقاء مواجه*
goal* score* scored scor* penalty | هدف* سجل* تسجيل* ركل* اهداف
team* club* side squad | فريق* ناد* اندي* منتخب*
player* striker* midfield* keeper goalkeeper forward | لاعب* مهاجم* حارس مدافع*
coach* trainer* manager | مدرب*
cup* title* trophy league tournament final | كاس* لقب* بطول* دوري نهائي* نهايي*
fan* spectator* crowd* attend* audience people | جمهور* متفرج* مشجع* حضر* حضور
stadium* ground pitch | ملعب* ملاعب استاد
health* medical hospital* clinic* doctor* physician* | صح* طب* مستشفي* عياد* طبيب* اطبا* مشفي
disease* illness virus* measles cholera outbreak* infect* case* epidemic | مرض* امراض فيروس* حصب* كوليرا تفش* عدوي اصاب* حال* وباء
vaccin* jab* dose* immunis* immuniz* inoculat* shot* | لقاح* تلقيح* تطعيم* جرع* طعم*
patient* sufferer* | مريض* مرضي
child* kid* infant* boy* girl* pupil* toddler* minor* | طفل* اطفال صبي فتا* رضيع طفلين قاصر*
school* | مدرس* مدارس
pupil* student* undergraduate* | طلاب طالب* طلبه تلميذ* تلاميذ
educat* teach* | تعليم* معلم* علم* يدرس تدريس
universit* college* faculty | جامع* كلي*
class* grade* lesson* course* curricul* | صف صفوف حص* ماد* منهج* مناهج
famil* household* home* house* resident* inhabitant* people population citizen* civilian* | عائل* عايل* اسر* منزل* منازل بيت* بيوت ساكن* سكان* مواطن* نسم* مدني* اهالي شخص* ناس اشخاص
woman women female | امرا* نساء نسا* سيد*
man men male | رجل* رجال
youth* young | شاب* شباب شبان فتي
people person persons individual* | شخص* اشخاص ناس افراد فرد نسم*
refugee* migrant* asylum | لاجئ* لاجي* مهاجر* لجوء
protest* demonstrat* rally rallies march* | احتج* احتجاج* تظاهر* مظاهر* متظاهر* مسير* وقف*
power* electric* energy grid | كهربا* كهرباء طاق* شبك* تيار
solar sun | شمس*
wind turbine* | رياح توربين*
oil petrol* fuel* crude gasoline diesel | نفط* وقود* بترول* بنزين خام ديزل محروقات
gas | غاز*
pipeline* pipe* | انبوب* انابيب خط
plant* station* facility facilit* | محط* منشا* معمل* مصنع* مرفق* منشات
factor* manufactur* industr* | مصنع* مصانع صناع* صنع*
mine* mining miner* | منجم* مناجم تعدين*
satellit* | قمر* اقمار صناعي
rocket* missile* launcher | صاروخ* صواريخ
space orbit* | فضاء* فضائ* فضا* مدار*
telescop* observator* | تلسكوب* مرصد*
scien* research* stud* | علم* علماء باحث* بحث* ابحاث دراس*
engineer* technician* expert* specialist* | مهندس* فني* خبير* خبرا* مختص* اختصاصي*
technolog* digital comput* software programm* | تقن* تكنولوج* رقم* حاسوب* برمج*
network* internet online website platform app | شبك* انترنت موقع منص* تطبيق
data record* figure* statistic* number* count | بيان* رقم* ارقام احصا* سجل* عدد*
farm* agricultur* crop* harvest* | زراع* مزرع* مزارع* محصول* محاصيل حصاد
fish* fisher* | صيد* سمك* اسماك صياد*
food* meal* | غذا* طعام وجب* اغذي*
tourism tourist* visitor* hotel* | سياح* سائح* سايح* فندق* فنادق زائر* زوار
museum* gallery exhibit* | متحف* متاحف معرض* معارض
manuscript* book* library librar* | مخطوط* كتاب* كتب مكتب*
film* movie* cinema festival* | فيلم* افلام سينما* مهرجان*
prize* award* | جائز* جايز* جوائز
art* artist* paint* | فن* فنان* لوح* رسم*
writer* author* novel* poet* | كاتب* مؤلف* مولف* روائ* رواي* شاعر*
actor* actress* sing* song* music* concert* | ممثل* مطرب* غن* مغن* موسيق* حفل*
ancient historic* heritage archaeolog* | قديم* تاريخ* تراث* اثر* اثار
forest* tree* | غاب* شجر* اشجار
animal* wild* | حيوان* بري*
weather climat* temperature* heat* cold | طقس* مناخ* حرار* حر برد*
environment* pollut* emission* carbon | بيئ* بيي* تلوث* انبعاث* كربون*
waste rubbish garbage trash | نفاي* قمام* مخلفات
repair* fix* maintain* maintenance restor* | اصلاح* صيان* ترميم* اصلح*
reform* overhaul | اصلاح*
reconstruct* rebuild* | اعمار* اعاد*
land* terrain plot* | ارض* اراض*
island* | جزير* جزر
mountain* hill* mount | جبل* جبال تل
airport* terminal | مطار* صال*
security safety safe* | امن* سلام* سلامه
fear* worr* concern* | خوف* مخاوف قلق* خش*
hope* wish* want* | امل* امال يامل رغب* اراد* يريد تريد
problem* crisis crises shortage* lack* | مشكل* ازم* نقص* شح
question* inquir* investigat* probe* | تحقيق* حقق* استجوب* سؤال* سوال
evidence proof | دليل* ادل* اثبات
cause* reason* because due | سبب* اسباب بسبب ادي نتيجه جراء اثر
effect* result* impact | اثر* نتيج* نتائج اثار
increase* additional extra more further | اضاف* اضافي* زياد* مزيد اخر*
new newly | جديد* حديث*
old former previous* ex | سابق* قديم*
first earliest | اول* اولي
last latest final | اخير* اخر نهائي* نهايي*
next coming following | مقبل* قادم* تال* مقبله
largest biggest large* big* great* major huge | كبر* اكبر كبير* كبري ضخم*
smallest small* little minor | صغر* اصغر صغير*
highest high* tall* height altitude | اعلي عال* مرتفع* ارتفاع* طول
lowest low* | ادني منخفض* اقل
long* length | طول* طويل*
deep* depth | عمق* عميق*
wide width broad | عرض* واسع*
weigh* weight* | وزن* يزن تزن
speed fast quick* rapid* | سرع* سريع*
worst bad* worse | اسوا* سيئ*
best good better | افضل* احسن جيد*
important key vital | مهم* هام* اهم*
public | عام* عموم*
private | خاص*
local | محلي*
foreign abroad international global world | خارج* اجنب* دولي* عالم*
north* | شمال*
south* | جنوب*
east* | شرق*
west* | غرب*
central middle centre center | وسط* مركز*
near close around | قرب* قريب*
inside within | داخل* ضمن
outside beyond | خارج*
half | نصف
part* portion section* | جزء* قسم* اجزا*
all every entire whole total | كل* جميع* كاف* كامل* كلي* اجمالي*
member* delegat* represent* envoy ambassador* diplomat* | عضو* اعضا* وفد* ممثل* سفير* مبعوث* دبلوماس* مندوب
spokes* | متحدث* ناطق*
secretar* | امين* سكرتير*
adviser* advisor* consult* | مستشار*
analyst* observer* commentator | محلل* مراقب*
owner* own* belong* | مالك* ملك* يملك تملك امتلك*
founder* found* establish* set* creat* | اسس* تاسيس* مؤسس* موسس* انشا* انشئ* شكل* تشكيل*
heir* inherit* | وارث* ورث*
son daughter child | ابن* ابنه بنت نجل*
father mother parent* | اب والد* ام
brother sister | شقيق* اخ اخت
wife husband spouse | زوج*
leader* lead* led | قاد* يقود تقود زعيم* قيادي*
rebel* militant* gunmen armed militia* | مسلح* متمرد* ميليش* مليش*
weapon* arms gun* | سلاح* اسلح*
nuclear atomic | نوو* ذر*
sanction* embargo | عقوب* حصار
hostage* captive* prisoner* | رهين* رهائن اسير* اسري سجين* سجناء
explos* blast* bomb* | انفجار* انفجر* تفجير* قنبل*
crash* collid* collision accident* incident* sink* sank sunk capsiz* | تحطم* تصادم* اصطدم* حادث* غرق* حوادث انقلب*
collaps* | انهار* انهيار*
destroy* demolish* | دمر* تدمير* هدم*
steal* stole* theft rob* robber* loot* | سرق* سرق* نهب* لص سطو
murder* homicide assassinat* | قتل* اغتيال* اغتال* جريم*
crime* criminal* offence | جريم* جرائم جنائ* جناي* مجرم*
sign* signal* | اشار* علام*
technical fault* failure glitch* breakdown | عطل* خلل* فني* تقن*
test* trial* exam* | اختبار* امتحان* تجرب* فحص*
train* training | تدريب* درب* متدرب*
recruit* hire* hiring employ* job* | توظيف* وظف* وظائف وظيف* فرص عمل تعيين
unemploy* jobless | بطال* عاطل*
retire* pension* | تقاعد* متقاعد* معاش*
rent* lease* tenant* | ايجار* استئجار* مستاجر* اجر*
measure* step* action* | اجراء* اجرا* خطو* تدبير* تدابير
service* | خدم*
campaign* | حمل*
ceremony celebration* celebrat* | حفل* احتفال* مراسم
speech* address* | كلم* خطاب* القي
letter* message* | رسال* خطاب
document* paper* file* | وثيق* وثائق ملف* مستند*
article* clause* | ماد* بند*
limit* ceiling cap* maximum | حد حدود سقف اقص*
minimum least | ادني اقل
level* | مستوي* منسوب* معدل*
rate* percentage share proportion | نسب* معدل* حص*
amount* volume quantit* | كمي* حجم* مبلغ
average mean | متوسط* معدل*
compete* competit* tender* bid* rival* contest* | منافس* مناقص* تنافس* مزاد عطا*
neighbour* neighbor* adjacent | جار* جيران مجاور*
replace* substitut* succeed* successor | بدل* استبدل* استبدال خلف* يخلف محل حل
target* goal* objective* | هدف* استهدف* تستهدف يستهدف
cover* | غط* تغط* يغط* شمل*
affect* hit hits struck suffer* | تضرر* متضرر* ضرب* اضر* عان* اثر*
return* back | عاد* عود* رجع* رجوع اعاد*
move* moved mov* transfer* relocat* shift* | نقل* انتقل* انتقال* تحويل* حول*
turn* convert* chang* | تحول* تحويل* تغير* تغيير* غير*
fall* fell | سقط* سقوط
miss* absent | غاب* غياب تغيب*
play* | لعب*
serve* | خدم*
speak* spoke | تحدث* كلم* تكلم*
hear* listen* | سمع* استمع*
see* saw watch* view* | شاهد* راي* رؤي*
know* knew known | عرف* معروف* علم*
think* believe* view* | راي* يري تري اعتقد* ظن*
praise* welcom* hail* | رحب* ترحيب* اشاد* اشاده
criticis* criticiz* slam* condemn* denounc* | انتقد* انتقاد* ندد* تنديد* ادان* استنكر* هاجم*
apolog* | اعتذ*
thank* | شكر*
use* using used | استخدم* استخدام* استعمل* استعمال* مستعين*
produc* output generat* | انتج* انتاج* منتج* توليد* ولد
consum* | استهلاك* استهلك* مستهلك*
suppl* reserve* stock* inventor* | مخزون* احتياط* امداد*
egypt* | مصر*
austria* | نمس*
hungar* | مجر*
greece greek* | يونان*
india* | هند*
german* | المان*
japan* | يابان*
china chinese | صين*
turkey turk* türk* | ترك*
spain spanish spani* | اسبان*
switzerland swiss | سويسر*
norw* | نرويج*
dutch netherlands holland | هولند*
poland polish pol* | بولند* بولون*
morocc* | مغرب*
algeri* | جزاير* جزائر*
tunisia* tunis | تونس*
saudi* | سعودي*
emirat* uae | امارات*
american* us usa america washington | امريك* اميرك*
britain british uk | بريطان*
england english | انجلترا انكلترا انجليز* انكليز*
russia* moscow | روس* موسكو
europe* eu | اوروب* اورب*
jerusalem | قدس
cairo | قاهره
damascus | دمشق
aleppo | حلب
syria* | سور*
iraq* | عراق*
leban* | لبنان*
jordan* | اردن*
palestin* | فلسطين*
israel* | اسرائيل* اسراييل*
iran* tehran | ايران* طهران
france french | فرنس*
ital* rome | ايطالي* روما
london | لندن
libya* tripoli | ليبي* طرابلس
sudan* khartoum | سودان* خرطوم
yemen* sanaa | يمن* صنعا
qatar* doha | قطر* دوحه
kuwait* | كويت*
arab* arabic | عرب*
muslim* islam* | اسلام* مسلم*
christian* church* | مسيح* كنيس*
mediterranean | متوسط
gulf bay | خليج*
atlantic pacific ocean* | محيط* اطلس* اطلنط*
united | متحد*
green | خضر* اخضر خضراء خضرا
red | احمر حمر* حمراء حمرا
blue | ازرق زرق*
white | ابيض بيض*
black | اسود سود*
enough suffic* | كاف* يكف* تكف* كف
link* connect* | ربط* وصل* يربط سيربط اتصال
separat* split* divid* | فصل* انفصل* انقسم* قسم* انشقاق* انشق*
share* distribut* allocat* | توزيع* وزع* تقاسم* حص* تخصيص* خصص*
install* fit* fitted | ركب* تركيب* نصب*
monitor* observ* measur* | رصد* مراقب* قياس* قاس*
inspector* inspect* search* | مفتش* تفتيش* فتش* بحث* معاين*
register* enrol* enroll* record* | سجل* تسجيل* مسجل*
licence* license* permit* | رخص* ترخيص* تصريح*
passport* visa* | جواز* تاشير*
holiday* vacation break | عطل* اجاز*
ticket* | تذكر* تذاكر بطاق*
card* | بطاق*
emergenc* urgent* | طارئ* طواري* طوارئ عاجل* استعجال
volunteer* charit* donat* | متطوع* تطوع* خيري* تبرع* متبرع*
cave* | كهف* كهوف
gold silver | ذهب* فض*
currency exchange inflation | عمل* صرف تضخم*
economy econom* | اقتصاد*
growth | نمو
quarter | ربع
winner* | فائز* فايز*
civil | مدني*
protection defend* protect* | حماي* حم* يحم*
outlet source* | مصدر* مصادر
partner* cooperat* collaborat* | شريك* شراك* تعاون* شارك*
participat* attend* took part | شارك* مشارك* حضر* حضور
ensure guarantee* | ضمان* ضمن* كفل*
demand* condition* | طلب* مطلب* شرط* شروط
respon* answer* react* | رد* استجاب* ردا جواب
responsib* | مسؤول* مسئول* مسوول*
official* | مسؤول* مسوول* رسمي*
try tries tried attempt* seek* sought effort* | حاول* محاول* سع* يسع* تسع* جهد* جهود
fail* unable | فشل* اخفق* عجز* تعذر*
succeed* success* managed | نجح* نجاح* تمكن* يتمكن
achiev* attain* | حقق* تحقيق* انجز* انجاز
department* administration* directorate* division* bureau | ادار* داير* دائر* مديري* قسم مصلح*
mission* | بعث* مهم*
tv televis* broadcast* | تلفز* تلفاز* متلفز* بث*
counterpart* | نظير*
breach* violat* broken break* | خرق* خروق* انتهك* انتهاك*
summer | صيف*
winter | شتا*
spring | ربيع*
autumn | خريف*
observer* monitor* | مراقب*
auditor* audit* | مدقق*
professor* | استاذ* اساتذ*
union guild syndicate | نقيب* نقاب*
tree | شجر*
theatre* theater* playhouse | مسرح*
question* interrogat* | استجواب* استجوب* سوال*
utility utilities | مرافق
architect* | معماري* مهندس*
score* won win netted | احرز* سجل*
independent* | مستقل*
faction* | فصيل* فصائل فصايل
bodies body corpse* remains | جثمان* جثامين جثث جثه
foreign | خارجيته* خارجيه
archipelago | ارخبيل*
seat* | مقعد* مقاعد
margin* | فارق* هامش
general | لواء لوا جنرال* عام*
brigadier | عميد
colonel | عقيد
captain | نقيب* قبطان* قايد*
incumbent* | شاغل*
study survey* | دراس* استطلاع*
pollster* poll* | استطلاع*
garrison | حامي*
communique | بيان
mediat* broker* | وسيط* وسطا* وساط*
department ministr* | وزار* دائر* داير*
funds fund* money | مال اموال تمويل
public | مال عام
improv* develop* upgrade* expand* expansion | تحسين* تطوير* طور* توسيع* توسع* تنمي*
"""

ROWS: tuple[frozenset[str], ...] = tuple(
    frozenset(word for side in line.split("|") for word in side.split())
    for line in _TABLE.strip().splitlines()
)
"""Each row's words, unfolded, ``*`` for any ending."""
