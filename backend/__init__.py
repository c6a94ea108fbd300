"""The service: HTTP around the predictor. It knows photographs and predictions, never a tensor."""

from typing import Final

VERSION: Final = "0.1.0"
