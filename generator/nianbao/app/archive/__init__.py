"""The archive: every revision of every report, kept so that it can be proved in ten years.

A folder that needs no database to be read: `<organ>/<year>/r<N>/` with the files and their manifest,
and one ledger over all. Only the index is a database, and only for looking things up.
"""
