"""The LibreOffice extension: a menu and a toolbar 绩效自评 in Calc.

`python -m pyaddin.extension OUT.oxt` builds it.

`office/` runs inside LibreOffice; `texts.py` writes the configuration from its table of buttons;
`build.py` packs both; `pyaddin.setup.libreoffice` hands the package to LibreOffice. A component in
Python was chosen over a Basic macro: it can open a pipe of its own for one click, it can wait in a
thread, and no setting for macros concerns it. Its only need is LibreOffice's Python bridge, without
which the project could not reach LibreOffice at all.
"""
