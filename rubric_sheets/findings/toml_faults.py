"""Why a TOML file cannot be read, in Chinese: the parser's English reason by its beginning,
and the place."""

from __future__ import annotations

import re

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_REASONS = (
    ("Invalid statement", "这一行看不懂（中文的名称要加英文半角的双引号）"),
    ("Invalid initial character", "名称看不懂（中文的名称要加英文半角的双引号）"),
    ("Expected '=' after", "名称后面缺少等号 ="),
    ("Invalid value", "等号后面的值看不懂（文字要加英文半角的双引号）"),
    ("Expected newline or end", "一行里多写了内容"),
    ("Cannot overwrite", "同一个名称写了两次"),
    ("Duplicate inline table key", "同一个名称写了两次"),
    ("Cannot declare", "同一个 [ ] 写了两次"),
    ("Cannot redefine", "同一个名称写了两次"),
    ("Cannot mutate", "同一个名称写了两次"),
    ("Expected ']", "方括号没有写完整"),
    ("Unclosed array", "方括号 [ 没有对应的 ]"),
    ("Unclosed inline table", "花括号 { 没有对应的 }，或其中缺少逗号"),
    ("Unterminated string", "双引号不成对"),
    ("Expected '", "引号不成对"),
    ("Unescaped '\\'", "引号里的反斜杠要写成两个"),
    ("Invalid hex value", "引号里的反斜杠要写成两个"),
    ("Illegal character", "引号不成对，或有不能用的字符"),
    ("Found invalid character", "有不能用的字符"),
    ("Invalid date", "日期不对（文字要加英文半角的双引号）"),
)


def in_words(problem: Exception) -> tuple[str, str]:
    """(what is wrong, what to do) for anything that reading a TOML file raises."""
    if isinstance(problem, UnicodeDecodeError):
        return "编码不是 UTF-8", "请在“另存为”里把编码选为 UTF-8，再试一次。"
    if isinstance(problem, RecursionError):
        return "括号嵌套过深", "请减少括号的层数。"
    text = str(problem)
    place = _PLACE.search(text)
    reason = text[: place.start()] if place else text
    said = next(
        (words for start, words in _REASONS if reason.startswith(start)),
        f"格式不对（{reason[:80]}）",
    )
    if place is None:
        return said, "请改正后再试。"
    if place[1] is None:
        return f"写到文件末尾还没有完：{said}", "请改正后再试。"
    return f"第 {place[1]} 行第 {place[2]} 列，{said}", "请按提示的行号改正后再试。"
