"""All metadata stands in pyproject.toml; this file lets every pip and setuptools find it."""

from setuptools import setup

setup()
