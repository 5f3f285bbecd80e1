"""Instructions: sentences of a report that speak to a model instead of to readers.

A feed may hold text for whoever rewrites it: "ignore all previous
instructions". It is no news, so neither the model nor the post gets it. A
report about such attacks loses the sentence that quotes one, and no more of
it than the rest of that line.
"""

from __future__ import annotations

import re

from digestbot.text.languages import language_of
from digestbot.text.sentences import sentences

_MODEL = (
    r"(?:ai|llms?|(?:large )?language models?|(?:ai )?(?:assistant|agent|chatbot|bot|model)s?"
    r"|summari[sz]ers?|gpt|claude|gemini)"
)
_TOLD = (
    r"(?:instructions?|prompts?|rules?|directives?|guidelines?|orders|commands|constraints|context)"
)
_ANSWER = (
    r"(?:summar(?:y|ies)|outputs?|responses?|answers?|repl(?:y|ies)|posts?|digests?|briefs?|articles?"
    r"|headlines?|titles?|commentary|translations?|newsletters?|text)"
)
_HAN_MODEL = "(?:AI|人工智能|大模型|大语言模型|语言模型|智能体|聊天机器人|机器人|模型|助手|助理)"
_HAN_TOLD = "(?:指令|指示|提示词?|规则|要求|设定|限制|命令|约束|说明)"
_HAN_ANSWER = (
    "(?:摘要|总结|简讯|回复|回答|输出|正文|标题|点评|导语|译文|文末|结尾|末尾|开头|日报|简报)"
)

_PATTERNS = (
    rf"\b(?:ignor|disregard|forget|overrid|bypass|drop)\w*\b[^.!?。]{{0,40}}\b(?:previous|prior|above"
    rf"|earlier|preceding|all|your|system|any|these|other|existing)\b[^.!?。]{{0,30}}\b{_TOLD}\b",
    r"\byou are (?:now|no longer) (?:an?|the|in|dan|acting|going to|bound|required|free)\b",
    r"\b(?:from now on|henceforth),? you\b",
    r"\b(?:attention|notes?|messages?|instructions?|notice|reminder)\s?(?:to|for)\s"
    rf"(?:the |any |all )?{_MODEL}\b",
    rf"\b(?:dear|hey|hello) {_MODEL}\b",
    rf"\bif you(?:'re| are) (?:an? )?(?:automated |artificial )?{_MODEL}\b",
    rf"\bas an? {_MODEL},? (?:you|please|must|write|do|always|never)\b",
    r"(?:\A|\W)(?:system|developer|assistant) (?:prompt|message|override|instructions?)\s?[:：]",
    r"<\|?/?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<</?SYS>>",
    r"\A(?:#+\s?)?(?:system|assistant|instructions?|new (?:task|instructions?))\s?[:：]",
    r"\b(?:reveal|print|output|repeat|show|leak|send|disclose)\b[^.!?。]{0,30}\b(?:system prompt"
    r"|your (?:instructions|prompt)|api keys?)\b",
    r"\bwhen(?:ever)? (?:you )?(?:are )?(?:summari[sz]|translat|rewrit|process|retell)\w*"
    r" (?:this|the)\b[^.!?。]{0,30}(?:,|\b(?:always|must|please|include|add|say|write)\b)",
    r"\b(?:do not|don[’']t|never) (?:mention|reveal|summari[sz]e|disclose|translate)\b"
    rf"[^.!?。]{{0,20}}\b(?:{_TOLD}|this (?:text|message|note))\b",
    r"(?:\A|\b(?:please|must|should|always|and|to) )(?:include|insert|add|append|put|place|embed"
    r"|mention|use|link to|write|say|state)\b[^.!?。]{0,80}"
    rf"\b(?:in|into|to|at the (?:end|top|beginning) of|as) (?:your|the) {_ANSWER}\b",
    r"\A(?:now |instead,? |please |then |and |just |simply )*(?:write|say|output|print|respond"
    r"|reply|answer|return|state|report|repeat) (?:only|exactly|just|with|that|the following|this"
    r"|instead|in (?:json|english|chinese))\b",
    r"\A(?:instead|rather),? (?:write|say|output|print|respond|reply|answer|return|state|report)\b",
    "(?:忽略|无视|忘记|忘掉|不要理会|抛开|绕过|覆盖|不必遵守|丢弃)[^。！？]{0,12}(?:之前|以上|上述|前面|先前|此前|上面"
    f"|所有|一切|系统|任何|你的|原有|全部)[^。！？]{{0,12}}{_HAN_TOLD}",
    "(?:从现在(?:起|开始)|现在起)[，,]?[^。！？]{0,6}你|你现在(?:是|要扮演|扮演|进入)",
    f"(?:作为|身为|(?:如果|若|假如)你是)(?:一个|一名|一款|阅读本文的|处理本文的)?{_HAN_MODEL}"
    "(?:助手|模型|们)?[，,：:]?(?:请|你|必须|务必|应当?|要|不得|注意)",
    f"(?:\\A|致|亲爱的|各位|所有)(?:阅读本文的|处理本文的)?{_HAN_MODEL}(?:助手|模型|们)?"
    "(?:[：:]|[，,]?(?:请|务必|注意))",
    "(?:系统|开发者)(?:提示词?|指令|消息|命令)[:：]",
    "(?:输出|泄露|透露|打印|显示|复述|告诉我)[^。！？]{0,10}(?:系统提示|提示词|你的指令|API ?key)",
    f"(?:请(?!愿|求|示)|务必|必须|直接|只需|改为|应)[^。！？]{{0,10}}(?:在|于|把|将)[^。！？]{{0,30}}{_HAN_ANSWER}[^。！？]{{0,6}}"
    "(?:加入|插入|添加|加上|写上|附上|包含|注明|写入|写明|输出|提及|提到|放入|声明|写成|改成|改为)",
    f"(?:请|务必|必须)(?:加入|插入|添加|加上|写上|附上|写入|放入)[^。！？]{{0,40}}{_HAN_ANSWER}",
    "(?:不要|请勿|切勿|不得)(?:提及|透露|提到|总结|翻译|说明)(?:这|此|本|该|上述|以上)(?:条|段|些)?"
    f"(?:{_HAN_TOLD}|文字|内容|消息)",
    r"\A(?:请|现在|接下来|改为|转而|只需|直接)+(?:输出|回复|写出|写道|改写为|生成|返回|回答)(?:以下|如下|下面|：|:|“|“)",
)
_ADDRESSED = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def is_instruction(sentence: str) -> bool:
    """Whether *sentence* tells a model what to do."""
    return _ADDRESSED.search(sentence) is not None


def without_instructions(text: str) -> tuple[str, list[str]]:
    """Return *text* without what speaks to a model, and the sentences that do.

    What follows such a sentence in its line goes with it: it is what is to be said.
    """
    kept: list[str] = []
    found: list[str] = []
    for line in text.splitlines():
        said = sentences(line)
        hit = next((n for n, sentence in enumerate(said) if is_instruction(sentence)), None)
        if hit is None:
            kept.append(line)
            continue
        found.append(said[hit])
        if hit:
            kept.append(("" if language_of(line) == "zh" else " ").join(said[:hit]))
    return "\n".join(kept), found
