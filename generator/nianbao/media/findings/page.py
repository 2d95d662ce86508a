"""One page of HTML with the findings of all files, for reading and printing; needs no other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from nianbao.media.findings.found import Found
from nianbao.report import Problem, Severity
from nianbao.report.checks import rules
from nianbao.report.decision import Settled
from nianbao.report.problem import SEPARATOR

TITLE = "年度报告检查结果"
SENTENCE = 12  # characters; what a finding rests on is shown from this length on
STYLE = """\
:root { color-scheme: light; }
body { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.5rem; }
h2 { margin: 2.5rem 0 .25rem; font-size: 1.2rem; }
.file { margin: 0 0 .75rem; color: #555; }
.scroll { overflow-x: auto; }
table { width: 100%; min-width: 44rem; border-collapse: collapse; table-layout: fixed; font-size: .92rem; }
th, td { padding: .4rem .5rem; border: 1px solid #8a8a8a; text-align: left; vertical-align: top; }
th { background: #f3f4f6; white-space: nowrap; }
td.kind { white-space: nowrap; font-weight: 600; }
.error td.kind { background: #fbe3e1; color: #8c1d18; }
.warning td.kind { background: #fdf0d0; color: #6b4600; }
.notice td.kind { background: #e3eefb; color: #174a80; }
.settled td { color: #555; }
small { color: #555; }
col.kind { width: 4.5rem; }
col.where { width: 24%; }
col.mend { width: 24%; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2, tr { break-inside: avoid; }
  thead { display: table-header-group; } .scroll { overflow: visible; } @page { size: A4; margin: 18mm; } }
"""


def write(found: Sequence[Found]) -> str:
    """The page; errors first within each file, what is settled last, with who answers for it and why."""
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{TITLE}</title>",
        f"<style>\n{STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{TITLE}</h1>",
        f"<p>共 {len(found)} 份，{sum(bool(one.open) for one in found)} 份有待处理的问题。</p>",
    ]
    for one in found:
        lines += _file(one)
    return "\n".join((*lines, "</body>", "</html>", ""))


def _file(one: Found) -> Iterator[str]:
    yield "<section>"
    yield f"<h2>{escape(one.title or one.file)}</h2>"
    yield f'<p class="file">{escape(one.file)}：{one.count()}</p>'
    if one.open or one.settled:
        yield '<div class="scroll"><table>'
        yield '<colgroup><col class="kind"><col class="where"><col><col class="mend"></colgroup>'
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("程度", "位置", "问题", "怎样改"))
        yield f"<thead><tr>{heads}</tr></thead>"
        yield "<tbody>"
        order = list(Severity)
        yield from map(_row, sorted(one.open, key=lambda problem: order.index(problem.severity)))
        yield from map(_settled, one.settled)
        yield "</tbody></table></div>"
    yield "</section>"


def _row(problem: Problem) -> str:
    cells = (
        f'<td class="kind">{problem.severity.word}</td>',
        f"<td>{escape(_where(problem))}</td>",
        f"<td>{escape(problem.what)}{_rule(problem)}{_sentences(problem)}</td>",
        f"<td>{escape(problem.mend)}</td>",
    )
    return f'<tr class="{problem.severity.value}" id="{problem.fingerprint}">{"".join(cells)}</tr>'


def _settled(settled: Settled) -> str:
    problem, decision = settled
    why = "，".join(part for part in (decision.who, decision.when) if part)
    cells = (
        '<td class="kind">已核实</td>',
        f"<td>{escape(_where(problem))}</td>",
        f"<td>{escape(problem.what)}{_rule(problem)}</td>",
        f"<td>{escape(decision.why)}（{escape(why)}）</td>",
    )
    return f'<tr class="settled" id="{problem.fingerprint}">{"".join(cells)}</tr>'


def _where(problem: Problem) -> str:
    """The places without the file's name, which stands above the table."""
    name = problem.places[0].file if problem.places else ""
    return problem.where.removeprefix(name).removeprefix(SEPARATOR) or name


def _rule(problem: Problem) -> str:
    known = rules().get(problem.code)
    return f"<br><small>{escape(known.name)}：{escape(known.rule)}</small>" if known else ""


def _sentences(problem: Problem) -> str:
    """The whole sentences that the message only quotes from."""
    said = [one for one in problem.about if len(one) >= SENTENCE and one not in problem.what]
    if not said:
        return ""
    return f"<details><summary>原文</summary>{''.join(f'<p>{escape(one)}</p>' for one in said)}</details>"
