"""The blocks that variants are built from: mixtures, gates, experts, regressors."""
