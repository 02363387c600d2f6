"""The canonical form of an evaluation, and its code."""

from __future__ import annotations

import json
from fractions import Fraction
from hashlib import sha256
from typing import Any

from ..checks.evaluation import Evaluation
from ..exact.quantities import exact
from ..facts.json_form import dump
from ..facts.model import Value
from ..rubric.model import Rubric, content_hash
from ..rubric.model import canonical as rubric_text

FORMAT = "rubric-sheets-seal-1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter looks like a digit
GROUPS, GROUP = 3, 4  # 60 bits


def code_of(evaluation: Evaluation) -> str:
    """`7K3M-Q2XV-9D4T`."""
    number = int.from_bytes(sha256(canonical(evaluation).encode()).digest()[:8]) >> 4
    signs = [ALPHABET[number >> 5 * place & 31] for place in range(GROUPS * GROUP)][::-1]
    groups = ("".join(signs[at : at + GROUP]) for at in range(0, len(signs), GROUP))
    return "-".join(groups)


def canonical(evaluation: Evaluation) -> str:
    """JSON without blanks, keys in order, numbers as exact decimals in texts."""
    data = {
        "format": FORMAT,
        "rubric": identity(evaluation.rubric),
        "projects": [_project(part) for part in evaluation.projects or (evaluation,)],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def identity(rubric: Rubric) -> str:
    """Which rubric it is, to the letter: `yueyang-department 2021.1 sha256:…`."""
    return f"{rubric['id']} {rubric['version']} sha256:{content_hash(rubric_text(rubric))}"


def _project(evaluation: Evaluation) -> dict[str, Any]:
    held = dump(evaluation.rubric, evaluation.facts)
    card = evaluation.card
    scores = {
        result.spec["id"]: [_text(result.weight), _text(result.claimed), _text(result.score)]
        for result in card.results
    }
    total = [_text(card.raw), _text(card.base), _text(card.total), card.grade]
    return {
        "facts": {name: _plain(value) for name, value in held["facts"].items()},
        "tables": _plain(held["tables"]),
        "claims": _plain(held["claims"]),
        "scores": scores,
        "total": total,
    }


def _text(value: Value) -> str:
    if isinstance(value, Fraction):
        return exact(value)
    return value or ""


def _plain(value: Any) -> Any:
    """Line ends alike, numbers as texts: what another program may store in another way."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value if value is None else str(value)
