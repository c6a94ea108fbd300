"""A study: a set of pictures, what people said of them if anything, and what chosen checkpoints make of both.

    pictures/       which pictures, what is kept of each, what heads say
    findings/       the figures, as `figures.json` has them, and what they say
    figures/        how they are made: agreement with the labels, with intervals
    fit/            heads fitted to the labels
    maps/           the pictures as each checkpoint sees them
    exports/        a subset, and stars
    result_rows.py  one row per picture and checkpoint -> `pictures.csv` and `pictures.parquet`
    report/         `report.html`
    asking.py       the same for people: `models.study`
    study.py        all of it: `run_study`
    command.py      the same from the command line
    contrast.py     one study against another; contrast_command.py the same from the command line

A study's folder, whose `features/` a later run goes on with:

    figures.json  pictures.csv  pictures.parquet  unmatched.csv  report.html  features/  fits/  maps/  subset.csv  xmp/
"""
