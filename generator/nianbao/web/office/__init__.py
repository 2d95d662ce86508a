"""The office: many organs hand in, one office reviews, sums up, publishes and keeps."""
