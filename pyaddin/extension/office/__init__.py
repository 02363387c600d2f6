"""What runs inside LibreOffice when a menu item of 绩效自评 is chosen.

LibreOffice may bring its own Python, down to 3.8, without any package of ours: nothing here imports
the rest of the project or uses newer syntax. The project's own Python is started as another
process.
"""
