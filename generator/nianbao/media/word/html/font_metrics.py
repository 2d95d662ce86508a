"""What the converter asks of fonts; who calls it knows what is installed."""

from __future__ import annotations

from typing import Protocol

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Faces(Protocol):
    """Fonts by the name a document asks for."""

    def metrics(self, family: str) -> tuple[float, float, float]:
        """Ascent, descent and line gap, in em."""

    def width(self, text: str, family: str) -> float | None:
        """How wide letters are, in em; None where that cannot be had."""

    def outline(self, text: str, family: str) -> tuple[str, Box] | None:
        """Letters as one SVG path in em, y upwards, and the box they fill; None where they cannot be had."""


class Unknown:
    """Nothing is known of any font."""

    def metrics(self, family: str) -> tuple[float, float, float]:
        """The metrics of an ordinary Chinese font."""
        return (0.88, 0.12, 0.1)

    def width(self, text: str, family: str) -> None:
        """No width."""
        return

    def outline(self, text: str, family: str) -> None:
        """No outline."""
        return
