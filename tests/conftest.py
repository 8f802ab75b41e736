"""What all tests share: no deadline for a drawn example, since the machine may be busy."""

from hypothesis import settings

settings.register_profile("zhixing", deadline=None)
settings.load_profile("zhixing")
