"""Reading TOML with errors that name file and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class MandateError(Exception):
    """A mandate file is not what it must be; the message names file, key and what is wrong."""

    def __init__(self, file: str, key: str, what: str) -> None:
        self.file, self.key, self.what = file, key, what
        super().__init__(f"{file} › {key}：{what}" if key else f"{file}：{what}")


class Entry:
    """A TOML table that knows where it stands and which of its keys nobody asked for."""

    def __init__(self, file: str, path: str, content: object) -> None:
        self.file, self.path = file, path
        if not isinstance(content, Mapping):
            raise MandateError(file, path, "这里应是一张表（[…] 或 {…}）")
        self._content: Mapping[str, Any] = content
        self._asked: set[str] = set()

    def fail(self, key: str, what: str) -> MandateError:
        """The error for one of this entry's keys."""
        return MandateError(self.file, self._below(key), what)

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, kind: type, word: str, default: Any = None) -> Any:
        self._asked.add(key)
        if (value := self._content.get(key, default)) is None:  # TOML has no such value
            raise self.fail(key, "缺少这一项")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(key, f"应是{word}，现为 {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A string; required unless there is a default."""
        return str(self._get(key, str, "文字", default))

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """One of some words; required unless there is a default."""
        word, (*others, last) = self.text(key, default), choices
        if word not in (*others, last):
            raise self.fail(key, f"应是 {'、'.join(others)} 或 {last}，现为 {word!r}")
        return word

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number; required unless there is a default."""
        return int(self._get(key, int, "整数", default))

    def flag(self, key: str) -> bool:
        """A boolean, false where absent."""
        return bool(self._get(key, bool, " true 或 false", default=False))

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(int(value) for value in self._get(key, list, "整数列表"))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty where absent."""
        values = self._get(key, list, "文字列表", [])
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self.fail(f"{key}[{index}]", f"应是文字，现为 {value!r}")
        return tuple(values)

    def entry(self, key: str) -> Entry:
        """A table below this one."""
        return Entry(self.file, self._below(key), self._get(key, Mapping, "一张表"))

    def entries(self, key: str, *, required: bool = True) -> tuple[Entry, ...]:
        """A list of tables."""
        values = self._get(key, list, "表的列表", None if required else [])
        if required and not values:
            raise self.fail(key, "不能是空的")
        path = self._below(key)
        return tuple(Entry(self.file, f"{path}[{index}]", value) for index, value in enumerate(values))

    def named(self) -> Iterator[tuple[str, Entry]]:
        """Every table below this one with its key."""
        for key in self._content:
            yield key, self.entry(key)

    def close(self) -> None:
        """Raise if the file says something that nobody reads."""
        for key in self._content:
            if key not in self._asked:
                raise self.fail(key, "不认识这一项")
