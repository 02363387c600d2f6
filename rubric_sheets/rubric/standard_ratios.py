"""Ratios whose meaning every finance office knows, by 财预〔2013〕53号 and the forms made after it:
a standard need not tell what they are divided by."""

from __future__ import annotations

STANDARD = frozenset(
    (
        *("在职人员控制率", "三公经费变动率", "三公经费预算变动率", "三公经费控制率"),
        *("重点支出安排率", "预算完成率", "预算控制率", "预算调整率", "预算执行率", "支付进度率"),
        *("新建楼堂馆所面积控制率", "新建楼堂馆所投资概算控制率", "公用经费控制率"),
        *("政府采购执行率", "公务卡刷卡率", "固定资产利用率", "结转结余率", "结转结余变动率"),
        *("实际完成率", "完成及时率", "质量达标率", "重点工作办结率"),
    )
)
