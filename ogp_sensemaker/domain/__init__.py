"""The nouns and the pure rules: no files, no SQL, no Qt, no models."""
