"""The window: a skin over the operations of the command line. Reads through the store, writes through `jobs`."""
