"""Many clips judged at once: what is asked of each, who judges it, and what is kept of a run.

Nothing is imported here: a process that judges comes by before it imports anything large.
"""
