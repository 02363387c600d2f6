.DEFAULT_GOAL := help
PY := .venv/bin/python
DEMO := demo/岳阳2021.xlsx

help: ## 本说明
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup:
	@scripts/setup.sh test

program:
	@scripts/setup.sh program

office:
	@scripts/office.sh

demo: program ## 用真实案例建工作簿、计算得分并显示结果
	@mkdir -p demo && rm -f $(DEMO) $(DEMO).bak
	@.venv/bin/rubric-sheets new yueyang-department $(DEMO) --facts examples/facts/yueyang-2021.json
	@.venv/bin/rubric-sheets score $(DEMO) || [ $$? -eq 1 ]
	@echo && echo "工作簿在 $(CURDIR)/$(DEMO)，可用 Excel、WPS 或 LibreOffice 打开。"

test: setup office ## 运行全部测试
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

soak: setup office ## 长测：凡有长形式的测试都按长的跑（一万个如实填报的单位、写入的每一步出错、两人同时填五百次、随手改两千处……几个小时）
	@SOAK=1 HONEST_UNITS=1700 EDITS=2000 $(PY) -m pytest -q tests/test_honest.py tests/test_promise.py $$(grep -rl SOAK tests --include='test_*.py')

mutants: setup ## 变异测试：把程序一处一处改坏，看测试发现不发现（几个小时，可随时停下）
	@$(PY) -m pip install -q "mutmut>=3.8,<4" && nice .venv/bin/mutmut run

bench: office ## 测速：与 openpyxl、pandas、calamine、各计算引擎、LibreOffice、裸 Python 在同一次运行中比较
	@scripts/setup.sh bench && $(PY) -m benchmarks

lint: setup ## 代码检查
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && $(PY) workbook/build.py --check && $(PY) workbook/report.py --check

workbook: setup ## 由文本重新生成 workbook/评分表.xlsm 和报告的 Word 模板
	@$(PY) workbook/build.py && $(PY) workbook/report.py

oxt: setup ## 生成 LibreOffice 扩展 绩效自评.oxt
	@$(PY) -m pyaddin.extension 绩效自评.oxt

examples: setup office ## 重新生成 examples/ 里的工作簿、报送表和图片
	@$(PY) scripts/examples.py

docs: setup ## 重新生成 docs/ 里由程序产生的部分
	@$(PY) scripts/docs.py

rubrics: setup ## 由文本重新编译发布的指标体系
	@$(PY) -m rubric_sheets.rubric.compiled

.PHONY: help setup program office demo test soak mutants bench lint workbook oxt examples docs rubrics
