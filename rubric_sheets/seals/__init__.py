"""报送码: a short code that binds a unit's facts, scores and rubric, and tells whether a submission
still says what was handed in. Described in docs/seal.md."""
