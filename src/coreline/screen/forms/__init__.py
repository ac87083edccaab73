"""The pages that are answered with keys or mouse; where the person is on them is kept here."""
