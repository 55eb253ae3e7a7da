"""The sandbox of the worker process: what it gives up before it reads a stranger's file (memory, network, file system, core dumps).

Each layer is used where the kernel offers it (Linux: unshare, Landlock); the resource limits and the audit hook hold everywhere.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NO_NEW_PRIVS = 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446  # system calls, the same on all newer architectures
_PATH_BENEATH = 1
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read files, read folders
_ALL = (1 << 13) - 1  # everything of Landlock's first version
_FILE_BYTES, _FILES = 256 << 20, 128

_NETWORK = frozenset(
    {"socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
)


def limit_resources(memory: int) -> bool:
    """Address space, size and number of files; no core dump, which would hold a paper's text.

    Whether the memory is limited now: a system may know the limit and not keep it.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _limit(resource.RLIMIT_NOFILE, _FILES)
    return _limit(resource.RLIMIT_AS, memory) and sys.platform == "linux"


def limit_cpu(seconds: int) -> bool:
    """From now on at most `seconds` of processor time; then the kernel ends the process (SIGXCPU). Whether that holds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    except (ValueError, OSError):
        return False
    return True


def _limit(kind: int, most: int) -> bool:
    """Set a limit that cannot be raised again; one that is stricter already stays. Whether one stands."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (most, most))
    except (ValueError, OSError):
        return False
    return True


def leave_network() -> bool:
    """Move into a network namespace without a network; while there is one thread only. False where the kernel refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def refuse_sockets() -> None:
    """The second line: Python code that asks for a socket gets an error. Cannot be undone."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event in _NETWORK:
        raise PermissionError(event)


def confine_files(readable: Iterable[Path], writable: Path) -> bool:
    """From now on only `readable` can be read and only `writable` written (Landlock). False where the kernel has none."""
    libc = ctypes.CDLL(None, use_errno=True)
    rights = struct.pack("=Q", _ALL)
    ruleset = libc.syscall(_LANDLOCK_CREATE, rights, ctypes.c_size_t(len(rights)), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(libc, ruleset, path, _READ)
        _allow(libc, ruleset, writable, _ALL)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        libc.syscall(_LANDLOCK_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, folder), 0)
    finally:
        os.close(folder)
