"""How is it said? Engine texts are kept as template + values; a door renders them in zh or en."""

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the engine: an English template and the values that fill it."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def render(self, language: Language) -> str:
        """The sentence in `language`; a value that is itself Said or Bilingual follows it."""
        template = self.template
        if language != "en":
            template = _translations(language).gettext(template)
        return template.format(**{name: _shown(value, language) for name, value in self.values})

    def __str__(self) -> str:
        return self.render("en")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that stands in both languages side by side (content, never engine texts)."""

    zh: str
    en: str

    def render(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


Sayable = Said | Bilingual


def say(template: str, **values: object) -> Said:
    """A sentence for a person. `template` is English and is looked up for other languages."""
    return Said(template, tuple(values.items()))


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Said | Bilingual):
        return value.render(language)
    if isinstance(value, tuple | list) and any(isinstance(v, Said | Bilingual) for v in value):
        return ", ".join(str(_shown(v, language)) for v in value)
    return value


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return gettext.translation("zhixing", folder, languages=[language], fallback=True)
