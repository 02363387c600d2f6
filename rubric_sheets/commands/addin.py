"""`addin install|uninstall`: the buttons in LibreOffice (an extension) and in Excel (the xlwings
add-in)."""

from __future__ import annotations

from ..findings.finding import InputError
from .arguments import parser as new_parser

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace

    from pyaddin.setup.machine import Machine


def run(argv: list[str], machine: Machine | None = None) -> int:
    args = _arguments(argv)
    from pyaddin.setup.excel import Excel
    from pyaddin.setup.libreoffice import LibreOffice
    from pyaddin.setup.machine import Machine as ThisMachine

    machine = machine or ThisMachine()
    excel = args.excel or (not args.libreoffice and machine.has_excel)
    libreoffice = args.libreoffice or (not args.excel and not machine.has_excel)
    if excel and not machine.has_excel:
        raise InputError("addin-no-excel", system=machine.system)
    if libreoffice and machine.has_excel:
        raise InputError("addin-no-libreoffice", system=machine.system)
    if not args.excel and not args.libreoffice:
        machine.say(_choice(machine))
    if excel:
        target = Excel(machine, args.source)
        (target.install if args.action == "install" else target.uninstall)(dry=args.dry_run)
    if libreoffice:
        office = LibreOffice(machine, args.profile)
        (office.install if args.action == "install" else office.uninstall)(dry=args.dry_run)
    return 0


def _choice(machine: Machine) -> str:
    if machine.has_excel:
        return f"这台机器是 {machine.system}：只处理 Excel 加载项。"
    return f"这台机器是 {machine.system}，没有 Excel：只处理 LibreOffice 扩展。"


def _arguments(argv: list[str]) -> Namespace:
    parser = new_parser("addin", "把“绩效自评”的按钮装进 LibreOffice 或 Excel，或卸载")
    parser.add_argument(
        "action", choices=("install", "uninstall"), metavar="install|uninstall", help="安装或卸载"
    )
    parser.add_argument("--libreoffice", action="store_true", help="LibreOffice 扩展（Linux）")
    parser.add_argument("--excel", action="store_true", help="Excel 加载项（Windows、macOS）")
    parser.add_argument("--dry-run", action="store_true", help="只说要做哪几步，不作任何改动")
    parser.add_argument(
        "--from",
        dest="source",
        metavar="来源",
        help="Excel：由哪个 .whl 文件或源文件夹安装；默认与正在运行的相同",
    )
    parser.add_argument(
        "--profile", metavar="文件夹", help="LibreOffice：另一个用户配置文件夹；默认是平时所用的"
    )
    return parser.parse_args(argv)
