"""Metadata stands in pyproject.toml; here only what it cannot say: the macro texts in `workbook/` ship as a package."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["rubric_sheets*", "pyaddin*"]), "rubric_sheets.macros.texts"],
    package_dir={"rubric_sheets.macros.texts": "workbook"},
)
