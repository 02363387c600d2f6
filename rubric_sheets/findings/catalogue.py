"""The catalogue of messages: code → (severity, what is wrong, what to do).

Texts are templates; their fields are given where the finding is made. The order follows the flow:
files, cells, facts, rubric, scores, cross-checks.
"""

from __future__ import annotations

CATALOGUE: dict[str, tuple[str, str, str]] = {
    # -- files: each makes the whole file unusable (exit status 2)
    "file-not-found": ("error", "找不到文件“{path}”。", "请核对文件名和所在文件夹。"),
    "file-is-folder": (
        "error",
        "“{path}”是文件夹，不是工作簿。",
        "请指定其中的 .xlsx 或 .xlsm 文件。",
    ),
    "file-no-permission": (
        "error",
        "没有权限读写“{path}”。",
        "请检查文件是否只读，或换一个有权限的文件夹。",
    ),
    "file-empty": (
        "error",
        "“{path}”是空文件（0 字节）。",
        "请重新取得原文件，或用 rubric-sheets new 新建。",
    ),
    "file-not-workbook": (
        "error",
        "“{path}”不是 Excel 工作簿：{what}。",
        "请用 Excel、WPS 或 LibreOffice 打开后另存为 .xlsx。",
    ),
    "file-other-kind": (
        "error",
        "“{path}”不是 Excel 工作簿，而是{what}。",
        "请指定填报用的 .xlsx 或 .xlsm 工作簿。",
    ),
    "file-encrypted": (
        "error",
        "“{path}”设有打开密码（已加密）。",
        "请先用 Excel 或 WPS 打开，去掉打开密码后保存。",
    ),
    "file-truncated": (
        "error",
        "“{path}”不完整或已损坏：{what}。",
        "请重新复制或下载原文件；也可用 Excel 的“打开并修复”。",
    ),
    "file-too-large": (
        "error",
        "“{path}”超出允许的大小：{what}。",
        "请确认这是自评工作簿；删去不相干的图片和工作表后再试。",
    ),
    "file-unusual": (
        "error",
        "“{path}”的内部格式不常见：{what}。",
        "请用 Excel、WPS 或 LibreOffice 打开并另存一次后再试。",
    ),
    "file-locked": (
        "error",
        "“{path}”正被{who}打开，未作任何改动。",
        "请先在表格程序里保存并关闭它；若并未打开，请删除锁文件“{lock}”。",
    ),
    "file-changed": ("error", "“{path}”在计算过程中被别的程序改动，未写入。", "请重新运行一次。"),
    "file-write-failed": (
        "error",
        "写入“{path}”失败：{what}；未作任何改动。",
        "请检查磁盘空间和文件夹权限后再试。",
    ),
    "out-extension": ("error", "输出文件“{path}”的扩展名不对。", "请用 {expected}。"),
    "out-is-folder": (
        "error",
        "“{path}”是文件夹，应为要生成的文件的名称。",
        "请写上文件名，如“{suggestion}”。",
    ),
    "out-no-folder": (
        "error",
        "没有生成“{path}”：{what}。",
        "请改正路径；确要放在那里，请先建立文件夹。",
    ),
    "file-exists": (
        "error",
        "“{path}”已存在，未覆盖。",
        "请换一个文件名，或先把已有的文件改名、删除。",
    ),
    # -- the workbook as a whole
    "book-not-ours": (
        "error",
        "“{path}”不是本工具生成的自评工作簿（缺少指标体系信息）。",
        "请用 rubric-sheets new 新建工作簿后填报。",
    ),
    "book-rubric-damaged": (
        "error",
        "“{path}”随带的指标体系已损坏或被改动。",
        "请改用备份（如“{path}.bak”）；没有备份的，请用 rubric-sheets new 重新生成工作簿后填报。",
    ),
    "book-too-new": ("error", "“{path}”由更新版本的工具生成。", "请升级本工具后再试。"),
    "sheet-missing": (
        "error",
        "缺少工作表“{sheet}”，其中 {count} 个单元格无法读取。",
        "请从备份恢复该表，或导出数据后用 new 重新生成工作簿。",
    ),
    "findings-nowhere": (
        "warning",
        "“校验”表找不到了（名称“校验结果”已丢失），校验结果没有写进工作簿。",
        "请从备份恢复该表，或导出数据后用 new 重新生成工作簿；本次的结果见 rubric-sheets check。",
    ),
    "row-outside": (
        "error",
        "“{table}”第 {row} 行填有数据，但在表的范围之外，没有计入汇总。",
        "请在表的各行中间插入一行，把这些数据移过去，再删去原来的行。",
    ),
    "name-lost": (
        "error",
        "“{label}”的单元格找不到了（名称“{name}”已丢失），多半是删除了它所在的行或列。",
        "请从 .bak 备份恢复，或在“公式—名称管理器”中把名称“{name}”重新指向它的单元格。",
    ),
    "formula-lost": (
        "warning",
        "此处原有的公式已被覆盖，计算得分时由程序直接写入结果。",
        "如需自动计算，请从新建的工作簿复制公式。",
    ),
    "formula-broken": (
        "error",
        "“{name}”的公式引用了已删除的单元格：{actual}。本次得分仍按各分项计算，但表内显示 #REF!。",
        "请从相邻行复制公式，或直接填数字。",
    ),
    # -- a click in an open workbook
    "live-busy": (
        "error",
        "表格程序正忙，多半是有单元格还在编辑。",
        "请按 Enter 或 Esc 结束编辑，再点一次按钮。",
    ),
    "live-gone": (
        "error",
        "工作簿或表格程序在计算中途关闭了。",
        "请重新打开工作簿，再点一次按钮。",
    ),
    "live-missing": (
        "error",
        "工作簿里缺少要用的工作表或区域（{detail}）。",
        "请从备份恢复，或用 rubric-sheets new 重新生成工作簿。",
    ),
    "live-no-caller": (
        "error",
        "不知道是哪个工作簿要计算。",
        "请用工作簿里的按钮或“绩效自评”菜单运行。",
    ),
    "live-protected": (
        "error",
        "有单元格受保护，不能写入（{detail}）。",
        "请在“审阅”里撤销工作表或工作簿的保护，再点一次按钮。",
    ),
    "live-sheet-password": (
        "error",
        "工作表“{sheet}”设有保护密码，结果写不进去；未作任何改动。",
        "请先在“审阅”里用密码撤销工作表保护，再点一次按钮。",
    ),
    "live-read-only": (
        "error",
        "“{path}”是以只读方式打开的，结果存不下来；未作任何改动。",
        "请另存为新文件，或以可编辑方式重新打开。",
    ),
    "live-unsaved": (
        "error",
        "“{path}”还没有保存到本机文件夹，不知道新文件该放在哪里。",
        "请先把工作簿保存到本机，再点一次按钮。",
    ),
    "live-nothing-to-undo": (
        "error",
        "没有可还原的计算。",
        "“还原上次计算”只对本机上最近一次“计算得分”有效；工作簿改名或移动后不能还原。",
    ),
    "live-cannot-ask": (
        "error",
        "这个表格程序不能弹出输入框。",
        "请先保存，再在命令行运行：rubric-sheets facts {book} --json > 数据.json，然后运行 rubric-sheets new 指标体系编号 {new} --facts 数据.json。",
    ),
    "live-failed": (
        "error",
        "程序内部出错，没有完成：{detail}。",
        "请点“还原上次计算”，再把“{path}”交给技术人员。",
    ),
    # -- the submission
    "export-blocked": (
        "error",
        "“{path}”有 {count} 处错误未改正，没有生成报送表。",
        "请改正以下各条后再导出；只供内部传阅的，可加 --force 生成草稿。",
    ),
    "export-exists": (
        "error",
        "“{path}”已存在，未覆盖。",
        "请换一个文件名；确要用新的报送表换掉它，请加 --overwrite。",
    ),
    "export-same-file": ("error", "报送表不能写到工作簿“{path}”自己上面。", "请换一个文件名。"),
    "export-no-office": (
        "error",
        "没有找到 LibreOffice，不能生成 PDF。",
        "请安装：sudo apt install {packages}；也可以先导出 .xlsx，再用 Excel 或 WPS 另存为 PDF。",
    ),
    "export-pdf-failed": (
        "error",
        "LibreOffice 没有生成“{path}”：{what}。",
        "请再试一次；也可以先导出 .xlsx，再用表格程序另存为 PDF。",
    ),
    # -- installing the buttons
    "addin-no-excel": (
        "error",
        "这台机器是 {system}，没有能装加载项的 Excel。",
        "请在 Windows 或 macOS 上安装；LibreOffice 请用 rubric-sheets addin install --libreoffice。",
    ),
    "addin-no-libreoffice": (
        "error",
        "在 {system} 上本程序不能连接 LibreOffice。",
        "请改用 Excel：rubric-sheets addin install --excel。",
    ),
    "addin-uno": ("error", "{problem}", "{mend}"),
    "addin-xlwings": (
        "error",
        "运行按钮的 Python（{python}）里没有 xlwings，按钮不能用。",
        '请运行 pip install "rubric-sheets[excel]"，再重新安装。',
    ),
    "addin-unopkg": (
        "error",
        "没有找到 LibreOffice 的扩展安装程序 unopkg。",
        "请安装：sudo apt install libreoffice-calc python3-uno fonts-noto-cjk。",
    ),
    "addin-sudo": (
        "error",
        "现在是 root，而个人文件夹“{home}”是别的用户的，扩展会装错地方；未作任何改动。",
        "请去掉 sudo，由平时使用 LibreOffice 的用户运行。",
    ),
    "addin-office-running": (
        "error",
        "LibreOffice 正在使用配置文件夹“{path}”；未作任何改动。",
        "请退出 LibreOffice，再运行一次。",
    ),
    "addin-locked": (
        "error",
        "LibreOffice 的扩展安装程序正被占用（锁文件“{path}”）；已恢复原状。",
        "请退出 LibreOffice，再运行一次；LibreOffice 并没有运行时，请删除这个锁文件。",
    ),
    "addin-unopkg-failed": (
        "error",
        "LibreOffice 没有接受这次改动：{detail}。已恢复原状。",
        "请退出 LibreOffice，再运行一次。",
    ),
    "addin-write": (
        "error",
        "写不进“{path}”：{detail}。已恢复原状。",
        "请检查磁盘空间和文件夹权限；文件正被占用时请先退出表格程序。",
    ),
    "addin-source": (
        "error",
        "“{path}”不能用来安装。",
        "--from 请指定 rubric-sheets 的 .whl 文件，或带有 pyproject.toml 的源文件夹。",
    ),
    "addin-source-gone": (
        "error",
        "安装本程序时所用的“{path}”已经不在了。",
        "请用 --from 指定 rubric-sheets 的 .whl 文件或源文件夹。",
    ),
    "addin-venv": (
        "error",
        "建不成专用的 Python 环境：{detail}。已恢复原状。",
        "请核对 Python 是否完整（要有 venv 和 pip），再运行一次。",
    ),
    "addin-pip": (
        "error",
        "没有装成 {source}：{detail}。已恢复原状。",
        "请检查网络后再运行一次；没有网络时用 --from 指定 .whl 文件。",
    ),
    "addin-excel": (
        "error",
        "xlwings 加载项没有装进 Excel：{detail}。已恢复原状。",
        "请确认装有 Excel，并退出 Excel，再运行一次。",
    ),
    "addin-busy": (
        "error",
        "“{path}”不能恢复原状：{detail}；其余改动都记着，没有丢。",
        "请退出 Excel，再运行 rubric-sheets addin uninstall。",
    ),
    "addin-manifest": (
        "error",
        "安装记录“{path}”读不出来：{detail}。",
        "请把它移走，再运行 rubric-sheets addin install。",
    ),
    # -- cells: what a cell holds instead of what it should
    "cell-text": (
        "error",
        "“{name}”填的是“{actual}”，应为{expected}。",
        "请改为数字；确不适用填“不适用”。",
    ),
    "cell-left-out-word": (
        "error",
        "“{name}”填的是“{actual}”，应为{expected}。",
        "确不适用请改填“不适用”三个字；否则请改为数字。",
    ),
    "cell-text-number": (
        "error",
        "“{name}”填的“{actual}”是文字，应为{expected}。",
        "请改为 {suggestion}（半角数字，不带单位和千分位）。",
    ),
    "cell-blank-word": (
        "error",
        "“{name}”填的是“{actual}”，分不清是零、空白还是不适用。",
        "确实为零填 0；确不适用填“不适用”；尚不清楚请留空。",
    ),
    "cell-error": ("error", "“{name}”是公式错误 {actual}。", "请改正公式，或直接填{expected}。"),
    "cell-bool": ("error", "“{name}”是逻辑值 {actual}，应为{expected}。", "请改为数字。"),
    "cell-date": (
        "error",
        "“{name}”显示为日期（存的数是 {actual}），应为{expected}。",
        "请把单元格格式改为“常规”，再填数字。",
    ),
    "cell-yes-no": (
        "error",
        "“{name}”填的是“{actual}”，应为{expected}。",
        "{hint}请从下拉列表中选，前后不要有空格。",
    ),
    "cell-too-large": (
        "error",
        "“{name}”填的是 {actual}，大得不合情理，应为{expected}。",
        "请核对，是否多按了几位数。",
    ),
    "cell-merged": (
        "error",
        "{names}被合并单元格 {actual} 遮住，填不进数，也看不见。",
        "请选中 {actual}，取消“合并后居中”，再逐格填报。",
    ),
    "cell-negative": ("error", "“{name}”填的是负数 {actual}。", "请核对；此项应{expected}。"),
    "cell-not-whole": ("error", "“{name}”填的是 {actual}，应为{expected}。", "请填整数。"),
    "percent-text": (
        "warning",
        "“{name}”填的“{actual}”是文字，已按 {actual} 计算，但表内公式算不出来。",
        "请改为{expected}。",
    ),
    "percent-ambiguous": (
        "error",
        "“{name}”填的是 {actual}，分不清是不是 {suggestion}。",
        "请填{expected}，如 {suggestion}。",
    ),
    "percent-over": (
        "error",
        "“{name}”填的是 {actual}，大得不合情理，应为{expected}。",
        "请核对后改正。",
    ),
    "formula-no-value": (
        "error",
        "“{name}”是公式（{actual}），文件里没有它的结果。",
        "请用表格程序打开并保存一次，或直接填{expected}。",
    ),
    # -- rubrics
    "rubric-unknown": (
        "error",
        "没有编号为“{id}”的指标体系。",
        "{hint}可用的有：{known}；自备的指标体系请写文件名（.toml 或 .xlsx）。",
    ),
    "rubric-is-folder": (
        "error",
        "“{path}”是文件夹，应为指标体系的编号，或 .toml、.xlsx 文件。",
        "编号请用 rubric-sheets rubric list 查看；自备的指标体系请写到文件名，如“{suggestion}”。",
    ),
    "rubric-circle": (
        "error",
        "指标体系“{id}”的 extends 绕成了圈：{chain}。",
        "请改正其中一个文件的 extends。",
    ),
    "rubric-unreadable": ("error", "指标体系文件“{path}”读不出来：{what}。", "{suggestion}"),
    "form-unknown": ("error", "没有名为“{id}”的填报表版式。", "可用的有：{known}。"),
    "rubric-missing": ("error", "{where}没有填。", "请填{expected}。"),
    "rubric-unknown-field": (
        "error",
        "{where}：没有“{actual}”这一项。",
        "{hint}请删去，或换成：{expected}。",
    ),
    "rubric-type": ("error", "{where}填的是{actual}，应为{expected}。", "请改成{expected}。"),
    "rubric-not-number": (
        "error",
        "{where}填的是“{actual}”，应为数字。",
        "请只填数字，不带单位；百分数只写数字，100 即 100%。",
    ),
    "rubric-choice": (
        "error",
        "{where}填的是“{actual}”，没有这个选项。",
        "{hint}可选：{expected}。",
    ),
    "rubric-text": ("error", "{where}{what}。", "请删短或删去。"),
    "rubric-id": (
        "error",
        "{where}填的是“{actual}”，不能用作编号。",
        "请用小写字母、数字和连字符（最多 60 个），如 staff-control。",
    ),
    "rubric-duplicate": (
        "error",
        "{where}：“{actual}”与{expected}重复。",
        "请改成不同的，或删去其中一个。",
    ),
    "rubric-levels": (
        "error",
        "{where}{what}，应为一至三级，从一级填起，中间不空。",
        "请补填或合并级别。",
    ),
    "rubric-not-positive": ("error", "{where}是 {actual}，应大于 0。", "请填大于 0 的数。"),
    "rubric-weight-both": (
        "error",
        "{where}与“分值”只能填一个。",
        "分值固定的删去分值数据；由单位填报的删去分值。",
    ),
    "rubric-weight-sum": (
        "error",
        "各指标分值合计 {actual}，满分是 {expected}，{what}（合并组只计一次，加分项、扣分项不计）。",
        "请调整分值；满分不是 100 的，请写明{name}。",
    ),
    "rubric-rule-unknown": (
        "error",
        "{where}：没有叫“{actual}”的规则。",
        "{hint}可选：{expected}。",
    ),
    "rubric-parameter-unknown": (
        "error",
        "{where}：“{kind}”规则不用“{actual}”。",
        "{hint}请删去，或换成：{expected}。",
    ),
    "rubric-measure-missing": (
        "error",
        "{where}没有填：“{actual}”规则要有一个比率或数据可量。",
        "请填{expected}。",
    ),
    "rubric-measure-both": ("error", "{where}与“比率”只能填一个。", "请删去其中一个。"),
    "rubric-measure-unused": (
        "warning",
        "{where}用不上：“{actual}”规则不看比率和数据。",
        "请删去，或换一种规则。",
    ),
    "rubric-band-range": (
        "error",
        "{where}填的是“{actual}”：{what}。",
        "请写成 [80,90) 的样子：方括号含端点，圆括号不含，一头不限就空着。",
    ),
    "rubric-band-gap": (
        "error",
        "{where}没有覆盖 {actual}，落在这里的单位算不出得分。",
        "请补一档，或改相邻两档的端点。",
    ),
    "rubric-band-top": (
        "warning",
        "{where}没有覆盖 {actual}，比率超过 100% 时算不出得分。",
        "可能超过 100% 的，请把最高一档写成不封顶，如 [90,)。",
    ),
    "rubric-band-overlap": (
        "error",
        "{where}：{actual} 被{what}重复覆盖。",
        "请改其中一档的端点；同一端点只能有一档含它。",
    ),
    "rubric-points-negative": (
        "error",
        "{where}是 {actual}，得分不能小于 0。",
        "请改为 0 或更大；倒扣请用扣分项。",
    ),
    "rubric-points-over": (
        "error",
        "{where}是 {actual} 分，超过该指标的分值 {expected}。",
        "请改小得分，或改大分值。",
    ),
    "rubric-best-below": (
        "warning",
        "{where}最高只得 {actual} 分，到不了分值 {expected}。",
        "请核对最高一档的得分和该指标的分值。",
    ),
    "rubric-points-sum": (
        "error",
        "{where}各项合计 {actual} 分，该指标的分值是 {expected}。",
        "请改各项分值或指标的分值，使两者相等。",
    ),
    "rubric-no-fallback": (
        "warning",
        "{where}没有兜底的一条：各条都不成立时算不出得分。",
        "请在最后加一条不写条件的（Excel 里写“其余→0”）。",
    ),
    "rubric-unreachable": (
        "error",
        "{where}永远轮不到：它前面有一条没有写条件。",
        "请把不写条件的一条放到最后。",
    ),
    "rubric-grades-order": (
        "error",
        "{where}是 {actual}，应小于上一档的 {expected}。",
        "请按最低分从高到低排列。",
    ),
    "rubric-grades-range": (
        "error",
        "{where}是 {actual}，应在 0 至 100 之间。",
        "等次按百分制定，请改正。",
    ),
    "rubric-grades-zero": (
        "error",
        "{where}最低一档从 {actual} 分起，低于它的总分没有等次。",
        "请把最后一档的最低分改为 0。",
    ),
    "rubric-formula": (
        "error",
        "{where}写的是“{actual}”：{what}。",
        "请改正公式：只用数据名称、数字、+ − × ÷ 和括号；条件用 = < <= > >= 和 且、或。",
    ),
    "rubric-fact-unknown": (
        "error",
        "{where}用到“{actual}”，没有这个数据。",
        "{hint}请改成填报表里的数据名称，或在自有数据里加上它。",
    ),
    "rubric-fact-kind": (
        "error",
        "{where}用到“{actual}”，它是{what}，不能计算。",
        "请换成金额、个数或百分比的数据。",
    ),
    "rubric-ratio-unknown": (
        "error",
        "{where}填的是“{actual}”，没有这个比率。",
        "{hint}请先写出这个比率的公式。",
    ),
    "rubric-ratio-unused": ("warning", "{where}没有指标用到。", "不用的比率可以删去。"),
    "rubric-ratio-in-formula": (
        "error",
        "{where}用到“{actual}”，它是比率；公式里只能写数据名称。",
        "请把“{actual}”的公式写进来，用括号括上。",
    ),
    "rubric-ratio-cycle": (
        "error",
        "{where}经“{actual}”又用到它自己（循环引用）。",
        "公式里只能写数据名称，请把比率换成它的公式。",
    ),
    "rubric-own": (
        "error",
        "{where}填了“是”：只有单位自评、分值固定的指标才能由单位换成自己的。",
        "请删去，或把规则改为{expected}并写明分值。",
    ),
    "rubric-group-unknown": (
        "error",
        "{where}填的是“{actual}”，没有这个合并组。",
        "{hint}请先写出这个组的上限。",
    ),
    "rubric-group-empty": (
        "error",
        "{where}没有成员。",
        "请给成员指标填上这个合并组，或删去这个组。",
    ),
    "rubric-group-cap": (
        "error",
        "{where}的上限 {actual} {what} {expected}。",
        "请改上限或成员的分值。",
    ),
    "rubric-name": (
        "error",
        "{where}“{actual}”不能用作名称：{what}。",
        "请换一个名称，如 预算管理制度_制定。",
    ),
    "rubric-name-taken": (
        "error",
        "{where}“{actual}”已用于{expected}。",
        "请换一个名称，前面可加指标的简称。",
    ),
    "rubric-case-empty": ("error", "{where}没有写应得的结果。", "请填{expected}。"),
    "rubric-case-value": (
        "error",
        "{where}是“{actual}”，应为{what}。",
        "请改正；百分比只写数字，95 即 95%。",
    ),
    "rubric-case-score": (
        "error",
        "{where}写的是 {expected}，按规则是 {actual}：{what}。",
        "规则对的改用例，用例对的改规则。",
    ),
    "rubric-case-status": (
        "error",
        "{where}写的是“{expected}”，按规则是“{actual}”：{what}。",
        "规则对的改用例，用例对的改规则。",
    ),
    "rubric-case-failed": ("error", "{where}算不下去：{what}", "请核对用例里的数据。"),
    # -- rubrics in Excel
    "rubric-sheet-missing": ("error", "缺少工作表“{actual}”。", "{suggestion}"),
    "rubric-cases-missing": ("warning", "缺少工作表“{actual}”，没有验算任何用例。", "{suggestion}"),
    "rubric-heading-missing": (
        "error",
        "找不到表头“{actual}”。",
        "请补上这一列；表头可写：{expected}。",
    ),
    "rubric-heading-unknown": (
        "warning",
        "表头“{actual}”不认识，这一列没有读。",
        "{hint}只供自己看的列请把表头写成“备注”。",
    ),
    "rubric-heading-twice": ("error", "表头“{actual}”出现了两次。", "请删去或改名其中一列。"),
    "rubric-cell-formula": (
        "error",
        "这里是公式“={actual}”，指标体系里不计算公式。",
        "请改填结果；要写比率公式的，前面不要加等号。",
    ),
    "rubric-cell-error": ("error", "这里是错误值 {actual}。", "请改填正确的内容。"),
    "rubric-cell-date": (
        "error",
        "这里是日期，应为文字或数字。",
        "请把单元格格式改为“文本”，再重新填写。",
    ),
    "rubric-cell-list": ("error", "“{actual}”看不懂：{what}。", "请照此格式写：{expected}"),
    "rubric-row-orphan": (
        "error",
        "没有编号为“{actual}”的指标，这一行不知归谁。",
        "{hint}请填“指标”表里的编号。",
    ),
    "rubric-row-unused": (
        "error",
        "指标“{actual}”的规则不用核查项。",
        "请删去这一行，或把它的规则改成“{expected}”。",
    ),
    "rubric-extension": ("error", "指标体系文件“{path}”的扩展名不对。", "请用 .toml 或 .xlsx。"),
    "rubric-form-room": (
        "error",
        "{where}是第 2 个指标，这种填报表除单位自设的指标外只有一个指标的位置，现有 {actual} 个。",
        "请只留一个，其余由单位填在自设指标表里。",
    ),
    "rubric-table-unknown": (
        "error",
        "{where}填的是“{actual}”，填报表里没有这张表。",
        "{hint}请填填报表里的表名。",
    ),
    "rubric-indicator-unknown": (
        "error",
        "{where}里的“{actual}”不是原指标体系里的指标编号。",
        "{hint}请用 rubric-sheets rubric show 查编号。",
    ),
    "rubric-property-unknown": ("error", "没有叫“{actual}”的项。", "{hint}可用的有：{expected}。"),
    "rubric-cell-too-long": (
        "error",
        "{where}写进单元格有 {actual} 个字，超过 Excel 的上限 32767。",
        "请改用 .toml，或删短。",
    ),
    # -- scores
    "measure-over": (
        "warning",
        "“{indicator}”：{what}，超过 {limit}。",
        "得分按满分计，请核对数据是否准确，必要时说明原因。",
    ),
    "target-unclear": (
        "error",
        "“{indicator}”：{what}。",
        "请改写指标值或完成值，或在自评得分栏自行评分并说明原因。",
    ),
    "no-band": (
        "error",
        "“{indicator}”：{what}，不在评分标准的任何一档之内。",
        "请核对数据；数据无误时请指标体系制定者补上这一档。",
    ),
    "no-level": (
        "error",
        "“{indicator}”填的是“{what}”，不是规定的等级。",
        "请从下拉列表中选：{levels}。",
    ),
    # -- cross-checks between cells
    "sum-differs": (
        "error",
        "“{name}”（{row}）填的是 {actual}，而 {parts} = {expected}，相差 {gap}。",
        "请核对合计与分项，改正填错的一处。",
    ),
    "sum-part-blank": (
        "error",
        "“{name}”（{row}）填的是 {actual}，已填分项 {parts} 合计 {expected}，差 {gap}，而“{blank}”为空。",
        "请补填空着的分项；确实为零填 0。",
    ),
    "sum-rounding": (
        "note",
        "“{name}”（{row}）{actual} 与 {parts} = {expected} 相差 {gap}，在四舍五入范围之内（舍入差）。",
        "无需改动。",
    ),
    "total-blank": (
        "error",
        "“{name}”（{row}）为空，而它的分项已填。",
        "请从相邻行复制合计公式，或填入合计数。",
    ),
    "summary-differs": (
        "error",
        "“{name}”汇总填的是 {actual}，各机构相加是 {expected}，相差 {gap}。",
        "请核对汇总行，或恢复其求和公式。",
    ),
    "fact-check": ("error", "{problem}。", "{mend}。"),
    "unit-slip": (
        "warning",
        "“{name}”填的是 {actual} 万元，超过全年收支 {budget} 万元的 20 倍，可能把元填成了万元。",
        "若是元，请改为 {expected}。",
    ),
    "unit-slip-ratio": (
        "warning",
        "“{name}”所用的“{high}”{actual} 与“{low}”{other} 相差近万倍，可能一个是元、一个是万元。",
        "若“{high}”是元，请改为 {expected}。",
    ),
    # -- claims against rules
    "weight-changed": (
        "error",
        "“{name}”的分值被改为 {actual}，指标体系规定 {expected}。",
        "请恢复原分值；确需调整请换用相应的指标体系。",
    ),
    "weight-missing": (
        "warning",
        "“{name}”尚未填写适用分值。",
        "请在分值栏填核定的分值；不涉及的填“不适用”。",
    ),
    "weights-sum": (
        "error",
        "各项分值合计 {actual} 分，应为 {expected} 分。",
        "请调整指标的分值，使合计为 {expected} 分。",
    ),
    "own-weights": (
        "error",
        "“{name}”各项分值合计 {actual} 分，应为 {expected} 分。",
        "请调整这些指标的分值，合计保持 {expected} 分；不用的行分值填 0。",
    ),
    "own-indicators": ("note", "“{name}”的指标或分值由单位自定：{what}。", "报送时请一并说明。"),
    "not-scored": ("warning", "“{name}”：{reason}。", "请补填所缺数据；确不适用填“不适用”。"),
    "not-computable": (
        "error",
        "“{name}”：{reason}。",
        "请核对数据；分母确为零而分子不为零时须说明原因。",
    ),
    "not-judged": (
        "warning",
        "“{name}”由单位自评，尚未填写自评得分。",
        "请在自评得分栏填 0—{weight}。",
    ),
    "claim-outside": (
        "error",
        "“{name}”自评 {actual} 分，超出 {expected} 的范围，不能照此计分。",
        "请改正自评得分。",
    ),
    "claim-not-applicable": (
        "warning",
        "“{name}”不适用（{reason}），自评却得 {actual} 分。",
        "请把自评得分改为“不适用”，该项不计入分母。",
    ),
    "claim-too-high": (
        "error",
        "“{name}”自评 {actual} 分，按评分标准应得 {expected} 分：{reason}。",
        "请改正自评得分，或核对所依据的数据。",
    ),
    "claim-too-low": (
        "warning",
        "“{name}”自评 {actual} 分，按评分标准可得 {expected} 分：{reason}。",
        "请核对；如另有扣分事由，请在其他说明中写明。",
    ),
    "full-without-fact": (
        "warning",
        "“{name}”自评满分 {actual} 分，但没有依据：{reason}。",
        "请补填所缺数据，以便核对。",
    ),
    "claim-without-fact": (
        "warning",
        "“{name}”自评 {actual} 分，但没有依据：{reason}。",
        "请补填所缺数据，以便核对。",
    ),
    "lost-without-reason": (
        "warning",
        "“{name}”自评扣了 {lost} 分，未写扣分原因。",
        "请在其他说明栏写明扣分原因。",
    ),
    "group-over": (
        "error",
        "“{name}”合计自评 {actual} 分，应{expected} 分，已按上限计。",
        "请调低其中的得分。",
    ),
    "subtotal-differs": (
        "error",
        "“{name}”自评小计 {actual} 分，与各项之和 {expected} 分不符。",
        "请核对小计与各项得分。",
    ),
    "subtotal-impossible": (
        "error",
        "“{name}”自评小计 {actual} 分不可能：{what}，小计应{limit} 分。",
        "请改正小计，并补填没有填的自评得分。",
    ),
    "total-differs": (
        "error",
        "自评总分 {actual} 分，与各项之和 {expected} 分不符。",
        "请核对总分与各项得分。",
    ),
    "grade-unknown": ("error", "评价等次“{actual}”不是规定的等次。", "请填：{expected}。"),
    "grade-differs": (
        "error",
        "自评总分 {total} 分应为“{expected}”，填的是“{actual}”。",
        "请改正等次或总分。",
    ),
    "incomplete": (
        "warning",
        "有 {count} 项缺少测算依据，总分 {total} 只按已有得分计算。",
        "补填所缺数据后重新计算。",
    ),
    "rubric-differs": (
        "note",
        "工作簿随带的指标体系与现行发布的“{id}”不同：{what}。本次仍按工作簿随带的评分。",
        "如应使用现行版本，请用 rubric-sheets new 重新生成。",
    ),
    # -- FACTS.json
    "facts-file": (
        "error",
        "数据文件“{path}”有 {count} 处不能用，未作任何改动。",
        "请按以下各条处理后再试。{suggestion}",
    ),
    "facts-not-json": (
        "error",
        "数据文件“{path}”不是可用的 JSON：{what}。",
        "请核对文件内容，编码用 UTF-8。",
    ),
    "facts-shape": (
        "error",
        "数据文件里的“{name}”应为 {expected}。",
        "请对照 rubric-sheets facts --json 的输出改写。",
    ),
    "facts-value": (
        "error",
        "数据文件里的“{name}”是 {actual}，应为{expected}。",
        "请改正；空白写 null。",
    ),
    "facts-unknown": (
        "error",
        "数据文件里的“{name}”不是这套指标体系的数据名称。",
        "{hint}名称要与指标体系里的一字不差。",
    ),
    "facts-other-rubric": (
        "error",
        "数据文件属于指标体系“{actual}”，工作簿用的是“{expected}”。",
        "请换用对应的工作簿或数据文件。",
    ),
    "facts-no-cell": (
        "error",
        "工作簿里找不到“{name}”的单元格，填不进去；未作任何改动。",
        "请用 rubric-sheets check 查看丢失了哪些名称，或用 new 带数据重新生成工作簿。",
    ),
    "facts-one-project": (
        "error",
        "指标体系“{id}”一个工作簿只填一个单位，不能有 projects。",
        "请把数据放在 facts、tables、claims 里。",
    ),
    "facts-projects": (
        "error",
        "数据文件有 {count} 个项目，工作簿里有 {room} 个。",
        "请用 rubric-sheets new 带数据新建。",
    ),
    "facts-too-many-rows": (
        "error",
        "“{table}”要填 {rows} 行，工作簿里只有 {room} 行。",
        "请先在表格程序里于该表末行上方插入行，或用 rubric-sheets new 带数据新建。",
    ),
}
