"""The three ways a wish can fail: a rule says no, the room says no, or the file is damaged. All say what to do."""

from workshop_app.formats import FormatTrouble
from workshop_app.i18n import Language, language


class Word(str):
    """A value of a trouble that is a msgid itself and is put into the reader's language with the sentence."""


class Trouble(Exception):
    """A sentence for a person: a msgid with its values, put into words by `say`."""

    exit_code = 1

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def say(self, lang: Language) -> str:
        """The sentence in a language; values that are a `Word` or a trouble are said in it too, what people typed never is."""
        return lang(self.message).format(**{k: _said(v, lang) for k, v in self.values.items()})

    def __str__(self) -> str:
        return self.say(language("en"))


def _said(value: object, lang: Language) -> object:
    if isinstance(value, Trouble):
        return value.say(lang)
    return lang(value) if isinstance(value, Word) else value


class Refused(Trouble):
    """A rule of the method or of the file stops this; nothing was changed."""


class BadFormat(Refused):
    """A workshop format cannot be used; its trouble says on which line, and what to do."""

    def __init__(self, trouble: FormatTrouble) -> None:
        super().__init__(trouble.message)
        self.trouble = trouble

    def say(self, lang: Language) -> str:
        return self.trouble.words(lang)


class RoomTrouble(Trouble):
    """Disk, port, folder or network: something outside the program must be put right first."""

    exit_code = 3


class DamagedFile(Trouble):
    """The file is not a whole session file of ours; it was left as it is."""

    exit_code = 4
