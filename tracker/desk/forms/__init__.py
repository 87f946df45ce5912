"""The forms of the desk: what a person types, as a fact, with each refusal at the field it concerns."""
