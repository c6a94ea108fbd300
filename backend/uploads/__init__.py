"""Many pictures that are sent at once: a form or an archive that goes to disk as it comes, whole or not at all."""
