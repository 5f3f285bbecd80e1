"""Why a page is not the article that was looked for, in words for people."""

from __future__ import annotations

import re

from digestbot.adapters.pages.metadata import Head
from digestbot.text.titles import weight

PAYWALL = "behind a paywall"
LOGIN = "a login page"
CHECK = "it wants proof that a person is reading"
ERROR = "an error page"
SCRIPTS = "it shows its text only to a browser that runs scripts"
EMPTY = "no article on the page"

STUB = 1_600
"""Letters (a Han character counts as two) of the longest teaser before a paywall, and of
the longest page that is an error, a check or a login: an article about one is longer."""

MIN_ARTICLE = 60
"""Letters: less is a caption or a notice; the shortest brief news has more."""

LONGEST_DEMAND = 200
"""Characters of the line in which a paywall speaks, whatever the length of what it shows."""

NEAR_THE_END = 6
"""Lines before and after the end of a text in which a paywall speaks; a site's menu and
its footer speak of subscriptions on every page."""


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_FOR = r"(?:for|to) (?:our |paid |paying |premium )*"
_PAY = _any(
    r"(?:subscribe|sign up|register|log ?in|sign in|upgrade"
    r"|become an? (?:\w+ )?(?:member|subscriber))[^\n.]{0,40} to "
    r"(?:continue|keep|finish|unlock|get full access"
    r"|read (?:the (?:full|rest|whole)|this|more|on))",
    r"(?:this|the (?:full|rest)|full)[^\n.]{0,30} "
    r"(?:is |are )?(?:only |available |reserved |exclusive )*"
    rf"{_FOR}(?:subscribers|members|premium)\b",
    rf"{_FOR}subscribers only|already a subscriber\?|subscribers?[- ]only",
    r"you(?:'|’)?ve (?:read|reached|used) [^\n.]{0,30}(?:free (?:articles?|stories)|limit)",
    r"unlock (?:this|the full) (?:article|story)|continue reading (?:with|by) (?:a |your )?subscri",
    r"(?:订阅|訂閱|购买|購買|付费|付費|开通会员|開通會員|登录|登錄|登入|注册|註冊|充值|解锁|解鎖)[后後]?"
    r"[^\n。]{0,12}(?:阅读|閱讀|查看|浏览|瀏覽|解锁|解鎖|继续|繼續)"
    r"[^\n。]{0,8}(?:全文|全部|剩余|剩餘|余下|完整|更多内容|本文|下文)",
    r"(?:付费|付費|会员|會員|订阅|訂閱)"
    r"(?:阅读|閱讀|专享|專享|专属|專屬|可见|可見|可读|可讀|后可|內容|内容)",
    r"(?:本文|此文|全文|以下内容|以下內容|剩余内容|剩餘內容)"
    r"[^\n。]{0,10}(?:付费|付費|会员|會員|订阅|訂閱)",
    r"(?:还有|還有|剩余|剩餘)\s*\d+\s*%[^\n。]{0,10}(?:内容|內容|未读|未讀)",
    r"会員限定|有料会員|続きを(?:読む|お読み)[^\n。]{0,12}(?:には|登録|会員)|購読[^\n。]{0,10}続き",
    r"réservé aux abonnés|abonnez-vous pour|nur für abonnenten|exclusivo para suscriptores",
)
_CHECK = _any(
    r"^just a moment|attention required!? ?\||checking (?:your browser|if the site connection)",
    r"verif(?:y|ying) (?:that )?you are (?:a )?human|are you (?:a )?(?:human|robot|bot)\b",
    r"not a robot|unusual traffic|captcha|security check|ddos protection|pardon our interruption",
    r"(?:human|bot) verification|please verify|before you continue to",
    r"安全验证|安全驗證|人机验证|人機驗證|访问验证|滑动验证|滑块验证|请输入验证码|請輸入驗證碼",
    r"环境异常|環境異常|访问(?:过于|太)?频繁|訪問(?:過於)?頻繁|完成验证后即可继续",
)
_ERROR = _any(
    r"^\W*(?:error\s*)?(?:40[0134]|410|429|451|50[0234]|52\d)\b(?!\s*[a-z]+s\b|\s*[bm]illion)",
    r"\b(?:page|file|article|content|site|url)(?: \w+)? "
    r"(?:was |is |can(?:no|')t be |could not be )?(?:not found|unavailable|found)\b",
    r"^not found\b|page (?:doesn|does no)['’]?t exist|access (?:to this page has been )?denied",
    r"^forbidden\b|bad gateway|service (?:temporarily )?unavailable|gateway time-?out",
    r"internal server error|^error\b|^oops\b|something went wrong|ページが見つかりません",
    r"(?:页面|頁面)(?:不存在|未找到|找不到|出错|没有找到|丢失|已删除|走丢|跑丢)",
    r"(?:找不到|無法找到|无法找到)(?:页面|頁面|网页|網頁|该页)",
    r"(?:文章|内容|內容|新闻|新聞|帖子|该页|该网页)[^\n]{0,8}"
    r"(?:不存在|已(?:被)?(?:发布者)?(?:删除|刪除|下架|下线)|无法查看)",
    r"访问被拒绝|拒绝访问|系统错误|参数错误|此内容因违规",
)
_LOGIN_TITLE = _any(
    r"^\W*(?:log ?in|sign ?in|sign ?up|log ?on|please (?:log|sign) in|authentication required"
    r"|account login|login required)\b",
    r"^(?:用户|用戶|账号|賬號|请先?|請先?|会员|會員|统一)?(?:登录|登錄|登入|登陆)(?:$|\W|页|頁)|^ログイン",
)
_LOGIN_TEXT = _any(
    r"(?:请|請|您?需要?|必须)先?(?:登录|登錄|登入|登陆)(?:后|後|$|才|账号|帳號|。|！)",
    r"(?:you must|please|you need to) (?:log|sign) ?in\b",
)
_SCRIPTS = _any(
    r"(?:enable|requires?|activate|turn on|allow|without|need) (?:cookies and )?"
    r"(?:java ?script|js)\b",
    r"java ?script (?:is|seems to be|must be) (?:disabled|required|not|turned off|enabled)",
    r"(?:启用|開啟|开启|打开|允许)\s*java ?script|java ?scriptを有効",
)


def obstacle(head: Head, *, text: str, shown: str, unseen: str = "") -> str:
    """Return why *text* is not a whole article, or "" where nothing speaks against it.

    *shown* is all that a reader sees of the page, *unseen* what only a browser
    without scripts shows.
    """
    if weight(text) <= STUB and (reason := _stub(head.document_title or head.title, shown)):
        return reason
    if head.is_locked or _is_cut_off(text, shown):
        return PAYWALL
    if weight(text) >= MIN_ARTICLE:
        return ""
    return SCRIPTS if _SCRIPTS.search(f"{shown}\n{unseen}") else EMPTY


def text_obstacle(text: str) -> str:
    """Return why a *text* that is no HTML is not a whole article, or ""."""
    first = text.partition("\n")[0]
    if weight(text) <= STUB and (reason := _stub(first, text)):
        return reason
    if _is_cut_off(text, text):
        return PAYWALL
    return "" if weight(text) >= MIN_ARTICLE else EMPTY


def _stub(title: str, shown: str) -> str:
    """What little text there is may be something else than an article."""
    short = weight(shown) <= STUB
    if _CHECK.search(title) or (short and _CHECK.search(shown)):
        return CHECK
    if _ERROR.search(title) or (short and _ERROR.search(shown)):
        return f"{ERROR} ({title[:60]})" if title else ERROR
    if _LOGIN_TITLE.search(title) or (short and _LOGIN_TEXT.search(shown)):
        return LOGIN
    return ""


def _is_cut_off(text: str, shown: str) -> bool:
    """Whether a line near the end of the text does nothing but ask for a subscription.

    It may stand behind the text as well: extractors drop calls to action.
    """
    lines = text.split("\n")[-NEAR_THE_END:]
    lines += _from_line_of(lines[-1], shown).split("\n")[: NEAR_THE_END + 1]
    return any(len(line) <= LONGEST_DEMAND and _PAY.search(line) for line in lines)


def _from_line_of(words: str, shown: str) -> str:
    """What is shown from the line on in which *words* stand last."""
    place = shown.rfind(words) if words else -1
    return shown[shown.rfind("\n", 0, place) + 1 :] if place >= 0 else ""
