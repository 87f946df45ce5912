"""From standings to figures: values and words for `tracker.pages.figures`, which draws them."""
