"""What may be shown of the record on a day: nothing from later, but where hindsight is asked for."""
