"""How the weights came about: data, losses, recipes, evaluation and export. The service never imports this package."""
