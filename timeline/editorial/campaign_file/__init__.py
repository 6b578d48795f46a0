"""The campaign file: all facts of one campaign as JSON that a person can write and review.

    text ──read──▶ data ──load──▶ database ──dump──▶ data ──write──▶ text

docs/campaign-file.md describes the format, `timeline/data/campaign.schema.json` is its schema.
"""

from timeline.editorial.campaign_file.dump import dump
from timeline.editorial.campaign_file.load import Loaded, load
from timeline.editorial.campaign_file.shape import canonical, write
from timeline.editorial.campaign_file.validate import Problem, WrongFile, problems_of, read

__all__ = ["Loaded", "Problem", "WrongFile", "canonical", "dump", "load", "problems_of", "read", "write"]
