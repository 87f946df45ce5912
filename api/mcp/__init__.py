"""The door for agents: the record as a few tools of the Model Context Protocol, each request complete in itself.

No session, no stream, no key. A tool answers with the sentence that can be quoted, the act that is meant, both clocks,
and an address that shows that sentence.
"""
