"""The log as readers have it: entries in sentences, the filter of every channel, the snapshot."""
