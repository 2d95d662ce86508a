"""Templates: packages whose runs hold pieces of Jinja."""

from __future__ import annotations

import re
from functools import partial
from random import Random

from benchmarks.fuzz.mutations.package import in_package
from benchmarks.fuzz.mutations.tree import in_xml

_TEXT = re.compile(rb"(?<=>)[^<>]*(?=</w:t>)")
_TAG = re.compile(rb"\{\{[^<>{}]*\}\}|\{%[^<>{}]*%\}")
_WITHIN = re.compile(rb"(?<=\{\{)[^<>{}]*(?=\}\})")
_PIECES = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ organ", "organ }}", "{{ }}", "{% %}", "{{ none }}",
    "{{ organ.x.y }}", "{% for x in sections %}", "{% for x in range(999999999) %}", "{% endfor %}",
    "{%p for p in sections %}", "{%p endfor %}", "{%tr for r in sections %}", "{%tr endfor %}",
    "{%tc endtc %}", "{% if organ %}", "{% elif %}", "{% else %}", "{% endif %}", "{% set a = organ %}",
    "{% set a = a ~ a %}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'x' %}",
    "{% extends '/etc/passwd' %}", "{% import 'os' as o %}", "{% raw %}", "{% endraw %}", "{% block b %}",
    "{% filter upper %}", "{% call organ() %}", "{% with a=1 %}", "{% autoescape false %}", "{% break %}",
    "{% do x %}", "{{r organ }}", "{{p organ }}", "{%- if 1 -%}", "{%+ if 1 +%}", "{{ '\\ud800' }}",
    "{{ \"</w:t>\" }}", "&lt;w:br/&gt;", "{{ loop.index }}", "{% endset %}",
)  # fmt: skip
_EXPRESSIONS = (
    "''.__class__.__mro__", "organ.__init__", "self", "organ|attr('x')", "organ|nofilter",
    "organ|length|int|float", "9**9**9", "'x'*10**9", "organ*9999999", "range(10**9)|list",
    "organ|center(10**9)", "organ|replace('','x'*9999)", "organ is odd", "(" * 300 + "1" + ")" * 300,
    "-" * 5000 + "1", "[" * 500, "1//0", "1%0", "organ[0][0][0]", "organ|join|map|first", "lipsum()",
    "cycler().next()", "joiner", "namespace(a=1)", "dict(a=1)", "'%s'|format(1,2)", "1 if", "a if b else",
    "organ,organ", "1e999", "9" * 5000, "'{0.__class__}'.format(1)", "organ|tojson", "organ|xmlattr",
    "organ|batch(0)|list", "organ|slice(0)|list", "~", "organ|round", "organ|wordwrap(0)",
    "organ|truncate(-1)", "organ|random", "organ|sort(attribute='x')", "caller()", "super()", "year//0.0",
    "year|string*999", "organ|indent(10**8)", "organ|format(10**9)", "'%999999999d' % 1", "[1]|sum('a')",
    "{1:2}",
)  # fmt: skip


def in_template(random: Random, content: bytes) -> bytes:
    """A package whose texts hold wild tags, and that is spoilt as others are."""
    return in_package(random, content, partial(_in_part))


def _in_part(random: Random, content: bytes) -> bytes:
    if b"</w:t>" not in content or random.random() < 0.3:
        return in_xml(random, content)
    for _ in range(random.randint(1, 3)):
        pattern = random.choice((_TEXT, _TAG, _WITHIN))
        matches = list(pattern.finditer(content))
        if not matches:
            continue
        match = random.choice(matches)
        more = _piece(random, match[0], random.choice(matches)[0], within=pattern is _WITHIN)
        content = content[: match.start()] + more + content[match.end() :]
    return content


def _piece(random: Random, old: bytes, other: bytes, *, within: bool) -> bytes:
    match random.randrange(5):
        case 0:
            return other
        case 1:
            return old * random.choice((2, 300))
        case 2 if len(old) > 1:  # in two runs
            at = random.randrange(len(old))
            return old[:at] + b"</w:t></w:r><w:r><w:t>" + old[at:]
    expression = random.choice(_EXPRESSIONS)
    piece = expression if within else random.choice((random.choice(_PIECES), f"{{{{ {expression} }}}}"))
    piece = piece.replace("&", "&amp;").replace("<", "&lt;")
    return random.choice((b"", old)) + piece.encode() * random.choice((1, 1, 1, 2, 200))
