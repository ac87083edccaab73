"""The pages of a session, one module for each kind of moment."""
