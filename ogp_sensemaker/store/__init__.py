"""The project file, and the only place with SQL."""
