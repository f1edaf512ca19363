"""Turn the tree into an installable .deb: PyInstaller folder, pruned, checked, packed by dpkg-deb.

The package carries its own Python and Qt. What Debian ships stays Debian's: a bundled libstdc++
or libgcc_s is older than what Mesa on newer systems loads, and security fixes reach the system's
OpenSSL. Nothing is stripped: numpy breaks.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
HERE = ROOT / "packaging" / "debian"
LOCK = ROOT / "requirements.lock"

DATA = ("resources", "docs/manual", "console/hub/store/migrations")
"""What the program opens as files below its own folder."""

COLLECTED = ("console", "widgets", "uvicorn", "psycopg", "alembic")
HIDDEN = ("psycopg_binary._psycopg", "psycopg_binary.pq", "logging.config")
UNUSED = (
    *("tkinter", "curses", "readline", "lib2to3", "pydoc_data", "ensurepip", "idlelib"),
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "QuickWidgets", "DBus", "Positioning")),
    *("alembic.testing", "sqlalchemy.testing", "sqlalchemy.ext.mypy", "pyqtgraph.opengl"),
    *(f"sqlalchemy.dialects.{name}" for name in ("mssql", "mysql", "oracle")),
    *("pyqtgraph.examples", "pyqtgraph.flowchart", "matplotlib", "IPython"),
    *(f"scipy.{name}" for name in ("datasets", "odr")),
)
"""Modules that something imports and this program never reaches."""

QT_KEPT = {
    "PySide6/Qt/plugins": (
        "iconengines/libqsvgicon.so",
        *(f"imageformats/libq{name}.so" for name in ("gif", "ico", "jpeg", "svg", "webp")),
        "platforminputcontexts/libcompose*",
        "platforminputcontexts/libibus*",
        *(f"platforms/libq{name}.so" for name in ("offscreen", "wayland", "xcb")),
        "platformthemes/libqxdgdesktopportal.so",
        "tls/libqopensslbackend.so",
        "wayland-*/*",
        "xcbglintegrations/*",
    ),
    "PySide6/Qt/resources": (
        "icudtl.dat",
        "qtwebengine_resources*.pak",
        "v8_context_snapshot.bin",
    ),
    "PySide6/Qt/translations": (
        "qtbase_zh_CN.qm",
        "qtwebengine_locales/en-US.pak",
        "qtwebengine_locales/zh-CN.pak",
    ),
    "cv2/data": (),
}
"""Folders of which only these files are used.

Sound needs no multimedia plugin, only players of files do; so the second FFmpeg stays out.
"""


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
        f"--runtime-hook={ROOT / 'packaging' / 'loader_path.py'}",
    ]
    arguments += [f"--add-data={ROOT / path}:{path}" for path in DATA]
    arguments += [f"--collect-submodules={name}" for name in COLLECTED]
    arguments += [f"--hidden-import={name}" for name in HIDDEN]
    arguments += [f"--exclude-module={name}" for name in (*UNUSED, *sorted(tools()))]
    subprocess.run([sys.executable, "-m", "PyInstaller", *arguments], check=True, stdout=sys.stderr)
    return BUILD / "frozen" / "zhihui"


def carried() -> list[str]:
    """Return the names of the distributions in the lock to run, normalised."""
    pins = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(normal(name) for name in pins)


def normal(name: str) -> str:
    """Return a distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def tools() -> set[str]:
    """Return the top modules that are here only to work on the program."""
    wanted = set(carried())
    return {
        module
        for module, owners in importlib.metadata.packages_distributions().items()
        if module.isidentifier() and not wanted & {normal(owner) for owner in owners}
    }


def prune(folder: Path) -> None:
    """Remove what is collected and never loaded, then the libraries nothing is linked against."""
    inside = folder / "_internal"
    for place, kept in QT_KEPT.items():
        wanted = {path for pattern in kept for path in (inside / place).glob(pattern)}
        for path in [path for path in (inside / place).rglob("*") if not path.is_dir()]:
            if path not in wanted:
                path.unlink()
    for path in inside.glob("lib*.so*"):
        if not path.is_symlink() and not path.name.startswith("libpython"):
            path.unlink()
    libraries = [path for path in inside.rglob("lib*.so*") if loaded_by_others(path)]
    while unneeded := [path for path in libraries if path.name not in needed(inside)]:
        for path in unneeded:
            path.unlink()
        libraries = [path for path in libraries if path.exists()]
    for path in list(inside.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()


def loaded_by_others(path: Path) -> bool:
    """Tell whether a library serves only those linked against it; the rest is loaded by name."""
    module = ".cpython-" in path.name or path.name.endswith(".abi3.so")
    by_name = module or "plugins" in path.parts or path.name.startswith("libpython")
    return not by_name and not path.is_symlink()


def needed(folder: Path) -> set[str]:
    """Return the names of the libraries that the binaries below ``folder`` are linked against."""
    words = ["objdump", "-p", *(str(path) for path in binaries(folder))]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return set(re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE))


def binaries(folder: Path) -> Iterator[Path]:
    """Yield every program and library below ``folder``."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            if file.read(4) == b"\x7fELF":
                yield path


def faults(folder: Path) -> Iterator[str]:
    """Yield what a frozen folder lacks: data files, or libraries nobody would install with it."""
    inside = folder / "_internal"
    for place in DATA:
        for path in (ROOT / place).rglob("*"):
            name = path.relative_to(ROOT)
            if path.is_file() and "__pycache__" not in name.parts and not (inside / name).exists():
                yield f"{name} is not in the build"
    if not list(inside.glob("resources/i18n/*.qm")):
        yield "no translation is in the build"
    control = re.search(r"^Depends: (.*)$", (HERE / "control").read_text("utf-8"), re.MULTILINE)
    depends = set(re.split(r"[,| ]+", control[1] if control else ""))
    foreign = needed(folder) - {path.name for path in inside.rglob("*.so*")}
    owners = system_owners(foreign)
    for library in sorted(foreign):
        if not owners.get(library, set()) & depends:
            yield f"{library} of {owners.get(library) or 'no package'} is no dependency"


def system_owners(libraries: set[str]) -> dict[str, set[str]]:
    """Return which Debian packages of this system bring each library."""
    command = ["dpkg-query", "--search", *(f"*/{library}" for library in libraries)]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    owners: dict[str, set[str]] = {}
    for names, path in re.findall(r"^(.+?): (/\S+)$", told, re.MULTILINE):
        packages = {name.strip().partition(":")[0] for name in names.split(",")}
        owners.setdefault(Path(path).name, set()).update(packages)
    return owners


def write_licences(target: Path) -> None:
    """Copy the licence texts of every distribution that the package carries."""
    about = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
    for name in carried():
        try:
            owner = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # the lock names what other platforms need
        place = target / name
        place.mkdir(parents=True)
        told = owner.metadata.json
        said = told.get("license_expression") or told.get("license") or ""
        (place / "ABOUT").write_text(f"{name} {owner.version}\n{said}\n", encoding="utf-8")
        for file in owner.files or ():
            path = Path(str(owner.locate_file(file)))
            if about.search(file.name) and path.suffix not in {".py", ".pyc"} and path.is_file():
                shutil.copyfile(path, place / str(file).replace("/", "_"))
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.exists():
        (target / "python").mkdir()
        shutil.copyfile(python, target / "python" / "LICENSE.txt")


def package(folder: Path) -> Path:
    """Return the .deb made of ``folder``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "opt").mkdir(parents=True)
    shutil.move(folder, tree / "opt" / "zhihui")
    documents = tree / "usr/share/doc/zhihui"
    documents.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", documents / "copyright")
    shutil.copyfile(ROOT / "docs/dependencies.md", documents / "dependencies.md")
    write_licences(documents / "licences")
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/zhihui").symlink_to("/opt/zhihui/zhihui")
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(path.stat().st_size for path in files) // 1024
    control = Template((HERE / "control").read_text(encoding="utf-8"))
    places = {
        "control": "DEBIAN/control",
        "postinst": "DEBIAN/postinst",
        "postrm": "DEBIAN/postrm",
        "zhihui.desktop": "usr/share/applications/zhihui.desktop",
        "zhihui.apparmor": "usr/share/zhihui/apparmor",
        "zhihui.service": "usr/lib/systemd/system/zhihui-hub.service",
    }
    for name, place in places.items():
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if name == "control":
            target.write_text(control.substitute(version=version, size=size), encoding="utf-8")
        else:
            shutil.copyfile(HERE / name, target)
    for name in ("postinst", "postrm"):
        (tree / "DEBIAN" / name).chmod(0o755)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"zhihui_{version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return target


def main() -> int:
    folder = freeze()
    prune(folder)
    if lacks := list(faults(folder)):
        sys.stderr.writelines(f"{fault}\n" for fault in lacks)
        return 1
    target = package(folder)
    sys.stdout.write(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1e6:.0f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
