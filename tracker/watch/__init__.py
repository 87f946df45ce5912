"""The watch: fetch what sources publish without harm, read it, say what was found, and put it before a reviewer.

Fetching, reading and matching know nothing of the database: bytes and options go in, outcomes and findings
come out. Around them, `polling` claims what is due, `asking` is polite to hosts, `captures` keeps what came,
`proposing` compares with the record, and `operating` is what an operator may do.
"""
