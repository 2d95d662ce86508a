"""Charts drawn: as SVG for pages and for Word, and as PNG for whatever cannot show SVG."""

from nianbao.media.charts.drawing import Drawing, Face, FaceOf, draw, version

__all__ = ["Drawing", "Face", "FaceOf", "draw", "version"]
