"""The catalogue of messages: code → (severity, what is wrong, what to do).

Texts are templates; their fields are given where the finding is made. The order follows the flow:
files, cells, facts, rubric, scores, cross-checks.
"""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, str, str]] = {
    # -- files: each makes the whole file unusable (exit status 2)
    "file-not-found": ("error", "找不到文件“{path}”。", "请核对文件名和所在文件夹。"),
    "file-is-folder": ("error", "“{path}”是文件夹，不是工作簿。", "请指定其中的 .xlsx 或 .xlsm 文件。"),
    "file-no-permission": ("error", "没有权限读写“{path}”。", "请检查文件是否只读，或换一个有权限的文件夹。"),
    "file-empty": ("error", "“{path}”是空文件（0 字节）。", "请重新取得原文件，或用 rubric-sheets new 新建。"),
    "file-not-workbook": ("error", "“{path}”不是 Excel 工作簿：{what}。", "请用 Excel、WPS 或 LibreOffice 打开后另存为 .xlsx。"),
    "file-other-kind": ("error", "“{path}”不是 Excel 工作簿，而是{what}。", "请指定填报用的 .xlsx 或 .xlsm 工作簿。"),
    "file-encrypted": ("error", "“{path}”设有打开密码（已加密）。", "请先用 Excel 或 WPS 打开，去掉打开密码后保存。"),
    "file-truncated": ("error", "“{path}”不完整或已损坏：{what}。", "请重新复制或下载原文件；也可用 Excel 的“打开并修复”。"),
    "file-too-large": ("error", "“{path}”超出允许的大小：{what}。", "请确认这是自评工作簿；删去不相干的图片和工作表后再试。"),
    "file-unusual": ("error", "“{path}”的内部格式不常见：{what}。", "请用 Excel、WPS 或 LibreOffice 打开并另存一次后再试。"),
    "file-locked": ("error", "“{path}”正被{who}打开，未作任何改动。", "请先在表格程序里保存并关闭它；若并未打开，请删除锁文件“{lock}”。"),
    "file-changed": ("error", "“{path}”在计算过程中被别的程序改动，未写入。", "请重新运行一次。"),
    "file-write-failed": ("error", "写入“{path}”失败：{what}。原文件未改动。", "请检查磁盘空间和文件夹权限后再试。"),
    "out-extension": ("error", "输出文件“{path}”的扩展名不对。", "请用 {expected}。"),
    "file-exists": ("error", "“{path}”已存在，未覆盖。", "请换一个文件名，或先移走原文件。"),
    # -- the workbook as a whole
    "book-not-ours": ("error", "“{path}”不是本工具生成的自评工作簿（缺少指标体系信息）。", "请用 rubric-sheets new 新建工作簿后填报；已写好的报告请用 import。"),
    "book-rubric-damaged": ("error", "“{path}”随带的指标体系已损坏或被改动。", "请用 rubric-sheets facts 导出数据，再用 new 重新生成工作簿。"),
    "book-too-new": ("error", "“{path}”由更新版本的工具生成。", "请升级本工具后再试。"),
    "sheet-missing": ("error", "缺少工作表“{sheet}”，其中 {count} 个单元格无法读取。", "请从备份恢复该表，或导出数据后用 new 重新生成工作簿。"),
    "name-lost": ("error", "“{label}”的单元格找不到了（名称“{name}”已丢失），多半是删除了它所在的行或列。", "请从 .bak 备份恢复，或在“公式—名称管理器”中把名称“{name}”重新指向它的单元格。"),
    "formula-lost": ("warning", "此处原有的公式已被覆盖，现由程序写入结果。", "如需自动计算，请从新建的工作簿复制公式。"),
    "formula-broken": ("error", "“{name}”的公式引用了已删除的单元格：{actual}。本次得分仍按各分项计算，但表内显示 #REF!。", "请从相邻行复制公式，或直接填数字。"),
    # -- cells: what a cell holds instead of what it should
    "cell-text": ("error", "“{name}”填的是“{actual}”，应为{expected}。", "请改为数字；确不适用填“不适用”。"),
    "cell-text-number": ("error", "“{name}”填的“{actual}”是文字，应为{expected}。", "请改为 {suggestion}（半角数字，不带单位和千分位）。"),
    "cell-blank-word": ("error", "“{name}”填的是“{actual}”，分不清是零、空白还是不适用。", "确实为零填 0；确不适用填“不适用”；尚不清楚请留空。"),
    "cell-error": ("error", "“{name}”是公式错误 {actual}。", "请改正公式，或直接填{expected}。"),
    "cell-bool": ("error", "“{name}”是逻辑值 {actual}，应为{expected}。", "请改为数字。"),
    "cell-date": ("error", "“{name}”是日期，应为{expected}。", "请把单元格格式改为“常规”，再填数字。"),
    "cell-yes-no": ("error", "“{name}”填的是“{actual}”，应为{expected}。", "{hint}请从下拉列表中选，前后不要有空格。"),
    "cell-too-large": ("error", "“{name}”填的是 {actual}，大得不合情理，应为{expected}。", "请核对，是否多按了几位数。"),
    "cell-merged": ("error", "{names}被合并单元格 {actual} 遮住，填不进数，也看不见。", "请选中 {actual}，取消“合并后居中”，再逐格填报。"),
    "cell-negative": ("error", "“{name}”填的是负数 {actual}。", "请核对；此项应{expected}。"),
    "cell-not-whole": ("error", "“{name}”填的是 {actual}，应为{expected}。", "请填整数。"),
    "percent-text": ("warning", "“{name}”填的“{actual}”是文字，已按 {actual} 计算，但表内公式算不出来。", "请改为{expected}。"),
    "percent-ambiguous": ("error", "“{name}”填的是 {actual}，分不清是不是 {suggestion}。", "请填{expected}，如 {suggestion}。"),
    "formula-no-value": ("error", "“{name}”是公式（{actual}），文件里没有它的结果。", "请用表格程序打开并保存一次，或直接填{expected}。"),
    # -- rubrics
    "rubric-unknown": ("error", "没有编号为“{id}”的指标体系。", "可用的有：{known}；自备的指标体系请写文件名（.toml 或 .xlsx）。"),
    "rubric-unreadable": ("error", "指标体系文件“{path}”读不出来：{what}。", "请按提示的行号改正后再试。"),
    "form-unknown": ("error", "没有名为“{id}”的填报表版式。", "可用的有：{known}。"),
    # -- scores
    "measure-over": ("warning", "“{indicator}”：{what}，超过 {limit}。", "得分按满分计，请核对数据是否准确，必要时说明原因。"),
    "no-band": ("error", "“{indicator}”：{what}，不在评分标准的任何一档之内。", "请核对数据；数据无误时请指标体系制定者补上这一档。"),
    "no-level": ("error", "“{indicator}”填的是“{what}”，不是规定的等级。", "请从下拉列表中选：{levels}。"),
    # -- cross-checks between cells
    "sum-differs": ("error", "“{name}”（{row}）填的是 {actual}，而 {parts} = {expected}，相差 {gap}。", "请核对合计与分项，改正填错的一处。"),
    "sum-part-blank": ("error", "“{name}”（{row}）填的是 {actual}，已填分项 {parts} 合计 {expected}，差 {gap}，而“{blank}”为空。", "请补填空着的分项；确实为零填 0。"),
    "sum-rounding": ("note", "“{name}”（{row}）{actual} 与 {parts} = {expected} 相差 {gap}，在四舍五入范围之内（舍入差）。", "无需改动。"),
    "total-blank": ("error", "“{name}”（{row}）为空，而它的分项已填。", "请从相邻行复制合计公式，或填入合计数。"),
    "summary-differs": ("error", "“{name}”汇总填的是 {actual}，各机构相加是 {expected}，相差 {gap}。", "请核对汇总行，或恢复其求和公式。"),
    "fact-check": ("error", "", ""),
    "unit-slip": ("warning", "“{name}”填的是 {actual} 万元，超过全年收支 {budget} 万元的 20 倍，可能把元填成了万元。", "若是元，请改为 {expected}。"),
    "unit-slip-ratio": ("warning", "“{name}”所用的“{high}”{actual} 与“{low}”{other} 相差近万倍，可能一个是元、一个是万元。", "若“{high}”是元，请改为 {expected}。"),
    # -- claims against rules
    "weight-changed": ("error", "“{name}”的分值被改为 {actual}，指标体系规定 {expected}。", "请恢复原分值；确需调整请换用相应的指标体系。"),
    "not-scored": ("warning", "“{name}”尚未评分：{reason}。", "请补填所缺数据；确不适用填“不适用”。"),
    "not-computable": ("error", "“{name}”无法计算：{reason}。", "请核对数据；分母确为零而分子不为零时须说明原因。"),
    "not-judged": ("warning", "“{name}”由单位自评，尚未填写自评得分。", "请在自评得分栏填 0—{weight}。"),
    "claim-outside": ("error", "“{name}”自评 {actual} 分，超出 {expected} 的范围，已按边界计。", "请改正自评得分。"),
    "claim-not-applicable": ("warning", "“{name}”不适用（{reason}），自评却得 {actual} 分。", "请把自评得分改为“不适用”，该项不计入分母。"),
    "claim-too-high": ("error", "“{name}”自评 {actual} 分，按评分标准应得 {expected} 分：{reason}。", "请改正自评得分，或核对所依据的数据。"),
    "claim-too-low": ("warning", "“{name}”自评 {actual} 分，按评分标准可得 {expected} 分：{reason}。", "请核对；如另有扣分事由，请在其他说明中写明。"),
    "full-without-fact": ("warning", "“{name}”自评满分 {actual} 分，但没有依据：{reason}。", "请补填所缺数据，以便核对。"),
    "claim-without-fact": ("warning", "“{name}”自评 {actual} 分，但没有依据：{reason}。", "请补填所缺数据，以便核对。"),
    "lost-without-reason": ("warning", "“{name}”自评扣了 {lost} 分，未写扣分原因。", "请在其他说明栏写明扣分原因。"),
    "group-over": ("error", "“{name}”合计自评 {actual} 分，应{expected} 分，已按上限计。", "请调低其中的得分。"),
    "subtotal-differs": ("error", "“{name}”自评小计 {actual} 分，与各项之和 {expected} 分不符。", "请核对小计与各项得分。"),
    "total-differs": ("error", "自评总分 {actual} 分，与各项之和 {expected} 分不符。", "请核对总分与各项得分。"),
    "grade-unknown": ("error", "评价等次“{actual}”不是规定的等次。", "请填：{expected}。"),
    "grade-differs": ("error", "自评总分 {total} 分应为“{expected}”，填的是“{actual}”。", "请改正等次或总分。"),
    "incomplete": ("warning", "有 {count} 项缺少测算依据，总分 {total} 只按已有得分计算。", "补填所缺数据后重新计算。"),
    "rubric-differs": ("note", "工作簿随带的指标体系与现行发布的“{id}”不同：{what}。本次仍按工作簿随带的评分。", "如应使用现行版本，请用 rubric-sheets new 重新生成。"),
    # -- FACTS.json
    "facts-not-json": ("error", "数据文件“{path}”不是可用的 JSON：{what}。", "请核对文件内容，编码用 UTF-8。"),
    "facts-shape": ("error", "数据文件里的“{name}”应为 {expected}。", "请对照 rubric-sheets facts --json 的输出改写。"),
    "facts-value": ("error", "数据文件里的“{name}”是 {actual}，应为{expected}。", "请改正；空白写 null。"),
    "facts-unknown": ("error", "数据文件里的“{name}”不是这套指标体系的数据名称。", "{hint}可用 rubric-sheets rubric show 查全部名称。"),
    "facts-other-rubric": ("error", "数据文件属于指标体系“{actual}”，工作簿用的是“{expected}”。", "请换用对应的工作簿或数据文件。"),
    "facts-no-cell": ("error", "工作簿里找不到“{name}”的单元格，填不进去；未作任何改动。", "请用 rubric-sheets check 查看丢失了哪些名称，或用 new 带数据重新生成工作簿。"),
    "facts-too-many-rows": ("error", "“{table}”要填 {rows} 行，工作簿里只有 {room} 行。", "请先在表格程序里于该表末行上方插入行，或用 rubric-sheets new 带数据新建。"),
}
