"""Every reader, and the template checker, upon files that somebody has spoilt."""
