"""Floor 4: what people do."""
