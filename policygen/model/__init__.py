"""What a policy is."""

from policygen.model.facts import Ages, Applies, Fact, Qualified, Statement, Term
from policygen.model.kinds import NONE, Force, Need, Prose, References, Stated, Text, Time, walk
from policygen.model.policy import Policy
from policygen.model.site import SiteSettings

__all__ = [
    "NONE", "Ages", "Applies", "Fact", "Force", "Need", "Policy", "Prose", "Qualified", "References",
    "SiteSettings", "Stated", "Statement", "Term", "Text", "Time", "walk",
]  # fmt: skip
