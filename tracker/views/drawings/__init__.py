"""From standings to figures: values and words for `tracker.figures`, which draws them."""
