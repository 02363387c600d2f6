"""What is wrong with a file, in the words of the catalogue: `ooxml` knows kinds and details only.

Loaded only when something is wrong.
"""

from __future__ import annotations

from ..ooxml.faults import PackageFault
from .finding import InputError, Words
from .system_errors import words

# For {what} of the file-* codes, by detail.
WHAT: dict[str, str] = {
    # not a zip package at all
    "kind-xls": "是 97-2003 格式（.xls）的工作簿，只是换了扩展名",
    "kind-csv": "是逗号或制表符分隔的文本（CSV），只是换了扩展名",
    "kind-html": "是网页（HTML）格式的表格，多为系统导出，只是换了扩展名",
    "kind-xml": "是 XML 文本，不是 .xlsx",
    "kind-rtf": "RTF 文档",
    "kind-json": "JSON 数据文件（填报数据请用 --facts 给出）",
    "kind-text": "纯文本",
    "kind-pdf": "PDF 文档",
    "kind-image": "图片",
    "kind-rar": "RAR 或 7z 压缩包（请先解压）",
    "kind-ole": "旧格式的 Office 文件（不是工作簿）",
    "kind-binary": "无法识别的文件",
    "kind-special": "设备或管道",
    # zip packages that are no .xlsx
    "kind-xlsb": "是二进制工作簿（.xlsb）",
    "kind-ods": "是 ODF 电子表格（.ods）",
    "kind-odt": "ODF 文档",
    "kind-docx": "Word 文档",
    "kind-pptx": "PowerPoint 演示文稿",
    "kind-zip": "普通压缩包（如内有工作簿，请先解压）",
    # packages that cannot be read
    "zip-zeros": "内容全是零，可能是断电或网盘同步未完成",
    "zip-no-end": "文件末尾缺失，可能没有下载或复制完",
    "zip-directory": "压缩包目录有误",
    "zip-entry": "其中“{part}”的压缩记录有误",
    "zip-overlap": "其中“{part}”与别的内容重叠",
    "zip-name": "其中有非法的文件名“{part}”",
    "zip-duplicate": "其中“{part}”出现了两次",
    "zip-data": "其中“{part}”无法解压",
    "zip-checksum": "其中“{part}”的校验码不符",
    "zip-missing": "其中缺少“{part}”",
    "zip-password": "压缩包带有密码",
    "zip-method": "“{part}”用了不支持的压缩方法",
    "size-file": "文件有 {size} MB，上限为 {limit} MB",
    "size-part": "“{part}”解压后超过 {limit} MB",
    "size-total": "全部内容解压后超过 {limit} MB",
    "size-entries": "内含 {size} 个部件，上限为 {limit} 个",
    "size-ratio": "“{part}”的压缩比异常，疑似恶意文件",
    # XML that the small reader refuses
    "xml-encoding": "“{part}”的编码不是 UTF-8",
    "xml-doctype": "“{part}”含有 DOCTYPE 声明",
    "xml-cdata": "“{part}”含有 CDATA，或值中夹有注释",
    "xml-instruction": "“{part}”含有处理指令",
    "xml-entity": "“{part}”含有未知的实体",
    "xml-prefix": "“{part}”的元素带有命名空间前缀",
    "xml-root": "“{part}”的根元素不对",
    "xml-cut": "“{part}”的内容中断",
    "xml-form": "“{part}”的内容有误",
    "cell-twice": "“{part}”中有重复或写法异常的单元格地址",
    "cell-order": "“{part}”中的行没有按顺序排列",
    "cell-string": "“{part}”的单元格 {cell} 指向不存在的共享文字",
    "formula-shared": "工作表“{sheet}”的 {cell} 是一组共享公式或数组公式的首格，不能只改这一格",
    # writing
    "write-folder": "所在文件夹不存在",
}

# For {who} of file-locked: who holds a workbook open, and who of several is named.
HOLDERS: dict[str, str] = {
    "office": " Excel 或 WPS ",
    "libreoffice": " LibreOffice ",
    "windows": "别的程序",
}


def in_words(fault: PackageFault) -> InputError:
    """The error for a person."""
    code, params = f"file-{fault.kind}", fault.params
    if fault.kind == "locked":
        who, user = HOLDERS[fault.detail], params["user"]
        named = f"{who.rstrip()}（{user}）" if user else who
        return InputError(code, path=fault.path, who=named, lock=params["lock"])
    if fault.detail == "system":
        spare = {name: params[name] for name in ("spare",) if name in params}
        return InputError(code, path=fault.path, what=words(params["error"]), **spare)
    if fault.detail:
        return InputError(code, path=fault.path, what=WHAT[fault.detail].format_map(Words(params)))
    return InputError(code, path=fault.path)


class border:
    """What is wrong with a file inside of `with border():` is said to people outside of it."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if isinstance(error, PackageFault):
            raise in_words(error) from None
