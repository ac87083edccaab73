"""From the record of a set to numbers, and from numbers to files a person or a machine reads."""
