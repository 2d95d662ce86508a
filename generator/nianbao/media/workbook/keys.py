"""The hidden keys by which a workbook is read, wherever its rows and columns have gone.

A key column holds, beside each row, what the row is: `requests.received`, `organ`.
A key row, marked COLUMNS in the key column, holds what each column is: `natural_person`.
Below a key row with a column `text:overview`, every row is a paragraph, but for those
marked CAPTION. The sheet of findings has a key row of its own, marked FINDINGS, and below it
the findings' fingerprints.
"""

from __future__ import annotations

COLUMNS = "#columns"
CAPTION = "#caption"
TEXT = "text:"
VALUE = "value"
META_SHEET = "_nianbao"
FINDINGS = "#findings"  # marks the key row of the sheet that lists the findings of a check
WHAT, WHO, WHY, WHEN = "what", "who", "why", "when"  # that sheet's columns that are read back
EDITION = "edition"
BALANCE = "勾稽（自动）"  # what stands below a table beside its verdicts; no key, no figure
