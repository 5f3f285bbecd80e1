"""Lines that are not an article's own: what each kind looks like."""

from __future__ import annotations

import re

LONGEST_BUTTON = 100
LONGEST_BYLINE = 60
LONGEST_POINTER = 160
"""Characters of such lines; a longer one has something to say."""

MIN_BARS = 4
"""Bars in a line of spam or of links: ``a|b|c|d|e``."""

_END = re.compile(r"[。！？!?.…][”’」』）)\"]*$")

_SHARE = re.compile(
    r"share|tweet|e-?mail|print|pin(?: it)?|save|bookmark|copy link|copied|like|follow(?: us)?"
    r"|comments?|reply|facebook|twitter|linkedin|whatsapp|reddit|telegram|flipboard|pinterest"
    r"|分享[至到给給]?|转发|轉發|点赞|點讚|點贊|赞|收藏|评论|評論|留言|在看|举报|舉報|打赏|打賞"
    r"|微信|新浪微博|微博|朋友圈|QQ(?:空间|空間|好友)?|复制链接|複製鏈接|打印|字号"
    r"|阅读|閱讀|浏览|瀏覽",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    rf"(?:{_SHARE.pattern}|\bx\b|\d[\d.,]*+[kmw万萬+]?|[\s:：·|/、,，()（）])++", re.IGNORECASE
)
"""Names of buttons, counts and what stands between them; each character is read in one way."""

_BUTTON = re.compile(
    r"""
      share\ (?:this(?:\ (?:article|story|post|page|on.{1,20}))?|(?:on|via)\ .{1,20})[:：]?
    | click\ to\ (?:share|email|print|tweet)\b.{0,60}
    | (?:article|story)\ continues\ (?:below|after)\b.{0,40}
    | (?:advertisement|sponsored(?:\ content)?|ad|广告|廣告|推广|推廣)[:：]?
    | (?:scroll|skip)\ (?:to|past)\ .{1,40}
    | (?:read|show|load|view|see)\ (?:more|less|all|full\ (?:article|story)|comments)\s*[»›→>….]*
    | (?:continue|keep)\ reading\s*[»›→>….]*
    | (?:点击|點擊)?(?:阅读|閱讀|查看|展开|展開|阅览)
        (?:全文|更多|原文|详情|詳情|剩余全文)[\s.…»›→>]*
    | like\ this:|like\ loading\W*|loading(?:\ comments?)?\W*
    | (?:please\ )?(?:sign\ up|subscribe)\ (?:to|for|now)\b.{0,60}newsletters?.{0,20}
    | (?:get|join)\ (?:our|the)\b.{0,40}newsletters?.{0,20}
    | .{0,20}(?:扫码|掃碼|扫一扫|掃一掃|扫描|掃描|长按|長按|识别|識別).{0,10}
        (?:二维码|二維碼|关注|關注|下载|下載|加入|分享|进群|進群).{0,20}
    | (?:欢迎|歡迎|敬请|点击|請|请)?(?:关注|關注).{0,16}
        (?:公众号|公眾號|微信号|微信號|视频号|視頻號|账号|賬號).{0,16}
    """,
    re.VERBOSE | re.IGNORECASE,
)

_DESK = (
    r"(?:责任|責任|值班|执行|執行|特约|特約|本文|网络|網絡)?"
    r"(?:编辑|編輯|责编|責編|校对|校對|审核|審核|监制|監製|排版|美编|出品|供稿)"
)
"""Who has a hand in an article and never a word in it: an interview quotes authors."""

_ROLE = (
    r"(?:(?:责任|責任|值班|执行|執行|特约|特約|本文|网络|網絡|原文|文章|图片|圖片|首席|见习|見習)?"
    r"(?:编辑|編輯|责编|責編|作者|记者|記者|来源|來源|来源于|来源自|撰文|校对|校對|审核|審核|编译|編譯|译者|譯者"
    r"|翻译|翻譯|出品|监制|監製|排版|美编|摄影|攝影|供稿|主编|主編|整理|图源|圖源|供图|供圖)"
    r"|文|图|圖|文字|图文|撰稿|通讯员|通訊員|发布日期|發布日期|发布时间|發布時間)"
)
_CREDIT = re.compile(rf"[（(【\[]?\s*{_DESK}\s*[:：|｜丨/／]\s*\S.{{0,40}}")
_NAME = r"[A-Z][\w.’'-]*"
_BYLINE = re.compile(
    rf"""
      [（(【\[]?\s*{_ROLE}\s*[:：|｜丨/／]\s*\S.{{0,40}}
    | [By]y:?\ {_NAME}(?:\ (?:{_NAME}|van|von|de|der|den|del|la|al|bin)){{0,4}}
        (?:(?:,|\ and|\ &)\ {_NAME}(?:\ {_NAME}){{0,3}}){{0,3}}(?:,\ .{{1,30}}|\ [|•·-]\ .{{1,30}})?
    | \d{{1,6}}
    | \d[\d.,]*\s*[km万萬]?\+?\s*(?:shares?|comments?|views?|likes?|votes?|points?
        |评论|評論|阅读|閱讀|分享|点赞|點贊|跟贴|跟貼)
    | \d{{1,3}}\s*(?:min(?:ute)?s?)\s+(?:read|reading)(?:\ time)?
    """,
    re.VERBOSE,
)

_CRUMB = re.compile(
    r"(?:当前位置|當前位置|现在位置|現在位置|您?的?位置|首页|首頁|主页|主頁|home)\b.{0,6}?\s*[:：>»›＞/]"
    r"|\S{1,16}(?:首页|首頁)\s*[>»›＞]",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"[^>»›＞]{1,24}(?:[>»›＞]{1,2}[^>»›＞]{1,40}){2,}")

_NOTICE = re.compile(
    r"[\s*【\[（(]*(?:"
    r"(?:特别|特別|郑重|鄭重|重要|版权|版權|免责|免責|风险|風險|法律)?(?:声明|聲明)\s*[】\]）)]?\s*[:：]"
    r"|(?:版权|版權|免责|免責|特别|特別|法律)(?:声明|聲明|条款|條款)\s*[】\]）)]?\s*(?:[:：]|$|本)"
    r"|(?:notice|disclaimer|legal\ (?:notice|disclaimer)|copyright\ notice)\s*:"
    r"|以上(?:内容|內容|文章).{0,60}(?:不代表|仅代表|僅代表|仅供|僅供|不构成|不構成|信息存储|信息存儲)"
    r"|本(?:文|文章|站|网|網).{0,60}(?:不代表|仅代表|僅代表|仅供参考|僅供參考|不构成|不構成).{0,24}(?:观点|觀點|立场|立場|意见|意見|建议|建議|参考|參考)"
    r"|(?:本文)?(?:为|為|系|係)?.{0,24}(?:未经|未經).{0,12}(?:授权|授權|许可|許可|允许|允許|同意).{0,12}(?:不得|禁止|严禁|嚴禁|谢绝|謝絕).{0,24}"
    r"|(?:相关|相關|热点|熱點|热门|熱門|猜你喜[欢歡]|为您|為您|为你|為你|精彩|编辑)(?:推荐|推薦)\s*[:：]?$"
    r"|往期(?:回顾|回顧|精彩|推荐|推薦|文章).{0,12}$"
    r"|(?:热门|熱門|最新|全部|网友|網友|精彩)?(?:评论|評論|跟贴|跟貼|留言)(?:区|區)?\s*[(（]?\d*[)）]?\s*$"
    r")",
    re.IGNORECASE,
)

_POINTER = re.compile(
    r"[\s*【\[（(#■▶►▼]*(?:"
    r"(?:延伸|相关|相關|推荐|推薦|扩展|擴展|更多|热门|熱門|拓展|深度)"
    r"(?:阅读|閱讀|文章|报道|報道|報導|新闻|新聞|内容|內容|链接|鏈接|资讯|資訊|视频|視頻)"
    r"|上一篇|下一篇|返回(?:首页|首頁|顶部|頂部|列表)|.{0,24}返回.{0,10}首页"
    r"|(?:related|recommended|similar|more|other|recent|latest|popular|trending|featured)\ "
    r"(?:articles?|stories|story|posts?|reading|news|content|coverage|topics?|links|videos?"
    r"|slide ?shows?|from\ .{1,40})"
    r"|related|you\ (?:may|might)\ (?:also\ )?(?:like|enjoy|be\ interested).{0,20}"
    r"|read\ (?:next|also|more)|see\ (?:also|more)|more\ (?:on|in)\ this\ .{1,20}"
    r"|most\ (?:read|popular|viewed|shared)|don.t\ miss|up\ next|filed\ under|tags?"
    r"|标签|標籤|关键词|關鍵詞"
    r")\s*[】\]）)]?\s*(?:[:：].{0,120}|[»›→>…]*)$",
    re.IGNORECASE,
)

_OWNER = re.compile(
    r"(?:版权归|版權歸|版权所有|版權所有).{0,40}$"
    r"|(?:copyright\b|©|\(c\)).{0,60}(?:19|20)\d\d|.{0,60}\ball rights reserved\.?$",
    re.IGNORECASE,
)
"""Stands under pictures as well, so nothing that follows is cut with it."""

_TIME = r"(?:[\sT,·|-]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*[A-Z]{2,4})?)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?|\d{{1,2}}[-/月]\d{{1,2}}日?"
    rf"|{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?"
    r"|\d{1,3}\s*(?:分钟|小时|天|分鐘|小時|minutes?|mins?|hours?|days?|weeks?|months?)\s*(?:前|ago))"
    + _TIME
)


def is_button(line: str) -> bool:
    """Whether *line* is a button, a share count, a label or a credit, wherever it stands."""
    if len(line) > LONGEST_BUTTON:
        return False
    if _BUTTONS.fullmatch(line):
        return bool(_SHARE.search(line))
    return bool(_BUTTON.fullmatch(line) or (_CREDIT.fullmatch(line) and not _END.search(line)))


def is_byline(line: str) -> bool:
    """Whether *line* says who wrote or published it, or counts something; true of no sentence."""
    if len(line) > LONGEST_BYLINE or (_END.search(line) and not line.endswith(")")):
        return False
    return bool(_BYLINE.fullmatch(line))


def is_crumb(line: str) -> bool:
    """Whether *line* is the path from a site's front page to this one."""
    if len(line) > LONGEST_POINTER or _END.search(line):
        return False
    return bool(_CRUMB.match(line) or _CRUMBS.fullmatch(line))


def is_spam(line: str) -> bool:
    """Whether *line* is a row of links: pieces between bars, and no sentence."""
    return sum(map(line.count, "|｜丨")) >= MIN_BARS and not _END.search(line)


def is_notice(line: str) -> bool:
    """Whether *line* begins what only follows an article: a legal notice, the site's choice."""
    return bool(_NOTICE.match(line))


def is_pointer(line: str) -> bool:
    """Whether *line* points to other articles, or to the owner of this one."""
    return len(line) <= LONGEST_POINTER and bool(_POINTER.match(line) or _OWNER.match(line))


def is_date(line: str) -> bool:
    """Whether *line* is a moment, and nothing else."""
    return len(line) <= LONGEST_BYLINE and bool(_DATE.fullmatch(line))
