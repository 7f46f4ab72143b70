"""A workbook reckoned anew by LibreOffice, which sees the formulas and none of the values stored beside them.

Installed by `apt-get install --no-install-recommends libreoffice-calc-nogui` (276 MB); without it, its tests are skipped.
"""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

_STORED = re.compile(rb"(</f>|<f[^>]*/>)<v>[^<]*</v>")
_PATIENCE_SECONDS = 240
SOFFICE = shutil.which("soffice")

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice is not installed: apt-get install --no-install-recommends libreoffice-calc-nogui",
)


def recalculate(path: Path, folder: Path) -> Path:
    """A copy in `folder` whose formulas LibreOffice has reckoned; what the file had stored of them is taken out before."""
    assert SOFFICE is not None
    bare, made = folder / "bare", folder / "made"
    bare.mkdir()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(bare / path.name, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _STORED.sub(rb"\1", part) if name.startswith("xl/worksheets/") else part)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made), str(bare / path.name)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
    assert (made / path.name).exists(), done.stdout + done.stderr
    return made / path.name
