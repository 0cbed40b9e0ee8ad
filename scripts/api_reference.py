"""The API reference: every public name with its docstring, as HTML.

python scripts/api_reference.py FOLDER    any warning is an error
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path
from pkgutil import iter_modules

import pdoc
import pdoc.render

import analyzer

LEFT_OUT = {"analyzer.__main__"}
"""Would start the command."""

PDOC_CANNOT = (
    r"Error parsing type annotation .*Packet\[",  # PyAV's packets take their kind for type checkers only
    r"Error parsing type annotation ForwardRef\(.*__init__",  # types that a dataclass has from one in another module
)


def modules() -> list[str]:
    """The package and all that lies in it; pdoc itself looks into packages below."""
    found = (module.name for module in iter_modules(analyzer.__path__, "analyzer."))
    return ["analyzer", *(name for name in found if name not in LEFT_OUT)]


def write(folder: Path, names: list[str]) -> None:
    """Write the reference of some modules into a folder.

    Raises:
        Warning: a module cannot be loaded, or a name in its docstrings or types cannot be resolved.
    """
    for name in analyzer.__all__:
        setattr(analyzer, name, getattr(analyzer, name))  # they are loaded when first used, and pdoc looks only
    pdoc.render.configure(docformat="google", footer_text="Stridecheck")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # third parties' own, while they are loaded
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        for message in PDOC_CANNOT:
            warnings.filterwarnings("ignore", message)
        pdoc.pdoc(*names, output_directory=folder)


def main() -> int:
    """Write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    write(parser.parse_args().folder, modules())
    return 0


if __name__ == "__main__":
    sys.exit(main())
