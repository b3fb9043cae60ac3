"""What an analyst can do: operations (one action each) and jobs (generators of Progress)."""
