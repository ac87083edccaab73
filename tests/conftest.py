"""What all tests share: how properties are searched.

The usual run draws the same examples every time, so that a failure anywhere can be repeated
everywhere; `pytest --hypothesis-profile=explore` draws new and more ones.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=28,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore",
    derandomize=False,
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")
