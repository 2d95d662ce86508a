"""SVG pictures of a few kilobytes that take for ever to draw, and larger ones that do not."""

from __future__ import annotations

from collections.abc import Iterator

SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HEAD = f'<svg {SPACES} width="100" height="100"'
RECT, CIRCLE, STOP = '<rect width="1" height="1"/>', '<circle r="1"/>', '<stop offset="1"/>'
ENDS = f'<stop offset="0"/>{STOP}'
SHAPE = '<path d="M0 0L1 1L2 2L3 3L4 4"{}/>'


def svg(inner: str, attributes: str = "") -> bytes:
    """A picture of a hundred by a hundred points."""
    return f"{HEAD}{attributes}>{inner}</svg>".encode()


def nest(depth: int, level: str, last: str) -> str:
    """Definitions that each name the one before: `{0}` is its own number, `{1}` that of the one before."""
    return f"<defs>{''.join(level.format(n, n - 1) for n in range(1, depth + 1))}</defs>" + last.format(depth)


def bombs() -> dict[str, bytes]:
    """Pictures that nobody can draw within a reasonable time, or that no viewer can show."""
    uses = '<g id="a{0}">' + '<use href="#a{1}"/>' * 10 + "</g>"
    marks = (
        '<marker id="a{0}">'
        + SHAPE.format(' marker-mid="url(#a{1})" marker-start="url(#a{1})"')
        + "</marker>"
    )
    patterns = '<pattern id="a{0}" width=".1" height=".1"><rect width="9" height="9" fill="url(#a{1})"/>'
    patterns += '<rect width="9" height="9" fill="url(#a{1})" stroke="url(#a{1})"/></pattern>'
    masks = '<mask id="a{0}">' + '<rect width="9" height="9" mask="url(#a{1})"/>' * 5 + "</mask>"
    clips = '<clipPath id="a{0}">' + '<use href="#b" clip-path="url(#a{1})"/>' * 5 + "</clipPath>"
    inherited = '<marker id="m"><g marker-mid="url(#n)">' + SHAPE.format("") * 20 + "</g></marker>"
    many = "".join(f"L{n} {n % 7}" for n in range(2000))
    repeated = '<linearGradient id="a" x2="1e-9" spreadMethod="{}">' + ENDS + "</linearGradient>"
    fill = '<rect width="100" height="100" fill="url(#a)"/>'
    return {
        "uses": svg('<g id="a0"><rect width="1" height="1"/></g>' + nest(9, uses, '<use href="#a{}"/>')),
        "symbols": svg(
            '<symbol id="a0"><rect width="1" height="1"/></symbol>'
            + nest(9, uses.replace("<g", "<symbol").replace("/g>", "/symbol>"), '<use href="#a{}"/>')
        ),
        "markers": svg(nest(12, marks, SHAPE.format(' marker-mid="url(#a{})"'))),
        "markers by style": svg(
            "<style>path { marker-mid: url(#m); marker-start: url(#m) }</style><defs><marker id='m'>"
            f"<rect width='1' height='1'/>{CIRCLE * 90}</marker></defs>" + f'<path d="M0 0{many}"/>'
        ),
        "markers inherited": svg(
            f"<defs>{inherited}<marker id='n'>{RECT * 30}</marker></defs>"
            f'<g style="marker: url(#m)"><path d="M0 0{many[:4000]}"/></g>'
        ),
        "patterns": svg(nest(9, patterns, '<rect width="9" height="9" fill="url(#a{})"/>')),
        "masks": svg(nest(9, masks, '<rect width="9" height="9" mask="url(#a{})"/>')),
        "clips": svg('<rect id="b" width="9" height="9"/>' + nest(9, clips, '<rect clip-path="url(#a{})"/>')),
        "use of itself": svg('<g id="a"><use href="#a"/><use href="#a"/></g>'),
        "marker of itself": svg(
            "<marker id='a'>{0}</marker>{0}".format(SHAPE.format(' marker-mid="url(#a)"'))
        ),
        "pattern of itself": svg(f'<pattern id="a" width="1" height="1">{fill}</pattern>{fill}'),
        "gradients of one another": svg(
            f'<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>{fill}'
        ),
        "gradient repeated": svg(repeated.format("repeat") + fill),
        "gradient reflected": svg(repeated.format("reflect") + fill),
        "gradient turned": svg(
            '<linearGradient id="a" gradientTransform="scale(1e-9)" spreadMethod="repeat"><stop offset="0"/>'
            f'<stop offset="1" stop-color="red"/></linearGradient>{fill}'
        ),
        "rings": svg(
            '<radialGradient id="a" r="1e-8" spreadMethod="repeat"><stop offset="0"/>'
            f'<stop offset="1" stop-color="red"/></radialGradient>{fill}'
        ),
        "stops": svg(f'<linearGradient id="a">{STOP * 50_000}</linearGradient>{fill}'),
        "stops again and again": svg(f'<linearGradient id="a">{STOP * 1_000}</linearGradient>{fill * 1_000}'),
        "dashes": svg('<path stroke="red" stroke-dasharray="1e-7" d="M0 0L100 100"/>'),
        "dash list": svg('<path stroke="red" stroke-dasharray="' + "1 2 " * 500_000 + '" d="M0 0L100 100"/>'),
        "dashes by style": svg(
            "<style>* { stroke-dasharray: 1e-6 1e-6; stroke: red }</style><circle r='40'/>"
        ),
        "letters": svg("<text>" + "字" * 60_000 + "</text>"),
        "large letters": svg('<text font-size="1e9">字</text>'),
        "blur": svg(
            '<filter id="f"><feGaussianBlur stdDeviation="1e6"/></filter><rect filter="url(#f)" width="9"/>'
        ),
        "one long path": svg('<path opacity=".5" d="M0 0 ' + "1 2 " * 700_000 + '"/>'),
        "one long line": svg('<polyline points="' + "1 2 " * 700_000 + '"/>'),
        "elements": svg('<rect width="1" height="1"/>' * 300_000),
        "groups in groups": svg('<g opacity=".5">' * 200 + "<rect/>" + "</g>" * 200),
        "rules": svg("<style>" + "rect, g, svg * { fill: red } " * 4_000 + f"</style>{RECT * 4_000}"),
        "ids": svg(
            "".join(f'<g id="a{n}"><rect width="1" height="1"/></g>' for n in range(4_000))
            + "".join(f'<use href="#a{n}"/>' for n in range(4_000))
        ),
    }


def sound() -> Iterator[tuple[str, bytes]]:
    """Pictures as they come from programs that draw: large ones among them."""
    shapes = "".join(
        f'<rect x="{n % 100}" y="{n // 100}" width="1" height="1" fill="#{n:06x}"/>' for n in range(5_000)
    )
    yield "many shapes", svg(shapes)
    coast = "".join(f"L{n % 97} {n % 89}" for n in range(20_000))
    yield "a map", svg(f'<path fill="none" stroke="black" d="M0 0{coast}"/>')
    glyphs = "".join(f'<g id="g{n}"><path d="M0 0L9 9L0 9z"/></g>' for n in range(100))
    words = "".join(f'<use xlink:href="#g{n % 100}" x="{n % 80}" y="{n // 80}"/>' for n in range(1_500))
    yield "letters as shapes", svg(f"<defs>{glyphs}</defs>{words}")
    arrow = '<marker id="m" orient="auto"><path d="M0 0L3 3L0 6z"/></marker>'
    yield (
        "arrows",
        svg(f"<defs>{arrow}</defs>" + '<path marker-end="url(#m)" stroke="red" d="M0 0L50 50L90 9"/>' * 200),
    )
    hatch = (
        '<pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0L4 4"/></pattern>'
    )
    yield "hatched bars", svg(f"<defs>{hatch}</defs>" + '<rect width="9" height="90" fill="url(#p)"/>' * 20)
    clip = '<clipPath id="c"><rect width="90" height="90"/></clipPath>'
    yield "clipped groups", svg(f"<defs>{clip}</defs>" + f'<g clip-path="url(#c)">{RECT * 40}</g>' * 9)
    soft = '<linearGradient id="a" x2=".2" spreadMethod="reflect">' + ENDS + "</linearGradient>"
    yield "a reflected gradient", svg(f'<defs>{soft}</defs><rect width="90" height="90" fill="url(#a)"/>')
    yield "dashed", svg('<path stroke="red" fill="none" stroke-dasharray="3 2" d="M0 0H90V90H0z"/>' * 40)
    yield "text", svg("".join(f'<text x="1" y="{n}" font-size="12">机关{n}</text>' for n in range(100)))
