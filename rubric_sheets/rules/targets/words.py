"""A result in words: done, mostly done, not done, or not to be told.
Only what is clearly done counts as done."""

from __future__ import annotations

import re

DONE, MOSTLY, UNDONE, UNKNOWN = "完成", "基本完成", "未完成", "待定"
NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
# Phrases that only look like a doubt: left out before anything else is looked for.
_HARMLESS = (
    r"预期(?:目标|指标|效果|成效|效益|产出|成果|要求|任务|水平)|(?<=达到|实现|达成|符合|超过)预期|按照?(?:预期|[^,。;]{0,4}计划)"
    r"|计划(?:完成)?(?:时间|期限|时限|任务|目标|指标|要求|进度|工作)+内?|不断|不仅|不但|不错|未来|未成年|毫?无(?:障碍|害化|人机|偿|缝|线|土|公害)"
    r"|(?<=完成)(?:了|年初|年度|原定|全年|既定)*计划|(?<=超)预期|困难(?=群众|户|学生|家庭|职工)|问题(?=整改)"
    r"|全部(?=分)|基本(?:农田|建设|公共|医疗|养老|生活|药物|支出)"
)
_ABSENT = (
    r"(?:未(?:发生|出现|发现|收到|接到|造成|产生|引发)|没有?(?:发生|出现|发现|收到)?|不存在|零|无(?!法|力|效))(?:任何|一起)?"
    r"(?:(?!解决|处理|整改|消除|改善|避免|化解|查处|治理)[^,。;]){0,8}?(?:违规|违纪|违法|违反|投诉|事故|事件|失误|差错|偏差|问题"
    r"|泄密|失密|纠纷|上访|信访|隐患|破坏|污染|浪费|拖欠|超标|超支|逾期|滞留|挪用|不良|负面|缺陷|损失|伤亡|案件|舆情|遗漏|不合格|不满意)"
    r"(?:行为|现象|情况|情形|问题|反应|影响|舆情|事件|发生)*"
)
_NOTHING = r"无|没有|零|未发生|没有发生|未出现|不存在|不发生"
_NEGATED = (
    r"(?:未能?|没有?能?|不能?|无法|无|难以)(?:够|得到|予以|有)?(?:完成|达成|达标|达到|达|实现|落实|开展|实施|启动|执行|合格|符合|满意|好(?!说|像)"
    r"|通过|明显|显著|有效|效|建成|竣工|成功|到位|理想|进展|成效|及格|验收|举办)(?:要求|目标|指标|任务|标准|规定|预期)*"
)
_BAD = r"较差|很差|差|失败|否"
DOUBT = (
    r"[不未没无]|尚|仍|仅|拟|(?<!接|招|看|对|优|款)待(?!遇|业)|还(?=没|未|不|在|有|需|差|要)|将|只(?=完|有|达|是)|应(?=于|在|当|该|完成)|需(?!求)|中(?=$|[,。;)])"
    r"|预计|预期|计划|正在|争取|力争|打算|希望|有望|准备|可能|估计|似乎|好像|明年|下一?年|下一步|跨年|来年|次年|后年"
    r"|推迟|延期|延迟|延后|延误|推后|顺延|滞后|拖延|逾期|超期|取消|终止|中止|停止|停工|暂停|暂缓|搁置|放弃|撤销|筹备"
    r"|一半|过半|大半|多半|半数|[小少]部分|大致|大体|几乎|快(?=完|要)|吗|[一二三四五六七八九]成(?![员立果效品本绩功熟套就长])|分之|多数|少数|个别|有些|一些|剩余|其余|剩|缺|欠|差|近(?=[0-9])"
    r"|见附|详见|情况[见如]|难|问题|不足|偏低|较低|很低|较慢|缓慢|一般|勉强|拒|并非|失败|恶化|倒退|下滑"
)
_LESS = r"下降|降低|减少|回落"
_PARTLY = r"基本|部分|大部|接近"
# Less than the plain word, unless the target says it too; 较上年 compares
_RATHER = r"(?:比较|较为?)(?=好|明显|显著|满意(?!度)|有效|优|到位|良好)"
_WELL = (
    r"完成|达成|达标|达到|合格|实现|落实|符合|良好|优秀|优良|明显|有效|显著|满意|通过|到位|建成|竣工|完工|好评|严格(?:执行|遵守|按照)"
    r"|有所(?:提高|提升|改善|增强|加强|完善|缓解|好转|增加|增长)|应.尽.|已(?:支付|发放|拨付|兑付|投入使用|交付|印发|上线|归档)|运行正常|正常运行|^优$|^是的?$|好(?=$|[,。;])"
)
_LONGEST = 40  # characters: more is a story, which no list of words understands


# What may stand beside a word for done and adds nothing to it
_FILLERS = (
    r"已经?|全部|全面|全年|均|都|各项|各类|按[时期]|如期|及时|按(?:要求|计划|规定)|根据|超额|圆满|顺利"
    r"|年度|年初|预期|既定|原定|计划|目标|指标|任务|工作|项目|值|了|得到|得|的|地|率|等|和|与|及|并|且"
    r"|较|很|非常|十分|进一步|持续|不断|大幅|稳步|逐步|有所|继续|使用|单位|本年度?|当年|今年|我[局县市办区]"
    r"|要求|标准|质量|效果|成效|符合|有力|有序|切实|确保|保障|提高|提升|改善|增强|增加|增长|加强|完善|缓解"
    r"|好转|优化|促进|推进|推动|开展|落实|执行|管理|规范|正常|运行|制度|健全|严格|控制|内|群众|公众"
    r"|服务对象|验收|投入|干部职工|有关|相关|社会|反映|评价|[,。;、:()\"“”!.%]"
)


def beside(said: str, topic: str) -> str:
    """What a statement says beside that it is done: without the words for done, those of its
    topic, and fillers. 阶段性完成 leaves 阶段性, 完成招标 leaves 招标."""
    rest, left, at = re.sub(_WELL, "", said), "", 0
    while at < len(rest):
        longest = min(12, len(rest) - at)
        known = (n for n in range(longest, 1, -1) if rest[at : at + n] in topic)
        size = next(known, 0)
        left += "" if size else rest[at]
        at += size or 1
    return re.sub(_FILLERS, "", left)


def grade(said: str, goal: str = "", topic: str = "") -> str:
    """Which of the three grades a short statement means; a doubt beside the word makes it unknown,
    and so does anything that is neither of the goal's words nor a filler. `topic`: what else the
    statement may name, as the indicator."""
    if len(said) > _LONGEST or re.fullmatch(_BAD, said):
        return UNKNOWN if len(said) > _LONGEST else UNDONE
    if re.fullmatch(_NOTHING, said):
        return DONE if re.match(r"[无不未零0]|没有|杜绝|避免|防止|[≤=<]*0", goal) else UNKNOWN
    rest = re.sub(_HARMLESS, "", said)
    clear = re.sub(_ABSENT, "", rest)
    good = clear != rest
    rest = re.sub(_NEGATED, "", clear)
    negated = rest != clear
    clear = re.sub(r"(?:完成率|达标率|合格率|满意度|率)?:?(?<![0-9.])100%|百分之百", "", rest)
    good = good or clear != rest or bool(re.search(_WELL, clear))
    if re.search(r"[0-9]", clear) and re.findall(NUMBER, clear) != re.findall(NUMBER, goal):
        return UNKNOWN
    if negated:
        mixed = good or re.search(rf"{_PARTLY}|{_RATHER}|[不没无0-9]|全|所有|大", clear)
        return UNKNOWN if mixed else UNDONE
    if re.search(DOUBT, clear) or (re.search(_LESS, clear) and not re.search(r"降|减|少|控", goal)):
        return UNKNOWN
    rather = re.search(_RATHER, clear) and not re.search(_RATHER, goal)
    if rather or re.search(_PARTLY, clear):
        return MOSTLY
    return DONE if good and not beside(clear, f"{goal}，{topic}") else UNKNOWN


def is_absence(said: str, kind: str) -> bool:
    """无, 未发生事故: it says that there is nothing, and no more."""
    return bool(re.fullmatch(_NOTHING, said)) or (
        kind == DONE and grade(re.sub(_ABSENT, "", said)) != DONE
    )


_PLAIN_DONE = (
    r"(?:已经?|全部|全面|均|都|按[时期]|如期|按(?:要求|计划)|超额|圆满|顺利|年度|年初|预期|既定|计划|目标|指标|任务|工作|值|了|的|率"
    r"|[,。;]|100%|百分之百|完成|达成|达标|达到|达|实现|符合|要求|到位|合格|是)+"
)


def is_plainly_done(said: str, goal: str) -> bool:
    """Does a statement say of a figure that it was reached, and no more? Or that there is nothing,
    or the figure itself."""
    numbers = re.findall(NUMBER, said)
    if numbers and numbers == re.findall(NUMBER, goal):
        return True
    return bool(re.fullmatch(_PLAIN_DONE, said)) or is_absence(said, DONE)
