"""The results page, its tables and the leaderboard, written from what was measured of every checkpoint."""
