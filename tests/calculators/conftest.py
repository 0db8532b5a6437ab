"""Properties are proved without looking at a clock: a busy machine proves them as well."""

from hypothesis import settings

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
