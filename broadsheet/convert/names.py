"""Chinese names as newspapers print them: surnames, titles after them, words of kinship."""

from __future__ import annotations

import re

#: The surnames of the 百家姓 that are in use, with the frequent ones it lacks; both scripts.
_SURNAMES = frozenset(
    "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜"
    "戚谢謝邹鄒喻柏水窦竇章云雲苏蘇潘葛奚范範彭郎鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳鲍鮑史唐费費廉岑薛"
    "雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐樂于於时時傅皮卞齐齊康伍余卜顾顧孟平黄黃和穆萧蕭肖尹姚邵湛汪"
    "祁毛禹狄米贝貝明臧计計伏成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季麻强強贾賈路娄婁危江"
    "童颜顏郭梅盛林刁钟鍾徐邱骆駱高夏蔡田樊胡凌霍虞万萬支柯昝管卢盧莫经經房裘缪繆干解应應宗丁宣邓鄧郁"
    "单單杭洪包诸諸左石崔吉钮鈕龚龔程嵇邢裴陆陸荣榮翁荀羊惠甄曲家封芮储儲靳汲邴糜松井段富巫乌烏焦巴弓"
    "牧隗山谷车車侯宓蓬全郗班仰秋仲伊宫宮宁寧仇栾欒甘厉厲祖武符刘劉景詹束龙龍叶葉幸司韶黎蓟薄印宿白怀"
    "蒲邰从鄂索咸籍赖賴卓蔺藺屠蒙池乔喬阴胥能苍双闻聞莘党翟谭譚贡劳勞逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿"
    "通边邊扈燕冀浦尚农温溫别庄莊晏柴瞿阎閻闫充慕连連茹习習宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满滿弘匡"
    "国文寇广禄阙东欧歐利师巩鞏聂聶关關荆简簡饶饒曾沙丰巢蒯相查游竺权盖益桓公岳帅区區麦麥冼佘佟付覃涂"
    "凃苑尧代展辛原鹿楚侣战矫初信门"
)
_COMPOUND = (
    "欧阳|歐陽|上官|司马|司馬|司徒|诸葛|諸葛|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|端木|百里|南宫|南宮|独孤|西门"
    "|闻人|轩辕|長孫|长孙|宇文|鲜于|澹台|呼延|司空|范姜|張簡|张简"
)
_COMPOUND_SURNAME = re.compile(_COMPOUND)
#: A surname, as a pattern.
SURNAME = rf"(?:{_COMPOUND}|[\u3400-\u9fff])"

#: What follows a name and is not part of it.
TITLE = (
    r"(?:同志|先生|女士|老师|老師|教授|老人家|老人|老先生|老大人|老孺人|孺人|太夫人|老夫人|夫人|府君|居士|法师|法師"
    r"|婆婆|公公|奶奶|爷爷|爺爺|伯伯|阿姨|院士|大夫|医生|醫生|医师|醫師|博士|将军|將軍|师傅|師傅|小姐|神父|牧师|牧師"
    r"|修女|嬷嬷|校长|校長|主任|书记|書記|大师|大師|烈士|君|[公翁](?=[，,。（(]|$))"
)
#: Words for a relative, as one stands before a name (慈父, 先慈, 外祖母, 我们的妹妹) or signs.
KIN = (
    r"(?:祖父母|祖父|祖母|父亲|父親|母亲|母親|爷爷|爺爺|奶奶|公公|婆婆|外公|外婆|姥姥|姥爷|爸爸|妈妈|媽媽|丈夫"
    r"|妻子|夫君|爱人|愛人|爱妻|愛妻|老伴|儿子|兒子|女儿|女兒|爱子|愛子|爱女|愛女|哥哥|弟弟|姐姐|妹妹|[兄姐]长"
    r"|[兄弟姐姊妹]|[伯叔姑姨舅岳]父|[伯叔姑姨舅岳]母|[夫妻父母慈严嚴考妣室姑嫂媳婿]|[爱愛外长長幼曾玄][孙孫]"
    r"|先[师師祖]|恩[师師]|孙女|孫女|老大人|大人)"
)
#: Others whom a notice names by what they were to those who write.
_CLOSE = (
    r"(?:[老好挚摯校队隊战戰盟]友|朋友|同[学學窗事仁志]|[学學]生|弟子|[领領]袖|老[师師]|前[辈輩])"
)
CLOSE_BEFORE = re.compile(rf"(?:{KIN}|{_CLOSE})[：:\s]?$")


def is_name(text: str) -> bool:
    """Whether `text` can be a Chinese name: a surname and one or two (rarely three) characters."""
    if not re.fullmatch(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff·]{3,16}", text):
        return False
    if "·" in text:
        return True
    surname = 2 if _COMPOUND_SURNAME.match(text) else 1
    return (surname == 2 or text[0] in _SURNAMES) and 1 <= len(text) - surname <= 2
