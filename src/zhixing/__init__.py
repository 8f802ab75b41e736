"""知行 Zhixing: from a roadmap to an honest verdict."""

__version__ = "0.1.0"
