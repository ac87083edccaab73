"""Pictures in, poses out. Importing this package is cheap: MediaPipe is loaded on first use."""

from coreline.vision.estimator import PoseEstimator
from coreline.vision.models import VARIANTS

__all__ = ["VARIANTS", "PoseEstimator"]
