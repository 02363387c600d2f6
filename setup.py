"""Metadata stands in pyproject.toml; here only what it cannot say:
the macro texts in `workbook/` ship as a package."""

from setuptools import find_namespace_packages, setup

OURS = ["rubric_sheets*", "pyaddin*", "xlwings_libreoffice*"]

setup(
    packages=[
        *find_namespace_packages(include=OURS, exclude=["xlwings_libreoffice.tests*"]),
        "rubric_sheets.macros.texts",
    ],
    package_dir={"rubric_sheets.macros.texts": "workbook"},
)
