"""The Python environment of the scripts about PRECIS: .build/precis-venv, made when it is not there.

The versions are pinned so that the same files come out again. unicodedata2 has the Unicode version of the Swift
compiler; take newer ones when that moves on.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / ".build" / "precis-venv"
PACKAGES = ["precis-i18n==1.1.2", "unicodedata2==17.0.0", "idna==3.20"]


def enter():
    """Runs the script again inside the environment, unless it is there already."""
    if pathlib.Path(sys.prefix) == VENV:
        return
    python = VENV / "bin" / "python"
    ready = VENV / "packages"
    if not ready.exists() or ready.read_text() != " ".join(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        ready.write_text(" ".join(PACKAGES))
    os.execv(python, [python, *sys.argv])
