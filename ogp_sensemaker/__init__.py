"""ogp-sensemaker: makes sense of what people said in a consultation."""

__version__ = "0.1.0"
