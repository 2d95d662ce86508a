"""How the page of a comparison looks: on a phone, on a desk, on paper. No other file is needed."""

STYLE = """\
:root { color-scheme: light; }
body { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.5rem; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
h3 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
h4 { display: inline; margin: 0; font-size: 1rem; }
.note, small { color: #555; }
.note { margin: .25rem 0; font-size: .92rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
a { color: #174a80; }
.scroll { position: relative; margin: .5rem 0; overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid #1a5fb4; outline-offset: 2px; }
table { min-width: min(100%, 42rem); border-collapse: collapse; font-size: .92rem; line-height: 1.5; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap;
  clip-path: inset(50%); }
th, td { padding: .3rem .5rem; border: 1px solid #8a8a8a; text-align: left; vertical-align: top; }
thead th { background: #f3f4f6; }
td.number { min-width: 4.5rem; text-align: right; font-variant-numeric: tabular-nums; }
td.number small { display: block; }
th.label { position: sticky; left: 0; min-width: 7rem; background: #fff; background-clip: padding-box;
  font-weight: 400; }
th.group { background: #fafafa; }
th.group span { position: sticky; left: .5rem; display: inline-block; max-width: 84vw; }
th.group small { font-weight: 400; }
td.apart { color: #555; background: #f6f6f6; }
.more small, small.more { color: #174a80; }
.less small, small.less { color: #8c1d18; }
.other small, small.other { color: #6b4600; }
details { margin: .75rem 0; }
summary { cursor: pointer; }
.passage { margin: .5rem 0; padding: .25rem .75rem; border-left: 3px solid #8a8a8a; }
.passage b { margin-right: .75em; font-size: .92rem; }
del { background: #fbe3e1; color: #8c1d18; text-decoration: line-through; }
ins { background: #e0f2e4; color: #14532d; text-decoration: underline; text-underline-offset: .2em; }
del::before, del::after, ins::before, ins::after { position: absolute; width: 1px; height: 1px;
  overflow: hidden; white-space: nowrap; clip-path: inset(50%); }
del::before { content: "［删："; }
ins::before { content: "［增："; }
del::after, ins::after { content: "］"; }
.new ins, .dropped del { text-decoration: none; }
figure { margin: 1.5rem 0; text-align: center; }
figure svg { min-width: 34rem; max-width: 100%; height: auto; }
figcaption { font-size: .95rem; font-weight: 600; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  h2, h3, summary { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  td.number, th.label { min-width: 0; }
  th.label, th.group span { position: static; }
  thead { display: table-header-group; }
  tr, figure { break-inside: avoid; }
  tr.group { break-after: avoid; }
  figure svg { min-width: 0; max-height: 85mm; }
  th, td, del, ins { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  @page { margin: 15mm; }
}
"""
