"""The colours of the tabs: what is filled in, what is read, what is scored."""

from __future__ import annotations

from ..places.names import (
    CARRIED_SHEET,
    DASHBOARD_SHEET,
    FINDINGS_SHEET,
    GUIDE_SHEET,
    SCORE_SHEET,
)

TO_FILL, OTHERS = "#FFD966", "#A6A6A6"
TABS = {
    GUIDE_SHEET: "#70AD47",
    DASHBOARD_SHEET: "#70AD47",
    SCORE_SHEET: "#2E75B6",
    FINDINGS_SHEET: "#C00000",
    CARRIED_SHEET: "#8064A2",
}
