"""What the buttons call: `RunPython "import pyaddin.ribbon;
pyaddin.ribbon.calculate()"`, one function each."""

from __future__ import annotations

from .session import click


def calculate() -> None:
    """计算得分"""
    from .live.score import score

    click(score)


def check() -> None:
    """检查填报"""
    from .live.score import check

    click(check)


def undo() -> None:
    """还原上次计算"""
    from .live.score import undo

    click(undo)


def import_report() -> None:
    """导入报告"""
    from .live.report import import_report

    click(import_report)


def export() -> None:
    """导出报送表"""
    from .files import export

    click(export)


def change_rubric() -> None:
    """换指标体系"""
    from .files import change_rubric

    click(change_rubric)


def doctor() -> None:
    """自检"""
    from .files import doctor

    click(doctor)
