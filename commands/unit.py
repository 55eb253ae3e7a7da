"""A systemd user unit, by which a working folder is open, or runs are executed, whenever the machine is on: `up --install`, `worker
--install`.

What it is hardened by is what a user's own systemd can do without namespaces: the reader of papers builds its walls from those
itself, and needs them. What the service must know of this environment (`KEPT`) lies in a file of its own, readable by its owner
only, for it may hold a password.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.files import PRIVATE_FILE, write
from staffelstab.isolation import BARE, python_variables
from staffelstab.language import Language
from staffelstab.legible import legible_name
from tasks.environment import BATCH_CERTIFICATES, BATCH_WORKERS, LEDGER

MARK = "# Written by `staffelstab up --install`, removed by `staffelstab up --uninstall`."
MARK_OF_WORKER = MARK.replace("staffelstab up", "staffelstab worker")
LANGUAGE, SERVER = "STAFFELSTAB_LANGUAGE", ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING")
BATCHES = (BATCH_WORKERS, BATCH_CERTIFICATES)
KEPT = (LEDGER, LANGUAGE, *BATCHES, *SERVER)
PATIENCE_SECONDS = 60

_UNIT = """{mark}
[Unit]
Description=Staffelstab: {name}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=:{command}
WorkingDirectory={bare}
{environment}
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=2
SuccessExitStatus=130
KillMode=mixed
TimeoutStopSec=60
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of one working folder, or of what `root` is otherwise, and where what belongs to it lies below the folder of the
    user's configuration. `words`: the command that it keeps running; `kept`: what it is to know of the environment.
    """

    root: Path
    configuration: Path
    words: tuple[str, ...]
    kept: tuple[str, ...] = KEPT
    mark: str = MARK

    @property
    def name(self) -> str:
        """As systemd calls it: readable, and another one for each folder."""
        readable = re.sub(r"[^A-Za-z0-9]+", "-", self.root.name).strip("-")[:40] or "akte"
        kind = "worker-" if self.mark == MARK_OF_WORKER else ""
        return f"staffelstab-{kind}{readable}-{hashlib.sha256(os.fsencode(self.root)).hexdigest()[:8]}.service"

    @property
    def file(self) -> Path:
        """The unit itself."""
        return self.configuration / "systemd" / "user" / self.name

    @property
    def environment(self) -> Path:
        """What the service is to know of the environment."""
        return self.configuration / "staffelstab" / f"{self.name.removesuffix('.service')}.env"

    @property
    def wanted(self) -> Path:
        """The link by which systemd starts it, made by `systemctl enable`."""
        return self.file.parent / "default.target.wants" / self.name

    def is_ours(self) -> bool:
        """Whether there is one, and we have written it."""
        try:
            return self.file.read_text(encoding="utf-8").startswith(self.mark)
        except (FileNotFoundError, UnicodeDecodeError):
            return False


def unit_of(root: Path, environment: Mapping[str, str]) -> Unit:
    """The unit of a working folder for the person whose environment this is."""
    return Unit(root, _configuration(environment), ("up", str(root), "--no-browser"))


def unit_of_installation(file: Path, environment: Mapping[str, str]) -> Unit:
    """That of several plans, as a file says: neither a ledger nor a server of the environment is theirs."""
    return Unit(file, _configuration(environment), ("up", str(file), "--no-browser"), (LANGUAGE, *BATCHES))


def unit_of_worker(
    place: Path, options: tuple[str, ...], environment: Mapping[str, str], *, installation: bool
) -> Unit:
    """That of a worker: for an `installation` here, whose file `place` is, or for the server that the environment names."""
    words, kept = ("worker", *((str(place),) if installation else ()), *options), () if installation else SERVER
    return Unit(place, _configuration(environment), words, (LANGUAGE, *BATCHES, *kept), MARK_OF_WORKER)


def _configuration(environment: Mapping[str, str]) -> Path:
    given = environment.get("XDG_CONFIG_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".config"


def install(unit: Unit, environment: Mapping[str, str], words: Language) -> Iterator[str]:
    """Write it, start it if systemd can be asked here, and say the rest. Raises StaffelstabError before anything is written."""
    if unit.file.exists() and not unit.is_ours():
        raise StaffelstabError("cli.up.unit.foreign", file=str(unit.file))
    kept = {name: environment[name] for name in unit.kept if environment.get(name)}
    text, told = unit_text(unit, kept=bool(kept)), environment_text(kept)
    if kept:
        write(unit.environment, told.encode())
        unit.environment.chmod(PRIVATE_FILE)  # whatever it was before: the same words are not written anew
    else:
        unit.environment.unlink(missing_ok=True)
    write(unit.file, text.encode())
    unit.file.chmod(PRIVATE_FILE)
    yield words.say("cli.up.unit.written", file=legible_name(str(unit.file)))
    if kept:
        yield words.say("cli.up.unit.kept", names=", ".join(kept), file=legible_name(str(unit.environment)))
    commands = (("daemon-reload",), ("enable", unit.name), ("restart", unit.name))
    if systemd_answers():
        for command in commands:
            _systemctl(*command)
        yield words.say("cli.up.unit.started", name=unit.name)
    else:
        yield words.say("cli.up.unit.by_hand")
        yield from (f"  {shlex.join(('systemctl', '--user', *command))}" for command in commands)
    yield words.say("cli.up.unit.linger")


def uninstall(unit: Unit, words: Language) -> Iterator[str]:
    """End it and remove what was written for it, and nothing else."""
    if not unit.is_ours():
        yield words.say(
            "cli.up.unit.foreign_stays" if unit.file.exists() else "cli.up.unit.none", file=legible_name(str(unit.file))
        )
        return
    answers = systemd_answers()
    if answers:
        _systemctl("disable", "--now", unit.name)
    if unit.wanted.is_symlink() and unit.wanted.readlink() in (unit.file, Path("..") / unit.name):
        unit.wanted.unlink()
    unit.file.unlink()
    unit.environment.unlink(missing_ok=True)
    if answers:
        _systemctl("daemon-reload")
    yield words.say("cli.up.unit.removed", name=unit.name)
    if not answers:
        yield words.say("cli.up.unit.end_by_hand", command=shlex.join(("systemctl", "--user", "stop", unit.name)))


def runs_as(unit: Unit, pid: int, processes: Path = Path("/proc")) -> bool:
    """Whether a process is the unit's: systemd keeps those of each unit in a control group called like it."""
    try:
        groups = (processes / str(pid) / "cgroup").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(line.rstrip().endswith(f"/{unit.name}") for line in groups.splitlines())


def unit_text(unit: Unit, *, kept: bool) -> str:
    """The unit file. Raises StaffelstabError if a path cannot stand in one."""
    command = [str(sys.executable), "-P", "-m", "commands.main", *unit.words]
    variables = [f"Environment={_word(f'{name}={value}')}" for name, value in python_variables({}).items()]
    if kept:
        variables.append(f"EnvironmentFile={_below_home(str(unit.environment))}")
    return _UNIT.format(
        mark=unit.mark,
        name=_escaped(unit.root.name),
        command=" ".join(map(_word, command)),
        bare=_below_home(str(BARE)),
        environment="\n".join(variables),
    )


def environment_text(kept: Mapping[str, str]) -> str:
    """The file of the environment, as systemd reads it. Raises StaffelstabError for what cannot stand in one."""
    lines = []
    for name, value in kept.items():
        if not value.isprintable():
            raise StaffelstabError("cli.up.unit.unwritable", what=name)
        quoted = re.sub(r'(["\\$`])', r"\\\1", value)
        lines.append(f'{name}="{quoted}"\n')
    return "".join(lines)


def _word(text: str) -> str:
    """One word of a command or of `Environment=`; below the person's home it is told from there."""
    inner = _below_home(text, lambda part: part.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{inner}"'


def _below_home(path: str, quoted: Callable[[str], str] = str) -> str:
    home = str(Path.home())
    if home != "/" and path.startswith(f"{home}/"):
        return f"%h{quoted(_escaped(path.removeprefix(home)))}"
    return quoted(_escaped(path))


def _escaped(text: str) -> str:
    if not text.isprintable():
        raise StaffelstabError("cli.up.unit.unwritable", what=text)
    return text.replace("%", "%%")


def systemd_answers() -> bool:
    """Whether the person's own systemd can be asked here."""
    try:
        done = subprocess.run(
            ["systemctl", "--user", "show-environment"], capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _systemctl(*command: str) -> None:
    done = subprocess.run(["systemctl", "--user", *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise StaffelstabError("cli.up.unit.failed", command=shlex.join(("systemctl", "--user", *command)))
