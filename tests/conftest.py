"""What holds for all tests."""

from hypothesis import settings

# No test fails because the machine was busy.
settings.register_profile("newsledger", deadline=None)
settings.load_profile("newsledger")
