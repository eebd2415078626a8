"""Marks: what patterns find in a block, each with the reason why newspapers print it.

Patterns see folded text, so that one table serves both Chinese scripts.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Mark(NamedTuple):
    """A fact that a pattern finds in the text of a block."""

    name: str
    pattern: re.Pattern[str]
    reason: str
    longest: int = 10_000  #: not looked for in longer blocks


def _mark(name: str, pattern: str, reason: str, longest: int = 10_000) -> Mark:
    return Mark(name, re.compile(pattern), reason, longest)


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包"
    "宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农"
)
#: A name of two characters is set as wide as one of three: 王 强.
_GIVEN = r"(?:[\u4e00-\u9fff]{1,2}| [\u4e00-\u9fff](?![\u4e00-\u9fff]))"
_NAME = rf"(?:欧阳|上官|司徒|诸葛|司马|[{_SURNAMES}]){_GIVEN}"
#: Two characters set apart in brackets are a name, whatever the surname.
_WRITERS = (
    "读者|居民|市民|村民|社员|职工|工人|学生|教师|战士|干部|顾客|乘客|旅客|游客|家长|群众|用户|农民|网友"
    "|[厂店站所局社队校院司村乡镇]|学校|大学|学院|医院|公司|社区|街道|研究所"
)
#: A picture that the words speak of: 图为 at the start of a sentence (but not 蓝图为), 上图 where
#: a clause begins (but not 线上图书馆).
_THE_PICTURE = (
    r"(?:(?<![\u4e00-\u9fff])|(?<=[上下左右前后此本附]))图为"
    r"|(?<![\u4e00-\u9fff])[上下左右前后题]图(?![书像形案纸谋])"
)
_SET_APART = r"[\u4e00-\u9fff] [\u4e00-\u9fff]"
_AGENCY = (
    "新华社|中新社|新华网|人民网|中新网|央视网|央视新闻|法新社|路透社|美联社|塔斯社|俄新社|共同社|韩联社"
    "|中央社|参考消息|环球时报|人民日报|光明日报|本报|本刊|本台|[\u4e00-\u9fff]{2,4}(?:日报|晚报|商报|时报)"
)

#: What stands before 记者.
_RANK = "(?:特约|见习|实习|特派|首席|高级|资深|全媒体|融媒体|文字|摄影)"
_PAGE = r"(?:第?[A-D]?\d{1,2}版|[A-D]\d{1,2}|第?[一二三四五六七八九十]{1,3}版)"
_DIGIT = r"[〇○零元一二三四五六七八九十廿\d]"
#: What shops, theatres and doctors print in their advertisements.
_TRADE = (
    "开演|座价|日场|夜场|早场|午场|主演|门诊|出诊|专治|主治|诊所|经售|代售|零沽|大减价|惠顾|赐顾"
    "|驰名|定价|每瓶|每盒|每打|每磅|函购|分售处|各大药房|欢迎参观|欢迎选购|洽购|送货上门|厂价直销"
)
_KIN_WORD = (
    "夫|妻|[长次三四五幼义养]?(?:子|女|儿子?|媳妇?|女婿|婿|孙|孙女|孙子)|外孙女?|兄|弟|姐|妹|哥"
    "|侄女?|甥女?|父母?|母|岳父|岳母|爱人|丈夫|妻子"
)
_DAY_ALONE = rf"{_DIGIT}{{2,4}}年{_DIGIT}{{1,3}}月{_DIGIT}{{1,3}}日"
CONTENTS = re.compile(
    r"^(?:今日|本期|本报|新闻)?(?:导读|看点|要目|提要)(?:$|[ ：:])"
    r"|^(?!.*(?:星期|年.{1,3}月))(?:[●○■□◆◇★▲·]|[^。]{8})[^。]{2,50}(?:[ （(/>→▶]|[.…]{2,})"
    rf"{_PAGE}[）)]?(?:$| )"
    rf"|^[^。]{{4,60}}(?:详|请)?(?:见|刊){_PAGE}[）)]?(?:$| )"
)

ENGLISH_CONTENTS = re.compile(
    r"^(?:MORE )?INSIDE(?: TODAY)?(?:$|[ :])|^(?:More inside|Inside today|Index)(?:$|[ :])"
    r"|^(?!(?i:see|turn|cont))[A-Z][^.]{8,80}(?:\.{2,}|[|/]|,? [Pp]age) ?[A-F]?\d{1,2}$"
    r"|^[A-Z].{8,80}[.?!:…] ?[A-F]\d{1,2}$"
    r"|[a-z]\.? [A-F]\d{1,2} [A-Z].*[a-z]\.? [A-F]\d{1,2}$"
)
#: What a cell of a table holds beside words: a price, a rate, an hour, a result.
_FIGURE = r"[-+±▲▼$£]?\.?\d[\d,.:：/%％½¼¾⅛~～-]*"
_GAP = r"[ \u3000\t]+"
_AMOUNT = rf"{_FIGURE}(?:[^年月日号\d \u3000\t。，]{{1,2}}(?:{_FIGURE})?){{0,3}}"
#: A row of a table: what it is of, then figures (and a word) with space between.
TABLE_ROW = re.compile(
    rf"^(?=.*[\u3400-\u9fff])(?:\d{{1,3}}[.．、]?{_GAP})?[^\d\s。！？，,：:][^。！？，：:]{{0,15}}?{_GAP}"
    rf"(?:[^ \u3000\t。，：]{{1,8}}{_GAP})?{_AMOUNT}(?:{_GAP}[^ \u3000\t。，]{{1,10}}){{0,8}}$"
    r"|^(?:气温|最高气温|最低气温|相对湿度|风力|日出|日落)[：: ]?\d.{0,40}$"
    r"|^[^，。：:]{2,14}[：:] ?①.*[；;。]?.{0,8}$"
    rf"|^[A-Z][A-Za-z\d .,'’()&/-]{{1,40}}(?:[ .\t]+{_FIGURE}[a-z]{{0,2}})+"
    r"(?: ?(?:cents|c|a\. ?m|p\. ?m|am|pm|bu|lb|doz|per \w+)\.?)?$"
    r"|^[A-Z][A-Za-z .'’&-]{1,40} \d{1,3}[,;] [A-Z][A-Za-z .'’&-]{1,40} \d{1,3}\.?$"
)
#: - 7 -, · 7 ·, 第7页; a bare number may be anything.
PAGE_NUMBER = re.compile(
    r"^[-–—·•~～] ?\d{1,3} ?[-–—·•~～]$|^第 ?\d{1,3} ?页$|^[Pp]age \d{1,3}\.?$"
)
#: A line between the heading of a table and its rows: 单位：元.
UNITS = re.compile(
    r"^[（(]?(?:计量)?单位[：:][^，。]{1,20}$|^[（(][^（）()]*(?:日|元|单位|/)[^（）()]*[）)]$"
)

SECTION = re.compile(
    r"^(?:本埠|本市|本港|本省|本县|本地|外埠|港|国内|国际|各地|地方|社会|体育|经济|财经|文教"
    r"|教育|娱乐|两岸"
    r"|省港)(?:新闻|要闻|闻|消息)$|^(?:社论|短评|时评|来论|专论|告白|副刊|随笔|散文|书评|书介"
    r"|小小说|读者来信|来函照登)$"
    r"|^[\u4e00-\u9fff]{2,4}(?:信箱|问答|答疑|茶座)$|^你问我答$|^回音壁$"
    r"|^(?:—{1,2}|※)[\u4e00-\u9fff]{2,8}(?:—{1,2}|※)$"
)
ENGLISH_SECTION = re.compile(
    r"(?i)^(?:letters?(?: to the editor| from readers)?|correspondence|readers write"
    r"|(?:local|home|foreign|world|national|general|shipping|sporting|business|parish|district)"
    r" (?:news|intelligence|notes)"
    r"|(?:town|social|society|personal) (?:topics|notes|events|mention)|personals?|society"
    r"|news|sports?|business|editorial|opinion|leaders?|comment|features?)[.:]?$"
)
DEATHS = re.compile(
    r"(?i)^(?:obituaries|deaths|died|family (?:notices|announcements)|death notices|funerals"
    r"|funeral notices|bereavements)\.?$"
)
#: The first row of a box that names what stands below it.
NAMES_A_BOX = re.compile(
    r"(?:事求人|小[启啓]|[启啓]事|[简簡][讯訊]|短[讯訊]|[链鏈]接[>》]*|[数數][说說据據]"
    r"|[声聲]音|名片|[赛賽]后?後?[评評]分"
    r"|小[档檔]案|小[资資]料|名[词詞]解[释釋]|相[关關][链鏈]接|新[闻聞][链鏈]接"
    r"|背景[资資]料)[>》:：]*"
)

CHINESE_MARKS = (
    _mark(
        "dateline",
        rf"^[（(]?据?(?:{_AGENCY})[^。，！？]{{0,18}}?(?:电|讯|消息|报道|专访|特稿)(?:[（( ：:，]"
        rf"|[）)](?!$)|记者|[\u4e00-\u9fff])"
        rf"|^[【〔［\[](?:[^】〕］\]。，]{{0,24}}(?:讯|电|报导|报道)|(?:{_AGENCY}"
        rf"|记者)[^】〕］\]。，]{{0,24}})"
        rf"[】〕］\]](?!$)",
        "an agency and a place open the body of a report",
    ),
    _mark("reports", r"^(?:据|记者|日前|近日|昨|今天|今年|目前)", "words that open a report"),
    _mark(
        "attributes",
        r"^(?:有|另有|也有|还有|多家|一些|不少|部分|许多|多名|多位)?[^，。；！？]{0,6}"
        r"(?:分析|专家|学者|评论|媒体|舆论|人士|观察|网友|市民|代表)[^，。；！？]{0,6}"
        r"(?:指出|认为|表示|称|说|评论说|报道)",
        "a paragraph opens with whose view it reports",
    ),
    _mark(
        "dated",
        r"^[^。！？；]{0,32}?(?:\d日|当地时间|日前|近日|今天|昨天|昨日|明天|今日|明年|今年|去年"
        r"|月底|年底|本月|上周|本周|将于)",
        "a report says soon when it happened; an appeal to readers is for every day",
    ),
    _mark(
        "happened",
        r"^[^。！？；]{0,32}?(?:日前|昨天|昨日|当地时间|上周|上月|截至)",
        "a report says when it happened; appeals speak of today and tomorrow",
    ),
    _mark("date-start", r"^\d{1,2}月\d{1,2}日|^当地时间|^\d{1,2}日", "news begins with its day"),
    _mark(
        "byline",
        rf"^(?:文|图|撰文|采写|摄影|文字)(?:[/／、·]?[文图摄影])*(?:[/／:： ]|$)"
        rf"|^(?:(?:{_AGENCY}) ?)?(?:驻[\u4e00-\u9fff]{{2,6}})?{_RANK}?"
        rf"(?:记者|通讯员|撰稿|特约撰稿|评论员|编辑)[ :：][^，。]*$"
        rf"|^(?:{_AGENCY}) ?{_RANK}?(?:记者|通讯员|撰稿|评论员)"
        rf"|^(?:本[报台])?(?:综合|据)?(?:{_AGENCY}|外电)(?:[、，]?(?:{_AGENCY}"
        rf"|外电))*(?:综合)?(?:报道|消息|电|讯)?$"
        rf"|^(?:{_NAME} ?){{1,4}}(?:文/图|/文|文并摄|摄影报道|编译|整理)$"
        rf"|^(?:特派|特约)?记者 ?{_NAME}(?:[、 ]{_NAME})* ?[／/|｜] ?[^，。]{{0,6}}"
        r"(?:报导|报道|摄影|综合|特稿|采访)$"
        rf"|^[^，。：]{{0,14}}(?:{_WRITERS}) {_NAME}(?: 等.{{0,4}})?$"
        rf"|^[\u4e00-\u9fff]{{2,8}}[报社台网刊]{_RANK}?记者[ 　]"
        rf"|^本[版文](?:采写|撰文|撰稿|文字|摄影|图片|供图|统筹)[ :：/／]"
        rf"|^[·•] ?[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){{1,3}} ?[·•]$|^[●○□■◎/／] ?{_NAME}$"
        r"|^[□◎/／] ?[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){1,2}$",
        "who wrote it stands in a line of its own; a reader signs with where he lives or works",
        40,
    ),
    _mark(
        "salutation",
        r"^(?:(?:主编|总编|编辑|编者|记者(?=同志))(?:部|们)?(?:同志|先生|女士)?(?:们)?|[^，。：？]{1,8}(?:同志|先生"
        r"|女士|小姐|台鉴|钧鉴|大鉴)(?:们)?(?=[:：]$))[:：]",
        "a letter opens with whom it is addressed to",
    ),
    _mark(
        "interview",
        r"^(?:问|答|记者|主持人|[甲乙丙丁QA])[:：]",
        "a conversation is printed with who speaks before each part",
    ),
    _mark(
        "timetable",
        r"^(?:[01]?\d|2[0-4])(?:[:：][0-5]\d(?![\d.])|[.．时][0-5]\d分? )",
        "programmes and timetables are lines that begin with an hour",
    ),
    _mark(
        "names-only",
        rf"^(?!谢[启谢]){_NAME}(?:[ 、]{_NAME}){{0,3}}$",
        "a line of nothing but names: writer or signer",
        20,
    ),
    _mark(
        "credit",
        rf"^[（(](?:.*(?:记者|据|{_AGENCY}|图片|综合|提供|供稿|供图|编译|来源|作者|通讯员"
        rf"|通讯组|原载|摘自).*"
        rf"|[^，。（）()]{{2,10}}[组办局站所处科部社队]|[^，。（）()]{{0,10}}(?:{_WRITERS}) {_NAME}"
        rf"|{_NAME}(?:[ 、]{_NAME}){{0,3}}|{_SET_APART})[）)]$",
        "a bracket of its own at the end says where a report comes from",
        40,
    ),
    _mark(
        "ends-credit",
        rf"[。”]　? ?(?:本报)?记者[ :：]?{_NAME}$|[（(](?:[^（）()]*(?:记者|据|{_AGENCY}|图片"
        rf"|综合|提供|供稿|编译)[^（）()]*"
        rf"|{_NAME}(?:[ 、]{_NAME}){{0,3}}|{_SET_APART})[）)]$",
        "the bracket with the source ends a report",
    ),
    _mark(
        "photo",
        rf"{_THE_PICTURE}"
        r"|[^，。]摄[）)]?$|[。）)] ?(?:路透社?|法新社?|美联社?|新华社?|中新社|中通社"
        r"|(?:资料|网上|网络|互联网)图片)[）)]?$|摄影报道|^(?:图片|摄影)(?:新闻|报道)$|图片说明"
        r"|(?:照片|资料图"
        r"|供图|社发|图片)[）)]?$"
        r"|^[▲▼◀▶]",
        "words under a picture",
    ),
    _mark("picture-start", r"^(?:\d[、.])?图为|^[▲▼◀▶]|^图[:：]", "a caption's first word"),
    _mark(
        "photographer",
        rf"(?:{_NAME}|记者.{{2,12}}) ?摄[）)]?$",
        "a photographer signs a caption",
    ),
    _mark(
        "pointing",
        r"[（(](?:[左右中前后上下]|左[一二三]|右[一二三]|[左右]起|中间|资料)[^）)]{0,4}[）)]",
        "a caption points at people in the picture",
    ),
    _mark(
        "death-heading",
        r"^(?:讣告|讣闻|讣文|讣|哀启|哀告|泣告|告别|追思|悼念|悼文|哀悼|泣谢|敬告亲友|谢唁|祭文)$"
        r"|^沉痛(?:悼念|哀悼)|^(?:讣告|讣闻)|(?:讣告|讣闻|治丧委员会公告|告别仪式公告)$"
        r"|^[^，：？]{2,30}(?:逝世|病逝|去世|辞世|圆寂|归真|安息主怀|主怀安息|息劳归主"
        r"|蒙主[恩宠]召)$|^.{2,40}同志(?:在.{2,6})?(?:逝世|病逝|去世)$",
        "the heading of a death notice, or of an agency's report of a death",
        48,
    ),
    _mark(
        "death-words",
        r"享年|享寿|终年|积闰|寿终|仙逝|辞世|离世|与世长辞|病逝|溘逝|驾鹤|安详|痛于|泣告"
        r"|安息主怀|主怀安息|息劳归主|蒙主[恩宠]召|回归天家|荣归天家|归真|圆寂|哀告|特此讣告"
        r"|不幸(?:去世|逝世|身故)|逝世",
        "how a death is told",
    ),
    _mark(
        "kin-start",
        r"^(?:先|家|显|慈|吾|我|亡|爱|敬爱的)(?:父|母|夫|妻|兄|弟|姐|妹|严|慈|考|妣|祖父"
        r"|祖母|儿|女|子|师|嫂)"
        r"|^(?:中国共产党党员|中共党员|原.{2,24}同志|旅.{1,3}侨)",
        "a family notice names the relation first",
    ),
    _mark(
        "family-notice",
        r"^(?:[姻世寅戚友谊乡学宗亲族] ?){3,}(?:哀|$)|^(?:先|显|家|亡|我们?敬爱的|爱|慈)(?:严"
        r"|慈|父|母|考|妣|夫|室|妻|祖|岳)[^。]{0,40}"
        r"(?:恸于|痛于|寿终|享寿|弃养|仙逝|距生于)"
        r"|^(?:先|显|家|亡|我们?敬爱的|爱|慈)(?:严|慈|父|母|考|妣|夫|妻|祖[父母]|岳[父母])"
        r"(?=[^。]{0,40}(?:辞世|逝世|去世|病逝|离世|安息))"
        r"(?=.*(?:享年|终年|殡仪馆|告别|追思|出殡|敬告|哀告|讣))",
        "a family announces a death in set words, which no report uses",
    ),
    _mark(
        "thanks",
        r"^(?:先|显|家|亡)(?:严|慈|父|母|考|妣|夫|室|妻|祖|岳)[^。]{0,40}之丧|(?:叩谢|踵谢|泣谢"
        r"|拜谢)$",
        "a family thanks those who came to the funeral",
    ),
    _mark(
        "funeral",
        r"殡仪馆|灵堂|设灵|告别(?:仪式|会)|追悼|追思会|吊唁|出殡|大殓|火化|奉柩|安葬|启灵"
        r"|海葬|遗体(?=告别|捐|已|于|将|定|火化|送)|骨灰|帛金"
        r"|丧事|(?<!献)花圈|遗愿|遗言|入殓|(?<!国家)公祭|家祭|辞灵|举殡|礼成|墓园|公墓|送别时间|致祭"
        r"|一路走好|安息",
        "the service that a death notice announces",
    ),
    _mark(
        "kin-signature",
        rf"^(?:孝|未亡人|杖期|护丧|孤哀?[子女]|哀[子女]|家属|亲属|遗属|治丧).{{0,60}}$"
        rf"|^(?:{_KIN_WORD})+(?:[ ：:、，]|{_NAME}(?:[ 、，]|$)|$|[等率暨泣叩敬谨携偕及同])"
        r".{0,60}$"
        r"|^(?:众|率|暨)(?:亲|子|孙|儿|家|友|弟|兄|侄).{0,60}$|(?:泣告|泣启|泣血|叩谢|敬告|同叩|谨启|敬启|稽首|顿首|哀启|泣叩|同启"
        r"|率家属|家属|亲属)$",
        "kin sign a death notice",
        80,
    ),
    _mark(
        "kin-names",
        r"^(?:不?孝|孤哀?|哀|外|长|次|三|四|五|幼|承重)?(?:子|男|女|媳|妇|婿|孙|孙女|曾孙"
        r"|未亡人|杖期[夫生]|护丧[夫妻]|夫|妻)"
        r"[ ：:] ?[\u4e00-\u9fff]{1,3}(?:[ 、][\u4e00-\u9fff]{1,3})*$",
        "kin by their relation and names: they sign a death notice and begin nothing",
        80,
    ),
    _mark(
        "office-signature",
        r"^[^，。；]*(?:(?<![格布大定结])局|(?<![相共好正深四到之难去])处|(?<![东西南北中全内干局])部|(?<!为)中心"
        r"|委员会|公司|办公室|大队|支队|厅|院|学校|中学|集团|银行|社|商店"
        r"|小组|馆|所|政府|协会"
        r"|学会|同乡会|商会|站|队|(?<!签)署|编辑部|单位|治丧办|街道办|管委会|宾馆|酒店|人民医院"
        r"|(?:声明|招领|招租|发布|管理|清算|拍卖|申请|委托|采购|招标|征收|出租|转让|携家)人)"
        rf"(?: {_DAY_ALONE})?$"
        r"|谨启|敬启|^启$| 启$|负责人[:：]|^一位|^(?:二[〇○零]|20)\S{2,6}年\S{1,3}月\S{1,3}日$",
        "the office or person that a notice comes from",
        30,
    ),
    _mark(
        "contact",
        r"^(?:联系人|联系电话|咨询电话|联系方式|电话|地址|邮箱|传真|微信|网址|报名|监督电话"
        r"|热线)[:： ]",
        "where to ask, the last line of a notice",
        80,
    ),
    _mark(
        "pure-notice",
        r"^(?!.*(?:发布|发表|发出|刊登|刊发|公布|联合|宣读|解读|[？！，：])).*"
        r"(?:公告|启事|通告|公示|告示|布告|招领|遗失声明|作废声明|更正声明|道歉声明|停[水电气]通知)$",
        "what ends with the name of a kind of notice is its heading, unless somebody issues one",
        32,
    ),
    _mark(
        "notice-heading",
        r"(?:公告|公示(?:送达|催告)?|启事|启示|声明|通知|通告|告示|布告|预告|招标|招租|招聘|拍卖|转让"
        r"|出租|求租|谢启|鸣谢|更正"
        r"|致歉|(?:友情|温馨|特别|出行|安全)提[醒示]|天气|(?:天气|气象)(?:预报|展望|公报|消息)"
        r"|寻人|寻物|招领|征稿|征订|征集|征文"
        r"|招募|来稿选登|广告|悬赏|遗失"
        r"|挂失|须知|通报|简章|^(?:敬告|致|敬致)[^，]{0,4}(?:读者|用户|客户"
        r"|顾客)|^(?:(?:高薪)?(?:诚聘|急聘|诚征)|招工|征婚|征友|征求|代邮|小启|事求人|人求事|换房|求购|寻亲|牌价|行情|影讯|戏讯"
        r"|会讯)"
        r"|^(?:今[日晚天]|本周|明日)?(?:电视|广播|影剧|电影|戏剧)(?:台?节目|预告|预报)?(?:单|表"
        r"|预告)?)"
        r"(?:[（(].*[）)])?$",
        "the heading of a notice names its kind",
        32,
    ),
    _mark(
        "notice-opening",
        r"^(?:启事|声明|通知|公告|寻人|寻物|招领|致歉|敬告读者"
        r"|(?:遗失|挂失|注销|道歉|更正)(?:声明|启事|公告)?)[：:]"
        r"|^[^。：！？]{2,60}(?:遗失|丢失)[^！？]{2,160}(?:声明)?作废[。]?$"
        r"|^(?:更正|声明|通告|寻人|寻物|招领|遗失|挂失|鸣谢|谢启|征求|征婚|招聘|招租|招生|出租"
        r"|求租|出售"
        r"|求购|求职|转让|出让|换房|廉让|聘请|天气预报|今[日明]天气|明日天气|[春夏秋冬]季大减价"
        r"|大减价|大拍卖)(?:启事|声明)? [^ ]{4}"
        r"|^(?:求购|急租|急售|诚聘|诚征|招租|出租|求租|转让)[^。]{4,}(?:电话|手机|联系|面议|面洽)",
        "the kind of a notice may open its sentence",
    ),
    _mark(
        "notice-words",
        r"特此(?:公告|声明|通知|告知|更正)|声明作废|遗失|竞价|招租|拍卖|逾期|认领|招领|报名"
        r"|敬请|谨此|注销|清算"
        r"|债权|停(?:水|电|气)|自(?:即|公告|见报|登报)|营业执照|身份证|保证金|仲裁|申请人"
        r"|稿酬|来稿|开张|旧址"
        r"|面议|有意者|联系人|统一社会信用代码|旁听|征求意见|失主|走失|提供线索|必有重谢"
        r"|致以.*谢意|联系电话",
        "what notices say",
    ),
    _mark(
        "weather",
        r"气温|[东南西北]风|冷空气|暖湿气流|气象台|霜冻|阴雨|[小中大暴]雨|阵雨|多云|℃"
        r"|相对湿度|能见度|转晴|轻雾",
        "a forecast",
    ),
    _mark(
        "page-header",
        r"^(?:大清|中华民国|民国)?(?:光绪|宣统|民国|昭和|康德)[元〇零一二三四五六七八九十廿]{1,4}年"
        r"|^[^。]{0,40} 第[一二三四五六七八九十]{1,3}[张版]$"
        r"|\d{4}(?:年|[.·/-])\d{1,2}(?:月|[.·/-])\d{1,2}日? ?.{0,4}星期|星期.{1,3}\d{4}[年.·/-]"
        r"|[〇○零一二三四五六七八九十]{2,4}年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}日"
        r" ?.{0,4}星期"
        r"|(?<![转接见在从自])第[一二三四五六七八九十]{1,3}版(?:$| )"
        r"|^(?:第? ?[A-Z]?\d{1,3} ?版|[A-Z]\d{1,2})(?:[ ·|]|$)"
        r"|第 ?[A-Z]?\d{1,3} ?版|^[A-Z]?\d{1,2}·|^\S{2,4}·[A-Z]?\d{1,2}$|^\S{2,4} [A-Z]\d{1,2}\b",
        "date, weekday and page number head every page",
        90,
    ),
    Mark("section-heading", SECTION, "the name of a section stands above its pieces", 8),
    Mark("page-number", PAGE_NUMBER, "the page's number, between dashes or dots", 9),
    _mark(
        "kin-and-friends",
        r"^(?:[姻世寅戚友谊乡学宗亲族年][ 、，]?){3,}.{0,4}(?:讣|哀|谨此|敬此|鉴)",
        "those whom a family tells of a death, set on a row of their own",
        24,
    ),
    Mark("table-row", TABLE_ROW, "a row of a table: of what, and its figures", 60),
    Mark("units", UNITS, "what the figures of a table are counted in", 24),
    _mark(
        "advertises",
        rf"^(?!.*[。！？].)(?=(?:\S+ ){{2}})(?:.{{0,100}}?(?:{_TRADE})){{2}}",
        "an advertisement says where, when and for how much, without sentences",
        160,
    ),
    _mark(
        "ends-signed",
        r"[。，废][^。，：]{2,16}(?:启|谨白|谨告|谨识)。?$",
        "a small notice is signed at the end of its last sentence",
    ),
    Mark(
        "contents",
        CONTENTS,
        "what stands on other pages, each with its page's number",
        200,
    ),
    _mark(
        "editors",
        r"(?:责编|责任编辑|美编|图编|组版|排版|校对|制图|版[式面](?:设计|编辑)?|主编|编辑"
        r"|本版编辑|值班)[/／:： ]",
        "who made the page, in its header or at its foot",
        90,
    ),
    _mark(
        "imprint",
        r"^(?!.*。).*(?:国内统一(?:连续出版物)?刊?号|邮发代号)|^(?:社|馆|报社|本[报刊馆]社?)(?:址|地址)[:：]"
        r"|^本[报馆]开设在"
        r"|^(?:请)?扫一扫|^(?:请)?扫(?:描|码|上方|下方|右侧|左侧).{0,12}(?:码|公众号|视频|报道"
        r"|客户端)",
        "who prints the paper and where, at the foot or head of a page",
        120,
    ),
    _mark(
        "contact-line",
        r"(?:热线|邮箱|社址|本[报刊]地址|邮编|零售|发行|订阅|投稿|电子版|客户端|印刷)[^，。]{0,4}[:：]"
        r"|(?:热线|电话|邮编|邮箱|信箱) ?[\dA-Za-z]|(?:零售|订阅) ?(?:每|价)|国内统一.{0,6}刊号"
        r"|https?:|www\.|@\w"
        r"|\d{3,4}-\d{7,8}",
        "the paper's own address and telephone at the foot of a page",
        90,
    ),
    _mark(
        "appeal",
        r"(?:保护|爱护|珍惜|节约|文明|健康|诚信|守法|安全|环境|环保|绿色|勤俭|友善|和谐"
        r"|禁毒|反诈|防火|光盘|低碳"
        r"|孝|敬老|家风|礼让|谦让|学雷锋|志愿|移风易俗|彩礼|廉|书香|读书|勿|莫|不要|请|别"
        r"|从我做起|人人|一滴水"
        r"|垃圾|劳动|幸福|奋斗|榜样|人才|初心|梦想|创造|共建|共享|携手|同心)",
        "what public-interest lines speak of",
        40,
    ),
    _mark(
        "homely",
        r"平安|回家|归途|亲情|生命|温暖|暖|爱心|善|美德|疫苗|献血|头盔|浪费|粮食|节水|用电|传承"
        r"|古树"
        r"|文物|家园|明天|诚|谦让|礼貌|体面|小事|一小步|举手|共筑|点滴|一盏灯|邻里|陪|孩子|老人|心"
        r"|春风|微笑|路上|清新|习惯|争吵|一生|人生",
        "and of home, life and manners",
        40,
    ),
    _mark(
        "to-readers", r"你|您|咱|我们|自己|人人|大家|每一", "an appeal speaks to its readers", 40
    ),
    _mark(
        "motto",
        r"^[^，。；：]{2,8}(?:是|就是)[^，。；：]{2,12}[。！]?$",
        "a motto says what a thing is",
        24,
    ),
    _mark(
        "title-verb",
        r"(?:举行|召开|开幕|闭幕|发布|会见|出席|启动|印发|强调|致信|宣布|称|将|获|增长|突破|亮相"
        r"|落幕|上市|出版|开通|竣工|投产|完成|公布|签署|抵达|访问|揭晓|夺冠|击败|推进|实现"
        r"|成立|超|增|降|升)",
        "a headline tells what was done",
        60,
    ),
    _mark(
        "attended",
        r"(?:参加|出席|陪同|列席)(?:了|上述|会见|活动|会议|会谈|座谈|有关)*。$",
        "who was there: the last paragraph of an official report",
        60,
    ),
    _mark(
        "signed-off",
        r"^.{2,}(?:谨启|敬启|谨白|同启|泣启|泣叩|叩谢|同叩|顿首|拜启|谨告|泣告|稽首|稽颡| 启)$",
        "words that close a letter or notice after the name",
        40,
    ),
    _mark(
        "box-heading",
        r"^(?:小(?:档案|资料|百科|知识|贴士|常识|词典)|资料(?:库|卡|链接)?|背景(?:资料|链接"
        r"|新闻|知识)?"
        r"|(?:新闻|相关|延伸|背景|知识|政策|资料)?(?:链接|阅读|背景|报道|新闻|资料)|名词解释"
        r"|知多(?:点|D|一点)"
        r"|数[说读据]|声音|名片|释疑|答疑|观点|评分|赛后评分"
        r"|赛后(?:声音|评分|数据|连线|发布会)"
        r"|[^，。]{0,8}(?:小档案|小资料|简介|档案|年表|大事记|一览))[>》:：]*$",
        "a box beside a report is named for what it adds",
        14,
    ),
    _mark(
        "jump-line",
        r"^[（(]?(?:上接|下转|下接|转自"
        r"|接自)第?[A-D\d一二三四五六七八九十·]{1,6}版?[^。，]{0,12}[）)]?$",
        "an article goes on another page, or comes from one",
        24,
    ),
    _mark(
        "continued-from",
        r"^[（(](?:上接|转自|接自)第?[A-D\d一二三四五六七八九十]{1,4}版[^）)]{0,12}[）)]",
        "an article that began on another page says where",
    ),
    _mark(
        "old-item",
        r"^[●○◎⊙▲△■□◆◇★☆※][^ ，。]{2,16} [^ ，。](?!.*[，。\dA-Za-z])",
        "before modern punctuation a report opened with a sign, its heading and a space",
    ),
    _mark("question", r"[？?]”?$|如何|怎样|为何|哪些|何以|什么|多少|谁", "subheads ask", 30),
    _mark(
        "bulletin",
        r"快讯|简讯|短讯|短波|联播|要闻|集锦|荟萃|拾零|花絮|简报|汇志|汇闻|琐闻|点滴|一束|一览"
        r"|一句话|新闻速递|动态$",
        "the headline of a series of short items, each under a heading of its own",
        24,
    ),
    _mark("colon-inside", r".[：:].", "speaker and saying: a headline"),
    _mark("leading-dash", r"^[—–-]{1,2}", "a subtitle begins with a dash", 60),
    _mark("leading-bracket", r"^【|^〖|^\[", "a series' name in brackets opens a headline", 80),
    _mark("number-in", r"\d", "figures"),
    _mark(
        "list-start",
        r"^(?:第?[一二三四五六七八九十]+[、是，曰]|\d{1,2}[.、．]"
        r"|[（(][一二三四五六七八九十\d]+[）)]|[●○■□◆◇★☆△▽※])",
        "an item of a list",
    ),
    _mark("quote-start", r"^[“「‘『]", "begins by quoting"),
    _mark(
        "connects",
        r"^(?:此外|另外|同时|但|然而|因此|其中|对此|此前|随后|另据|不过|他|她|它|这|该|而"
        r"|并|也|还|又|与此同时)",
        "words that lean on what was said before",
    ),
)

#: What shops and makers of medicines print in their advertisements.
_ENGLISH_TRADE = (
    r"(?:all|leading) (?:druggists|grocers|dealers)|a bottle|per bottle|sold everywhere"
    r"|(?:cents|dollars?) (?:a|per) \w+|trial (?:bottle|package|size)"
    r"|send for (?:our |free )?(?:booklet|catalogue|catalog|sample|circular)|mail orders"
    r"|satisfaction guaranteed|money (?:refunded|back)|seats on sale|popular prices|lowest prices"
    r"|free delivery|call and see|our (?:store|stock|line of|prices)|bargains|open evenings"
)

ENGLISH_MARKS = (
    _mark(
        "dateline",
        r"^(?=.*[a-z])[A-Z][A-Z .,'-]{2,30}(?:,? \w+\.? ?\d{0,2},?)?(?: \([A-Z]\w*\))?"
        r" ?[—–-]{1,2} ?\S"
        r"|^By our own correspondent",
        "place and agency open a report",
    ),
    _mark(
        "dated",
        r"^[^.!?]{0,160}?\b(?:yesterday|today|tomorrow|(?:last|next|this) (?:week|month|year|night)"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on \d{1,2} [A-Z]|(?:19|20)\d\d)\b",
        "a report says soon when it happened; an appeal to readers is for every day",
    ),
    _mark(
        "happened",
        r"^[^.!?]{0,160}?\b(?:yesterday"
        r"|last (?:week|month|night|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b",
        "a report says when it happened; appeals speak of today and tomorrow",
    ),
    _mark(
        "byline",
        r"^[(\[]?(?:Special|SPECIAL|By [Tt]elegraph|BY TELEGRAPH|By (?:[Aa]tlantic )?[Cc]able"
        r"|BY CABLE|(?:By )?Associated Press)"
        r"(?: ?(?:[Dd]ispatch(?:es)?|DISPATCH|[Cc]orrespondence|[Cc]able))?"
        r"(?: (?:to|TO|of|OF|from|FROM) (?:[A-Za-z.'’-]+ ?){1,6})?[.\])]*$"
        r"|^B[Yy] (?:[A-Z][\w.'-]+|our|a staff)|^(?:Words|Pictures?|Photos?|Photographs?|Story"
        r"|Report)"
        r"(?: by)? [A-Z]|\| ?(?:Associated Press|Reuters|AP|AFP|PA)|^(?:Reuters|AP|AFP|PA"
        r"|Associated Press"
        r"|Press Association|Agence France-Presse|Bloomberg|UPI|Agencies)\.?$|^From (?:our|the) "
        r"|(?:Correspondent|(?<!the )(?<!The )Editor|Reporter|Staff [Ww]riter)\.?$"
        r"|^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3},? (?:[A-Za-z]+ ){0,2}"
        r"(?:correspondent|reporter|editor|writer)$",
        "who wrote it",
        16,
    ),
    _mark(
        "salutation",
        r"^(?:Dear )?(?:Sirs?|Madam|Mr\.? Editor|Editor|To the Editor)(?:[,:.]| ?[—–-])",
        "a letter opens with whom it is addressed to",
    ),
    _mark(
        "interview",
        r"^(?:Q|A|Question|Answer|Interviewer)[.:] ",
        "a conversation is printed with who speaks before each part",
    ),
    _mark(
        "jump-line",
        r"(?i)^[(\[]?(?:continued|cont(?:'|in)?d\.?|turn|see|from) (?:on |to |from "
        r"|at )?page \w{1,4}"
        r"(?:, col\w*\.? \w+)?[)\].]?$"
        r"|^(?:(?:Please )?(?:See|see|SEE|Turn to|TURN TO) )?[A-Z][A-Z' -]+,? (?:(?i:from|on"
        r"|back of) )?"
        r"(?:(?i:page) \w{1,3}|[A-D]\d{1,2})$",
        "an article goes on another page, or comes from one",
        7,
    ),
    _mark("credit", r"^[(\[—–].{2,60}[)\]]?$", "a source in brackets of its own", 8),
    _mark(
        "ends-credit",
        r"[—–-] ?(?:Reuters|AP|AFP|PA)\.?$|\((?:Reuters|AP|AFP|PA)\)$",
        "an agency's name ends a report",
    ),
    _mark(
        "photo",
        r"(?i)\b(?:photo(?:graph)?|picture|image)s?(?: by)?\b ?[:/]"
        r"|(?<!, )\bpictured\b(?!,)|^above\b|\bgetty\b"
        r"|\((?:left|right|centre|center)\)",
        "words under a picture",
    ),
    _mark(
        "photographer",
        r"^[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,2} ?/ ?[A-Z][A-Z ]+$|(?:(?i:photo(?:graph)?s?"
        r"|pictures?)(?: by|:| by:|/)|(?i:photo(?:graph)?) courtesy of) ?"
        r"[A-Z][\w.'’-]+(?: [A-Z/][\w.'’/-]+){0,4}$",
        "a photographer signs a caption",
    ),
    _mark(
        "death-heading",
        r"(?i)^(?:death notices?|deaths?|died|obituary|obituaries|in memoriam|in loving memory"
        r"|funerals?|funeral notices?|bereavements?|acknowledg\w+)\.?$"
        r"|(?-i:^[A-Z][A-Z'-]{2,}, [A-Z][a-z]+)",
        "the heading of a death notice",
        6,
    ),
    _mark(
        "death-words",
        r"(?i)passed away|\bdied\b|\baged \d|\bsurvived by\b|leaves a (?:wife|husband)|beloved"
        r"|in (?:her|his) sleep|peacefully|after a (?:short|long) illness|widow of|late of\b",
        "how a death is told",
    ),
    _mark(
        "funeral",
        r"(?i)\bfuneral\b|\bmass will\b|crematori|cemetery|interment|(?<!mass )burial"
        r"|\bservice of\b|\bwake (?:at|on|in|will|from)\b"
        r"|memorial service|no flowers|flowers|donations|mourn|requiem|committal|churchyard",
        "the service that a death notice announces",
    ),
    _mark(
        "kin-signature",
        r"(?i)^(?:the |his |her |their )(?:family|husband|wife|children|widow|sons?|daughters?)"
        r"|^[A-Z][a-z]+(?:, [A-Z][a-z]+)*,? and (?:[A-Z][a-z]+|the (?:children|family))$",
        "kin sign a death notice",
        12,
    ),
    _mark(
        "office-signature",
        r"(?:Engineer|Planning|Clerk|Secretary|Manager|Council|Director|Chairman|Trustees?"
        r"|Solicitors?|Office|Board|Committee|Company|Ltd\.?|Treasurer|Mayor|Registrar"
        r"|Surveyor|Agent)\.?$"
        r"|^[A-Z]\. [A-Z][a-z]+",
        "the office or person that a notice comes from",
        9,
    ),
    _mark(
        "contact",
        r"(?i)^(?:tel|telephone|apply|enquiries|contact|email|phone|box)\b",
        "where to ask",
        14,
    ),
    _mark(
        "notice-heading",
        r"(?i)\b(?:notices?|tenders?|planning application|road closure|act,? (?:18|19|20)\d\d"
        r"|weather(?: forecast)?|forecast|annual general meeting|tides?|tide table"
        r"|vacancies|sale by auction|licen[cs]e)\b"
        r"|^(?:to let|for sale)\b|\b(?:to let|for sale)\.?$"
        r"|^(?:lost|found|lost (?:and|&) found|wanted|help wanted|auctions?|applications?|closure"
        r"|appeal|reward|situations?(?: (?:vacant|wanted))?|births?|marriages?|engagements?|lottery"
        r"|corrections?|clarifications?|apology|announcements?"
        r"|public (?:meeting|hearing|auction))\b\W*(?:$|[.,:—–-])"
        r"|\b(?:meeting|auction|application)\.?$",
        "the heading of a notice names its kind",
        6,
    ),
    _mark(
        "notice-opening",
        r"^(?:WANTED|FOR SALE|TO LET|TO RENT|FOR RENT|LOST|FOUND|STRAYED|STOLEN|BOARD"
        r"|APARTMENTS|ROOMS|SITUATIONS?|SERVANTS?|COOK|HOUSEMAID|AGENTS|PARTNER|MONEY|FREE"
        r"|GARAGE SALE)\b"
        r"[^a-z]{0,24}[.,:—–-]{1,2} ?\S"
        r"|^(?:C(?:orrection|ORRECTION)|A(?:pology|POLOGY)|W(?:eather|EATHER)|F(?:orecast|ORECAST)"
        r"|N(?:otice|OTICE)|C(?:larification|LARIFICATION))(?:[:.]| ?[—–]| --?) ?\S",
        "a small advertisement begins with its kind in capitals, a correction with its name",
    ),
    _mark(
        "notice-words",
        r"(?i)\bhereby\b|take notice|\bapply to\b|\bwrite to\b|box \d+|application has been"
        r"|will be (?:shut|closed|held|sold)|references|premises|creditors|tenders?\b"
        r"|by order|answering to"
        r"|partnership|lock-keeper|in writing|to be (?:let|sold)|reward|comments must|deposit",
        "what notices say",
    ),
    _mark(
        "weather",
        r"(?i)sunny spells|showers|\bwind\b.*\b(?:light|moderate|fresh)\b|°|highs? of"
        r"|backing|veering"
        r"|dry at first|outlook",
        "a forecast",
    ),
    _mark(
        "page-header",
        r"(?i)\bpage \d+|(?-i:^[A-Z]?\d{1,2} (?:\| )?[A-Z]{4,})|(?:mon|tues?|wed(?:nes)?"
        r"|thu(?:rs)?|fri|sat(?:ur)?"
        r"|sun)(?:day)?,? \d{0,2} ?[A-Z][a-z]+ \d{0,2},? ?\d{4}",
        "date and page number head every page",
        14,
    ),
    _mark("editors", r"(?i)^(?:edited|designed|sub-edited) by|\beditor:", "who made the page", 14),
    _mark(
        "contact-line",
        r"(?i)\S@\S+\.\S|https?:|www\.|printed (?:and|&) published|registered (?:as|at)|newsdesk"
        r"|\b\d{5} \d{6}\b|subscriptions?\b|circulation",
        "the paper's own address",
        30,
    ),
    _mark(
        "appeal",
        r"(?i)^(?:mend|switch|check|wear|talk|leave|clean|keep|cross|use|save|buy|think"
        r"|stop|don't|do not"
        r"|never|always|be|give|help|drive|wash|recycle|vote|read|look|turn|stay|walk|eat"
        r"|drink|plant|protect"
        r"|share|support|remember|please|take|let|slow|lock|report|learn|join|say|get|put"
        r"|make|know|one|every|no)\b"
        r"|\byour?\b|\btoday\.?$",
        "public-interest lines tell you what to do",
        14,
    ),
    _mark(
        "title-verb",
        r"(?i)\b(?:to|after|as|says?|said|over|for|with|amid|against|wins?|dies?|killed|hits?|back"
        r"|calls?|set|warns?|plans?|could|will|may|must|is|are|rises?|falls?)\b",
        "a headline tells what was done",
        25,
    ),
    _mark("question", r"\?[\"'”’]?$", "a headline asks", 20),
    _mark(
        "bulletin",
        r"(?i)in brief|briefs|round-?up|news summary|at a glance"
        r"|(?:personals?|personal mention|society notes|town topics|comings and goings)\.?$"
        r"|(?:intelligence|brevities|jottings|gleanings|items|news notes|paragraphs)\.?$",
        "the headline of a series of short items, each under a heading of its own",
        8,
    ),
    _mark("colon-inside", r"\w: \w", "speaker and saying: a headline", 30),
    _mark("leading-dash", r"^[—–-]{1,2}", "a subtitle begins with a dash", 20),
    _mark(
        "leading-capitals",
        r"^(?=.*[a-z])[A-Z][A-Z' ,.&-]{4,}[.—–-]+ ?[A-Z]",
        "a heading runs into its paragraph",
    ),
    _mark(
        "title-case",
        r"^(?:[A-Z0-9\"'“‘][^\s,:]*(?:[\s,:]+|$)(?:(?:of|the|and|to|in|on|for|a|an|at|by"
        r"|with|from)\s+)*)"
        r"{3,}$",
        "a headline capitalises its words",
        20,
    ),
    _mark("number-in", r"\d", "figures"),
    _mark("quote-start", r"^[\"“'‘]", "begins by quoting"),
    _mark(
        "connects",
        r"^(?:But|And|He|She|They|It|This|That|These|However|Meanwhile|Also|In addition"
        r"|The two|Still)\b",
        "words that lean on what was said before",
    ),
    Mark(
        "contents",
        ENGLISH_CONTENTS,
        "what stands on other pages, each with its page's number",
        40,
    ),
    _mark(
        "imprint",
        r"(?i)^printed (?:and|&) published|^(?:\(c\)|©|copyright) ?(?:19|20)\d\d"
        r"|second[ -]class postage"
        r"|registered at the (?:g\.? ?p\.? ?o|general post office)",
        "who prints the paper, at the foot of a page",
    ),
    _mark(
        "death-entry",
        r"^[A-Z][A-Z'’-]{2,}(?: \([^)]{3,20}\))?[,.]?(?: ?[.—–-]+ ?| )(?!\w+day\b)[A-Z][a-z]"
        r"(?=.*(?i:\baged\b|beloved|peacefully|suddenly|passed away|fell asleep|funeral|interment"
        r"|flowers))",
        "in the column of deaths each begins with the surname",
    ),
    Mark("deaths", DEATHS, "the name of the section of death notices", 3),
    Mark("page-number", PAGE_NUMBER, "the page's number, between dashes or dots", 3),
    Mark("table-row", TABLE_ROW, "a row of a table: of what, and its figures", 16),
    _mark(
        "advertises",
        rf"(?i)^(?:.{{0,400}}?\b(?:{_ENGLISH_TRADE})\b){{2}}",
        "an advertisement praises what it sells, and says where and for how much",
        120,
    ),
    Mark("section-heading", ENGLISH_SECTION, "the name of a section stands above its pieces", 4),
    _mark("midword", r"^[a-z]", "a small letter begins no sentence"),
)
