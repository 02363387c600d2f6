"""The page of an audit, in a real browser: what it shows, what it never does."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import expect

from rubric_sheets.audit.figures import Figures
from rubric_sheets.audit.page import data, writing
from rubric_sheets.audit.store import Store

from ..books import new, run
from ..browsers import Opened, running
from .helpers import audit, folder, unit

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = (
    "<img src=x onerror=hacked=1>",
    "</script><script>hacked=1</script>",
    "</SCRIPT ><svg onload=hacked=1>",
    '"><a href="javascript:hacked=1">x</a>',
    "{script}{data}{style}",
    "<!--<script>",
    "&lt;b&gt; \\u003c ${hacked=1} `",
    "]]>'; hacked=1; //",
    "__proto__",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with running() as one:
        yield one


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[[Path], Opened]]:
    pages: list[Opened] = []

    def open_page(path: Path) -> Opened:
        pages.append(Opened(browser, path))
        pages[-1].page.wait_for_selector("#units tbody tr")
        return pages[-1]

    yield open_page
    for one in pages:
        one.page.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: Any) -> Path:
    """A folder with the page of some workbooks, a submission, a report and what is none."""
    from rubric_sheets.commands.cli import main

    path = tmp_path_factory.mktemp("page")
    books = folder(path / "各单位", 3)
    for name in ("ziyang-2022.xlsx", "yueyang-2021.xlsx", "baojing-2019.xlsx"):
        shutil.copy(ROOT / "examples" / name, books / name)
    shutil.copy(books / "00.xlsx", books / "00 副本 #1 100%.xlsx")
    (books / "坏.xlsx").write_text("x", "utf-8")
    main(["export", str(books / "00.xlsx"), str(books / "报送.xlsx"), "--force"])
    out = ["--out", str(path / "汇总.xlsx"), "--html", str(path / "报告.html")]
    main(["audit", str(books), *out])
    return path


def rows(base: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(base), read_only=True) as store:
        return store.execute(sql).fetchall()


def column(page: Opened, number: int) -> list[str]:
    return page.texts(f"#units > tbody > tr > :nth-child({number})")


def plain(value: Any) -> str:
    return "" if value is None else format(value.normalize(), "f")


def test_it_shows_what_the_store_has(made: Path, opened: Any) -> None:
    page = opened(made / "报告.html")
    known = rows(
        made / "汇总.duckdb",
        "SELECT name, project, claimed, total, errors, file FROM units"
        " WHERE usable AND title IS NOT NULL ORDER BY total DESC, unit",
    )
    assert column(page, 2) == [f"{name}{project or ''}" for name, project, *_ in known]
    assert column(page, 5) == [plain(claimed) for _, _, claimed, *_ in known]
    assert page.page.locator("#units td.total").evaluate_all(
        "all => all.map(one => one.title)"
    ) == [plain(total) for *_, total, _, _ in known]
    assert column(page, 9) == [str(errors) for *_, errors, _ in known]
    assert page.texts("#unread td:first-child") == [str(made / "各单位" / "坏.xlsx")]
    assert page.texts("#handed-in td:first-child") == [str(made / "各单位" / "报送.xlsx")]
    assert "2 份，内容相同" in page.texts("#twice li")[0]
    assert page.texts("#charts strong") == [
        "总分的分布",
        "自评与测算",
        "丢分最多的指标",
        "最常见的问题",
    ]
    bars = page.page.locator("#charts rect.total").evaluate_all(
        "all => all.map(one => Number(one.textContent.match(/(\\d+) 份/)[1]))"
    )
    assert sum(bars) == len([total for *_, total, _, _ in known if total is not None])
    assert page.said == []
    assert page.asked == [(made / "报告.html").as_uri()]


def test_each_link_leads_to_its_file(made: Path, opened: Any) -> None:
    page = opened(made / "报告.html")
    links = page.page.locator("#units a").evaluate_all("all => all.map(one => one.href)")
    named = rows(
        made / "汇总.duckdb",
        "SELECT path FROM units JOIN inputs USING (unit) WHERE title IS NOT NULL AND usable",
    )
    assert sorted(links) == sorted(Path(path).as_uri() for (path,) in named)


def test_a_unit_opened_says_what_check_says(made: Path, opened: Any, capsys: Any) -> None:
    page = opened(made / "报告.html")
    for name in ("yueyang-2021.xlsx", "baojing-2019.xlsx"):
        checked = run(capsys, "check", str(made / "各单位" / name), "--json").json
        row = page.page.locator("#units > tbody > tr", has_text=name)
        row.locator("button.open").click()
        inside = page.page.locator("tr.detail")
        inside.locator("table.scores").wait_for()
        told = inside.locator(".findings li").all_text_contents()
        assert len(told) == len(checked["findings"]) > 0
        for text, one in zip(told, checked["findings"], strict=True):
            assert one["message"] in text
            assert one["fix"] in text
            assert f"{one['sheet']}!{one['cell']}" in text or not one["cell"]
        scores = inside.locator(".scores tbody tr").all()
        for line, one in zip(scores, checked["indicators"], strict=True):
            texts = line.locator("td, th").all_text_contents()
            assert texts[0].startswith(one["levels"][-1])
            assert texts[4] == (one["score"] or "")
            assert texts[7] == one["reason"]
        row.locator("button.open").click()
        assert page.page.locator("tr.detail").count() == 0
    assert page.said == []


def test_filters_and_sorting(made: Path, opened: Any) -> None:
    page = opened(made / "报告.html")
    whole = column(page, 2)
    page.page.fill("[name=text]", "保靖 电子")
    assert len(column(page, 2)) == 1
    assert page.texts("#counts strong")[0] == "1"
    page.page.click("text=全部显示")
    expect(page.page.locator("#units tbody tr")).to_have_count(len(whole))
    page.page.click("[data-name=errors]")
    errors = list(map(int, column(page, 9)))
    assert errors == sorted(errors, reverse=True)
    page.page.click("[data-name=errors]")
    assert list(map(int, column(page, 9))) == sorted(errors)
    assert page.page.get_attribute("th:has([data-name=errors])", "aria-sort") == "ascending"
    most = page.page.locator("#charts .bars button").first
    count = int(re.search(r"(\d+) 份", most.text_content())[1])
    most.click()
    assert len(column(page, 2)) == count < len(whole)
    most = page.page.locator("#charts .bars button").first
    most.press("Enter")
    assert len(column(page, 2)) == len(whole)
    page.page.select_option("[name=found]", "错误")
    assert all(int(text) > 0 for text in column(page, 9))
    page.page.fill("[name=text]", "没有这个单位")
    assert column(page, 2) == []
    assert "没有这样的单位" in page.texts("#shown")[0]
    assert page.said == []


def test_the_map_of_heat(made: Path, opened: Any) -> None:
    """The units of one rubric against its indicators, as the store has them."""
    page = opened(made / "报告.html")
    page.page.click("#view-rates")
    heads = page.texts("#units thead th")
    at = heads.index("社会公众或服务对象满意度") + 1
    shown = dict(zip(column(page, 2), column(page, at), strict=True))
    known = rows(
        made / "汇总.duckdb",
        "SELECT units.name, round(100 * score / weight) FROM merged JOIN units USING (unit)"
        " WHERE rubric = 'yueyang-department' AND merged.name = '社会公众或服务对象满意度'",
    )
    assert shown == {name: str(int(rate)) for name, rate in known}
    assert page.said == []


def test_nothing_from_a_file_is_ever_code(capsys: Any, tmp_path: Path, opened: Any) -> None:
    """Names of units, of files, of projects, what a unit types: all of it is text."""
    books = tmp_path / "夹"
    books.mkdir()
    for number, attack in enumerate(ATTACKS):
        facts = unit(attack, 编制数=10 + number)
        facts["claims"] = {
            **facts["claims"],
            "staff-control": {"自评得分": 1, "说明": attack},
            "grade": attack,
        }
        new(books / f"{number}{attack.replace('/', '∕')}.xlsx", facts)
    (books / "javascript:hacked=1.xlsx").write_text("x", "utf-8")
    out = tmp_path / "<b>报告.html"
    audit(capsys, books, "--out", tmp_path / "s.xlsx", "--html", out)
    page = opened(out)
    assert sorted(column(page, 2)) == sorted(ATTACKS)
    for button in page.page.locator("button.open").all():
        button.click()
    expect(page.page.locator("table.scores")).to_have_count(len(ATTACKS))
    assert page.page.evaluate("typeof hacked") == "undefined"
    assert page.page.locator("#main img, #main script, #main svg[onload]").count() == 0
    links = page.page.locator("a").evaluate_all("all => all.map(one => one.protocol)")
    assert set(links) == {"file:"}
    assert page.said == []
    assert page.asked == [out.as_uri()]


def test_its_policy_holds(made: Path, opened: Any) -> None:
    """Even if something got into the page: no script runs, nobody is called."""
    page = opened(made / "报告.html")
    tried = """async (address) => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = 1";
      document.body.append(script);
      const image = document.createElement("img");
      image.src = address;
      image.setAttribute("onerror", "window.hacked = 1");
      document.body.append(image);
      await new Promise((done) => image.addEventListener("error", done));
      let sent = true;
      try { await fetch(address); } catch { sent = false; }
      return [typeof hacked, sent];
    }"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert page.page.evaluate(tried, address) == ["undefined", False]
        with pytest.raises(BlockingIOError):
            server.accept()
    assert sum("Content Security Policy" in text for text in page.said) >= 4


def test_five_thousand_units(tmp_path: Path, opened: Any, capsys: Any) -> None:
    """Opened without writing more than a screen or two; what is not opened stays packed."""
    audit(capsys, folder(tmp_path / "单位", 5), "--out", tmp_path / "s.csv")
    store = Store.open(str(tmp_path / "s.duckdb"), "program")
    store.base.execute(
        "INSERT INTO inputs SELECT inputs.unit + 5 * n, file, path || n, inside, root, digest || n,"
        " program, run, position + 5 * n, said, replace(more, '单位', '单位' || n)"
        " FROM inputs, range(1, 1000) AS numbers(n)"
    )
    store._list_fresh(list(range(6, 5001)))
    store._fill()
    store.run = 1
    out = tmp_path / "报告.html"
    writing.write(Figures(store), str(out))
    store.close()
    assert out.stat().st_size < 5000 * 1500
    page = opened(out)
    assert page.texts("#counts strong")[0] == "5000"
    assert len(column(page, 2)) == 100
    assert "还有 4900 份" in page.texts("#more")[0]
    page.page.locator("#more").scroll_into_view_if_needed()
    page.page.locator("#units tbody tr").nth(199).wait_for()
    page.page.fill("[name=text]", "第3单位777")
    assert column(page, 2) == ["第3单位777"]
    page.page.click("button.open")
    page.page.wait_for_selector("table.scores")
    assert page.said == []


def test_a_page_cut_short_says_so(made: Path, tmp_path: Path, browser: Any) -> None:
    text = (made / "报告.html").read_text("utf-8")
    cut = re.sub(r'(id="all">.{40})[^<]*', r"\1", text)
    assert cut != text
    (tmp_path / "断.html").write_text(cut, "utf-8")
    page = Opened(browser, tmp_path / "断.html")
    expect(page.page.locator("#said")).to_contain_text("打不开，可能没有存完整")
    page.page.close()


def test_the_same_bytes_each_time(made: Path, tmp_path: Path, capsys: Any) -> None:
    """Whoever judges, and in a second run that judges nothing."""
    before = (made / "报告.html").read_bytes()
    call = (made / "各单位", "--out", made / "汇总.xlsx", "--html", made / "报告.html")
    audit(capsys, *call)
    assert (made / "报告.html").read_bytes() == before
    audit(capsys, *call, "--store", tmp_path / "s.duckdb", "--workers", 2)
    assert (made / "报告.html").read_bytes() == before


def test_links_out_of_the_folder(tmp_path: Path) -> None:
    here = str(tmp_path / "甲")
    assert data._link(str(tmp_path / "乙" / "a?b#c%.xlsx"), "", here) == (
        "./../%E4%B9%99/a%3Fb%23c%25.xlsx"
    )
    assert data._link(str(tmp_path / "a.zip"), "b.xlsx", here) == ""
    assert data._link(str(tmp_path / "�.xlsx"), "", here) == ""


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("别人的.html", "“别人的.html”已存在，未覆盖。"),
        ("报告.txt", "输出文件“报告.txt”的扩展名不对。"),
        ("没有/报告.html", "没有生成“没有/报告.html”"),
        ("夹.html", "“夹.html”是文件夹"),
        ("a.xlsx", "不能写到“a.xlsx”上"),
    ],
)
def test_pages_that_cannot_be_written(
    capsys: Any, tmp_path: Path, monkeypatch: Any, page: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    new(tmp_path / "a.xlsx")
    (tmp_path / "夹.html").mkdir()
    (tmp_path / "别人的.html").write_text("<p>别人的", "utf-8")
    before = json.dumps(sorted(path.name for path in tmp_path.iterdir()))
    outcome = audit(capsys, "a.xlsx", "--out", "汇总.xlsx", "--html", page)
    assert outcome.code == 2
    assert said in outcome.err
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == before
