"""How near a file's heading is to what layouts call a field: the words, their pinyin initials, parts of them."""

from collections.abc import Iterator
from functools import lru_cache

from hub_intake.domain.sources import FieldSpec, SourceSpec
from hub_intake.mapping.concepts import concept_key
from hub_intake.mapping.headings import LEVEL, heading_key

EXACT = 1.0
_WEAK = 0.5
_FULL_PINYIN, _INITIALS, _SHORT_INITIALS, _WEAK_INITIALS = 0.92, 0.88, 0.74, 0.4
# Among equal headings the more usual one of a field wins, by this much a place.
_RANK_STEP, _WEAK_STEP = 0.003, 0.01
_ENDS, _ENDS_SHORT, _BEGINS, _HOLDS, _PART_OF = 0.72, 0.6, 0.4, 0.42, 0.44
_INITIALS_END = 0.5
_ALIKE_FROM, _ALIKE = 0.6, 0.55
# Same characters in another order (托班开设, 开设托班); a synonym in the heading (时间, 日期); near a weak heading.
_SCRAMBLED, _OTHER_WORDS, _WEAK_NEAR = 0.75, 0.12, 0.7
# 日期 says little by itself and less where something else stands before it (消防验收日期).
_WEAK_WITHIN = 0.4


class HeadingIndex:
    """The headings of one register's fields, made ready to be compared with."""

    def __init__(self, spec: SourceSpec) -> None:
        self._exact: dict[str, dict[str, float]] = {}
        self._pinyin: dict[str, dict[str, float]] = {}
        self._words: dict[str, set[tuple[str, str, float]]] = {}  # a pair of characters → words with it, and fields
        for each in spec.fields:
            self._add(each)

    def scores(self, heading: str) -> dict[str, float]:
        """Field → how well the heading names it, above 0 and up to 1; fields it does not name are left out."""
        best: dict[str, float] = {}
        for key, weight in _variants(heading):
            for name, score in self._scores_of(key).items():
                best[name] = max(best.get(name, 0.0), score * weight)
        return best

    def _add(self, each: FieldSpec) -> None:
        for rank, heading in enumerate(each.headings):
            self._add_heading(heading_key(heading), each.name, EXACT - min(rank * _RANK_STEP, 0.1), 1.0)
        for rank, heading in enumerate(each.weak_headings):
            self._add_heading(heading_key(heading), each.name, _WEAK - min(rank * _WEAK_STEP, 0.1), _WEAK_NEAR)

    def _add_heading(self, key: str, name: str, score: float, near: float) -> None:
        self._note(self._exact, key, name, score)
        if key.isascii():
            return
        concept = concept_key(key)
        if concept != key:
            self._note(self._exact, concept, name, score - _OTHER_WORDS)
        for pair in _pairs(concept):
            self._words.setdefault(pair, set()).add((concept, name, near))

    @staticmethod
    def _note(index: dict[str, dict[str, float]], key: str, name: str, score: float) -> None:
        fields = index.setdefault(key, {})
        fields[name] = max(fields.get(name, 0.0), score)

    def _scores_of(self, key: str) -> dict[str, float]:
        if key.isascii():
            return self._ascii_scores(key)
        found = dict(self._exact.get(key, {}))
        concept = concept_key(key)
        if concept != key:
            for name, score in self._exact.get(concept, {}).items():
                found[name] = max(found.get(name, 0.0), score - _OTHER_WORDS)
        for word, name, weight in self._akin(concept):
            near = _nearness(concept, word) * weight
            if weight < 1 and word in concept:
                near *= _WEAK_WITHIN
            if near > found.get(name, 0.0):
                found[name] = near
        return found

    def _akin(self, key: str) -> set[tuple[str, str, float]]:
        """Words that share a pair of characters with the heading: no other can be near it."""
        return set().union(*(self._words.get(pair, ()) for pair in _pairs(key)))

    def _ascii_scores(self, key: str) -> dict[str, float]:
        found = dict(self._exact.get(key, {}))
        initials = self._initials()
        for name, score in initials.get(key, {}).items():
            found[name] = max(found.get(name, 0.0), score)
        for start in range(1, len(key) - 2):
            for name in initials.get(key[start:], ()):
                found[name] = max(found.get(name, 0.0), _INITIALS_END)
        return found

    def _initials(self) -> dict[str, dict[str, float]]:
        """Initials and full pinyin of the Chinese headings, made when the first heading in letters is seen."""
        if not self._pinyin:
            for key, fields in self._exact.items():
                if not key.isascii():
                    for name, score in fields.items():
                        self._add_pinyin(key, name, score)
        return self._pinyin

    def _add_pinyin(self, key: str, name: str, score: float) -> None:
        initials, full = _pinyin_of(key)
        strong = score > _WEAK
        rank = EXACT - score if strong else 0.0
        short = _SHORT_INITIALS if len(initials) == 2 else _INITIALS
        if len(initials) > 1:
            self._note(self._pinyin, initials, name, (short if strong else _WEAK_INITIALS) - 2 * rank)
        self._note(self._pinyin, full, name, (_FULL_PINYIN if strong else _WEAK) - rank)


def _variants(heading: str) -> Iterator[tuple[str, float]]:
    """The heading as it is, without its brackets, its levels one by one and joined; each with how far it counts."""
    base = heading.split("#")[0]
    key = heading_key(base)
    yield key, 1.0
    outside, inside = _without_brackets(key)
    if inside:
        yield outside, 0.97
        yield inside, 0.6
    levels = key.split(LEVEL)
    if len(levels) > 1:
        yield "".join(levels), 0.98
        yield levels[-1], 0.8
        yield levels[0], 0.45


def _without_brackets(key: str) -> tuple[str, str]:
    outside, inside, depth = [], [], 0
    for character in key:
        if character in "()":
            depth += 1 if character == "(" else -1
        elif depth > 0:
            inside.append(character)
        else:
            outside.append(character)
    return "".join(outside), "".join(inside)


@lru_cache(maxsize=262_144)
def _nearness(key: str, word: str) -> float:
    """How near a heading is to a word that it is not: Chinese says last what a thing is, so endings count most."""
    if key == word or not key:
        return 0.0
    if len(word) >= 2 and word in key:
        if key.endswith(word):
            return _ENDS if len(word) > 2 else _ENDS_SHORT
        return _BEGINS if key.startswith(word) else _HOLDS
    if len(key) >= 2 and key in word:
        return _PART_OF if word.endswith(key) else _BEGINS
    alike = _alike(key, word)
    return _ALIKE * alike if alike >= _ALIKE_FROM else 0.0


def _alike(key: str, word: str) -> float:
    """The share of character pairs that two texts have in common (Dice), or of characters, which count less."""
    left, right = _pairs(key), _pairs(word)
    pairs = 2 * len(left & right) / max(len(left) + len(right), 1)
    characters = 2 * len(set(key) & set(word)) / max(len(set(key)) + len(set(word)), 1)
    return max(pairs, characters * _SCRAMBLED)


@lru_cache(maxsize=16_384)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) | frozenset(text[-1:])


@lru_cache(maxsize=16_384)
def _pinyin_of(text: str) -> tuple[str, str]:
    """Initials and full pinyin, upper case, of the characters that have any."""
    from pypinyin import Style, lazy_pinyin  # reads its dictionaries, so not before it is needed

    plain = "".join(character for character in text if character.isalnum())
    initials = lazy_pinyin(plain, style=Style.FIRST_LETTER)
    return "".join(initials).upper(), "".join(lazy_pinyin(plain)).upper()
