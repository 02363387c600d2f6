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
    "file-exists": ("error", "“{path}”已存在，未覆盖。", "请换一个文件名，或先移走原文件。"),
    # -- rubrics
    "rubric-unknown": ("error", "没有编号为“{id}”的指标体系。", "可用的有：{known}；自备的指标体系请写文件名（.toml 或 .xlsx）。"),
    "rubric-unreadable": ("error", "指标体系文件“{path}”读不出来：{what}。", "请按提示的行号改正后再试。"),
    "form-unknown": ("error", "没有名为“{id}”的填报表版式。", "可用的有：{known}。"),
    # -- scores
    "measure-over": ("warning", "“{indicator}”：{what}，超过 {limit}。", "得分按满分计，请核对数据是否准确，必要时说明原因。"),
    "no-band": ("error", "“{indicator}”：{what}，不在评分标准的任何一档之内。", "请核对数据；数据无误时请指标体系制定者补上这一档。"),
    "no-level": ("error", "“{indicator}”填的是“{what}”，不是规定的等级。", "请从下拉列表中选：{levels}。"),
    # -- FACTS.json
    "facts-not-json": ("error", "数据文件“{path}”不是可用的 JSON：{what}。", "请核对文件内容，编码用 UTF-8。"),
    "facts-shape": ("error", "数据文件里的“{name}”应为 {expected}。", "请对照 rubric-sheets facts --json 的输出改写。"),
    "facts-value": ("error", "数据文件里的“{name}”是 {actual}，应为{expected}。", "请改正；空白写 null。"),
    "facts-unknown": ("error", "数据文件里的“{name}”不是这套指标体系的数据名称。", "{hint}可用 rubric-sheets rubric show 查全部名称。"),
    "facts-other-rubric": ("error", "数据文件属于指标体系“{actual}”，工作簿用的是“{expected}”。", "请换用对应的工作簿或数据文件。"),
    "facts-too-many-rows": ("error", "“{table}”要填 {rows} 行，工作簿里只有 {room} 行。", "请先在表格程序里于该表末行上方插入行，或用 rubric-sheets new 带数据新建。"),
}
