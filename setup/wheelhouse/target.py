"""What wheels are collected for: a system, a processor and a Python, with its tags and markers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

PYTHONS = ((3, 11), (3, 12), (3, 13))
GLIBC = 28  # the minor version of the oldest C library that all of our wheels for Linux start on


@dataclass(frozen=True)
class System:
    """A system on a processor: what wheels' names call it, and what markers find there."""

    name: str
    platforms: tuple[str, ...]
    markers: dict[str, str]


@dataclass(frozen=True)
class Target:
    """A CPython on a system."""

    system: System
    python: tuple[int, int]

    @property
    def version(self) -> str:
        """The Python's version as pip takes it: 3.11."""
        return ".".join(map(str, self.python))

    @property
    def markers(self) -> dict[str, str]:
        """The environment that markers are evaluated in, without an extra."""
        python = {
            "python_version": self.version,
            "python_full_version": f"{self.version}.0",
            "implementation_version": f"{self.version}.0",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "extra": "",
        }
        return {**python, **self.system.markers}

    def fits(self, wheel: str) -> bool:
        """Whether a wheel of this file name can be installed there."""
        return not self._tags.isdisjoint(parse_wheel_filename(wheel)[3])

    @cached_property
    def _tags(self) -> frozenset[Tag]:
        abi = f"cp{''.join(map(str, self.python))}"
        platforms = self.system.platforms
        tags = set(cpython_tags(self.python, [abi, "abi3", "none"], platforms))
        return frozenset(tags | set(compatible_tags(self.python, abi, platforms)))


def _linux(machine: str) -> System:
    legacy = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
    platforms: list[str] = []
    for minor in range(GLIBC, 4, -1):
        platforms.append(f"manylinux_2_{minor}_{machine}")
        platforms += [f"{legacy[minor]}_{machine}"] if minor in legacy else []
    markers = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
    return System(f"linux-{machine}", tuple(platforms), {**markers, "platform_machine": machine})


WINDOWS = System(
    "windows-x86_64",
    ("win_amd64",),
    {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
)
SYSTEMS = {system.name: system for system in (WINDOWS, _linux("x86_64"), _linux("aarch64"))}
