"""The live formulas of what comes of the scores of a unit's projects; see
`scoring.project_scores`."""

from __future__ import annotations

from ..exact.quantities import NOT_APPLICABLE
from ..places.addresses import letters
from ..rubric.own_figures import (
    AVERAGE,
    BUDGET,
    COLUMNS,
    PROJECT_COUNT,
    SCORE,
    TYPED,
    WEIGHTED,
)

ANY = ">-999999999999"  # every number: other engines know no ISNUMBER of a whole column


def project_formulas(first: int, last: int) -> dict[str, str]:
    """By the names of facts, over these rows; the last one says where to insert more."""
    at, column = {}, 1
    for spec in COLUMNS:
        at[spec["name"]] = f"{letters(column)}{first}:{letters(column)}{last}"
        column += spec["span"]
    score, budget = at[SCORE], at[BUDGET]
    typed = "+".join(f'({at[name]}<>"")' for name in TYPED)
    words = f'COUNTA({score})-COUNT({score})-COUNTIF({score},"{NOT_APPLICABLE}")'
    blank = f'COUNT({score})=0,{words}>0,SUMPRODUCT((({typed})>0)*({score}=""))>0'
    both = f'COUNTIFS({score},"{ANY}",{budget},"{ANY}")'
    unknown = f"{both}<COUNT({score})"
    weight = f'SUMIFS({budget},{score},"{ANY}")'
    return {
        PROJECT_COUNT: f'IF(OR({blank}),"",COUNT({score}))',
        AVERAGE: f'IF(OR({blank}),"",SUM({score})/COUNT({score}))',
        WEIGHTED: f'IF(OR({blank},{unknown}),"",'
        f'IF(ROUND({weight},8)=0,"",SUMPRODUCT({score},{budget})/{weight}))',
    }
