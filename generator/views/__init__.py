"""What the pages show, derived from the catalogue: joined, worded, sorted, frozen.

Views hold plain text; escaping is the renderers' work. Nothing here reads a clock.
"""

from .lists import (
    AboutView,
    CommitmentsView,
    HomeView,
    SectionView,
    about_view,
    commitments_view,
    home_view,
    section_view,
)
from .matter import LawLine, MatterView, PaperLine, matter_view
from .noon import NoonView, noon_view
from .words import Claim, Context

__all__ = [
    "AboutView",
    "Claim",
    "CommitmentsView",
    "Context",
    "HomeView",
    "LawLine",
    "MatterView",
    "NoonView",
    "PaperLine",
    "SectionView",
    "about_view",
    "commitments_view",
    "home_view",
    "matter_view",
    "noon_view",
    "section_view",
]
