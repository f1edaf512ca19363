"""Turn the tree into an installable .deb: PyInstaller folder, pruned, packed by dpkg-deb.

The package carries its own Python and Qt. libstdc++ and libgcc_s stay the system's: bundled ones
are older than what Mesa on newer systems loads. Nothing is stripped: numpy breaks.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
HERE = ROOT / "packaging" / "debian"

DATA = ("resources", "docs/manual", "console/hub/store/migrations")
HIDDEN = (
    "console",
    "widgets",
    "uvicorn",
    "psycopg",
    "psycopg_binary",
    "alembic",
    "sqlalchemy.dialects",
)
LEFT_OUT = (
    "libstdc++.so*",
    "libgcc_s.so*",
    "libQt6Designer*",
    "libQt6Quick3D*",
    "libQt6Graphs*",
    "libQt6Charts*",
    "libQt6DataVisualization*",
    "libQt6Bluetooth*",
    "libQt6Sensors*",
    "libQt6Pdf*",
)


def freeze() -> Path:
    """Return the folder that holds the program and all it loads."""
    arguments = [
        str(ROOT / "main.py"),
        "--name=zhihui",
        "--noconfirm",
        "--log-level=WARN",
        "--onedir",
        f"--workpath={BUILD / 'work'}",
        f"--specpath={BUILD}",
        f"--distpath={BUILD / 'frozen'}",
        f"--paths={ROOT}",
        "--exclude-module=tkinter",
        "--exclude-module=matplotlib",
    ]
    arguments += [f"--add-data={ROOT / path}:{path}" for path in DATA]
    arguments += [f"--collect-submodules={name}" for name in HIDDEN]
    subprocess.run([sys.executable, "-m", "PyInstaller", *arguments], check=True, stdout=sys.stderr)
    folder = BUILD / "frozen" / "zhihui"
    for pattern in LEFT_OUT:
        for path in folder.rglob(pattern):
            path.unlink()
    return folder


def package(folder: Path) -> Path:
    """Return the .deb made of ``folder``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "opt").mkdir(parents=True)
    shutil.move(folder, tree / "opt" / "zhihui")
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = Template((HERE / "control").read_text(encoding="utf-8"))
    places = {
        "control": "DEBIAN/control",
        "postinst": "DEBIAN/postinst",
        "zhihui.desktop": "usr/share/applications/zhihui.desktop",
        "zhihui.apparmor": "etc/apparmor.d/zhihui",
        "zhihui.service": "usr/lib/systemd/system/zhihui-hub.service",
    }
    for name, place in places.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if name == "control":
            target.write_text(control.substitute(version=version, size=size), encoding="utf-8")
        else:
            shutil.copyfile(HERE / name, target)
    (tree / "DEBIAN/postinst").chmod(0o755)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/zhihui").symlink_to("/opt/zhihui/zhihui")
    documents = tree / "usr/share/doc/zhihui"
    documents.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", documents / "copyright")
    shutil.copyfile(ROOT / "docs/dependencies.md", documents / "dependencies.md")
    DIST.mkdir(exist_ok=True)
    target = DIST / f"zhihui_{version}_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "--build", tree, target], check=True, stdout=sys.stderr
    )
    return target


def main() -> int:
    target = package(freeze())
    sys.stdout.write(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1e6:.0f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
