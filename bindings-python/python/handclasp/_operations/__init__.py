"""What each operation takes and answers, for both faces."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.
