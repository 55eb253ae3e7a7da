"""A folder somebody prepared: every file in it that one of our processes might read or import leaves a mark when it is."""

from __future__ import annotations

from pathlib import Path

MODULES = (
    "sitecustomize",
    "usercustomize",
    "prefect",
    "flows",
    "tasks",
    "commands",
    "deployments",
    "staffelstab",
    "msgspec",
    "sqlalchemy",
    "typst",
    "xberg",
    "uvicorn",
    "logging",
)


def hostile_folder(folder: Path, marks: Path) -> Path:
    """The folder, made; what is read or run of it makes a file in `marks`."""
    folder.mkdir()
    marks.mkdir()
    _configuration(folder, marks)
    for name in MODULES:
        mark = f"open({str(marks / name)!r}, 'w').close()\n"
        (folder / f"{name}.py").write_text(mark, encoding="utf-8")
    return folder


def _configuration(folder: Path, marks: Path) -> None:
    """Prefect's own: a logging set-up whose handler is a program, named in each of the places it looks at."""
    for source, named in (("toml", "prefect.toml"), ("project", "pyproject.toml"), ("env", ".env")):
        (folder / f"{source}.yml").write_text(_logging(marks / named), encoding="utf-8")
    (folder / "prefect.toml").write_text('[logging]\nconfig_path = "toml.yml"\n', encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.prefect.logging]\nconfig_path = "project.yml"\n', encoding="utf-8")
    (folder / ".env").write_text("PREFECT_LOGGING_CONFIG_PATH=env.yml\n", encoding="utf-8")
    (folder / "logging.yml").write_text(_logging(marks / "logging.yml"), encoding="utf-8")
    (folder / "prefect.yaml").write_text("deployments: []\n", encoding="utf-8")


def _logging(mark: Path) -> str:
    return f"""version: 1
disable_existing_loggers: false
handlers:
  mark:
    (): subprocess.Popen
    args: [touch, {mark}]
root:
  handlers: [mark]
"""
