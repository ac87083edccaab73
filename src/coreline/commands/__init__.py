"""The commands, a file each; `coreline.cli` puts them together."""
