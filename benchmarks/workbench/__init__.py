"""The page of `nianbao serve` beside tables that others make for the browser, and its goals of speed."""
