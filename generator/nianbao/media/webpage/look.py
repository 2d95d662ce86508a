"""How the web page looks: on a phone, on a desk, on paper. No other file is needed."""

STYLE = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.8; overflow-wrap: break-word;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 1rem 0 2rem; font-size: clamp(1.35rem, 1rem + 2vw, 2rem); line-height: 1.4; text-align: center;
  text-wrap: balance; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.3rem; line-height: 1.5; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
h4, h5 { margin: 1rem 0 .5rem; font-size: 1rem; }
p { margin: .5rem 0; text-indent: 2em; }
.scroll { position: relative; margin: 1rem 0; overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid #1a5fb4; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.45; }
table.wide { min-width: 40rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap;
  clip-path: inset(50%); }
th, td { padding: .35rem .4rem; border: 1px solid #767676; text-align: center; vertical-align: middle; }
th { background: #f3f4f6; font-weight: 600; }
th.label { text-align: left; font-weight: 400; }
td { min-width: 3em; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; text-align: center; }
figure svg { min-width: 34rem; max-width: 100%; height: auto; }
figcaption { font-size: .95rem; font-weight: 600; }
.signed { margin-top: 2.5rem; text-align: right; }
.signed p { text-indent: 0; }
.draft { position: sticky; top: 0; z-index: 1; margin: 0; padding: .4rem; background: #b3261e; color: #fff;
  font-weight: 700; letter-spacing: 1em; text-align: center; text-indent: 1em; }
@media print {
  @page { size: A4; margin: 22mm 18mm; }
  body { font-size: 11pt; line-height: 1.6; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 18pt; }
  h2, h3, h4, h5 { break-after: avoid; }
  p { orphans: 2; widows: 2; }
  .scroll { overflow: visible; }
  table { font-size: 9pt; }
  table.wide { min-width: 0; font-size: 7.5pt; }
  table.short { break-inside: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding: .15rem .2rem; border-color: #000; }
  th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .signed, figure { break-inside: avoid; }
  .charts { break-before: page; }
  figure svg { min-width: 0; }
  .draft { position: fixed; top: 40%; right: 0; left: 0; background: none; color: rgb(179 38 30 / 20%);
    font-size: 90pt; line-height: 1; rotate: -35deg; }
}
"""
