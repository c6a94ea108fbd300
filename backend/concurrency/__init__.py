"""Work side by side, bounded: one worker thread, results made once for all who ask, thread priorities."""
