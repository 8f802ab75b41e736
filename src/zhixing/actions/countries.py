"""Which two letters name a country? Those of ISO 3166-1; and what many of them are called."""

from zhixing.errors import nearest

_ALL = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
CODES = frozenset(_ALL.split())
MOST_LETTERS = 3
"""What is longer is a name, and no code."""


_NAMES = """
AR Argentina 阿根廷 · AT Austria 奥地利 · AU Australia 澳大利亚 · BE Belgium 比利时
BR Brazil 巴西 · CA Canada 加拿大 · CH Switzerland 瑞士 · CL Chile 智利 · CN China 中国
CO Colombia 哥伦比亚 · CZ Czechia 捷克 · DE Germany 德国 · DK Denmark 丹麦 · EG Egypt 埃及
ES Spain 西班牙 · FI Finland 芬兰 · FR France 法国 · GB United Kingdom 英国 · GB Britain 英国
GB England 英格兰 · GR Greece 希腊 · HU Hungary 匈牙利 · ID Indonesia 印度尼西亚
IE Ireland 爱尔兰 · IL Israel 以色列 · IN India 印度 · IT Italy 意大利 · JP Japan 日本
KE Kenya 肯尼亚 · KR South Korea 韩国 · KR Korea 韩国 · MX Mexico 墨西哥 · MY Malaysia 马来西亚
NG Nigeria 尼日利亚 · NL Netherlands 荷兰 · NO Norway 挪威 · NZ New Zealand 新西兰
PH Philippines 菲律宾 · PK Pakistan 巴基斯坦 · PL Poland 波兰 · PT Portugal 葡萄牙
RO Romania 罗马尼亚 · RU Russia 俄罗斯 · SA Saudi Arabia 沙特阿拉伯 · SE Sweden 瑞典
SG Singapore 新加坡 · TH Thailand 泰国 · TR Turkey 土耳其 · UA Ukraine 乌克兰
US United States 美国 · US USA 美国 · US America 美国 · VN Vietnam 越南 · ZA South Africa 南非
"""


def _named() -> dict[str, str]:
    """What a country is called, folded -> its code."""
    found: dict[str, str] = {}
    for line in _NAMES.replace("\n", " · ").split(" · "):
        if line:
            code, name = line.split(" ", 1)
            english, _, chinese = name.rpartition(" ")
            found |= {english.casefold(): code, chinese: code}
    return found


def near(typed: str) -> tuple[str, ...]:
    """Three codes at most: of countries that are called so, or nearly, or begin so; then those
    that share a letter in its place, the first letter before the second."""
    word, names = typed.strip().casefold(), _named()
    begins = [code for name, code in sorted(names.items()) if word and name.startswith(word)]
    close = names.get(nearest(word, names) or "") if len(word) > MOST_LETTERS else None
    found = [names[word]] if word in names else begins + ([close] if close else [])
    if len(word) <= MOST_LETTERS:
        code = word.upper()
        alike = [(2 * (k[:1] == code[:1]) + (k[1:] == code[1:]), k) for k in CODES]
        found += [known for _, known in sorted((-same, known) for same, known in alike if same)]
    return tuple(dict.fromkeys(found))[:3]
