"""Bytecode for what a bot imports, and for nothing else: a container cannot write it at its first start."""

import importlib
import py_compile
import sys

for name in ("bot.app", "bot.commands.cli", "bot.drawing.helper_process"):
    importlib.import_module(name)
for module in list(sys.modules.values()):
    if (path := getattr(module, "__file__", None)) and path.endswith(".py") and path.startswith(sys.prefix):
        py_compile.compile(path, quiet=1)
