"""Reports as mail servers and providers write them, about a mail of ours."""

from email.message import EmailMessage
from email.mime.text import MIMEText


def undelivered(mail: EmailMessage, sender: str, *, status: str, action: str = "failed") -> bytes:
    """That the mail could not be delivered, as RFC 3464 has it; `sender` is where it comes back to."""
    fields = f"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; reader@example.org\nAction: {action}\n"
    return _report("delivery-status", f"{fields}Status: {status}\n", mail, to=sender)


def complaint(mail: EmailMessage, sender: str, *, kind: str = "abuse") -> bytes:
    """That its reader calls it spam, as RFC 5965 has it; it is sent to whom the provider knows, and not to `sender`."""
    fields = f"Feedback-Type: {kind}\nUser-Agent: Provider/1.0\nVersion: 1\nOriginal-Mail-From: <{sender}>\n"
    return _report("feedback-report", fields, mail, to="abuse@example.org")


def answer(sender: str) -> bytes:
    """That somebody is on holiday, which is no report."""
    message = MIMEText(f"I am away. You wrote from {sender}. 5.1.1")
    message["To"] = sender
    message["Auto-Submitted"] = "auto-replied"
    return message.as_bytes()


def _report(kind: str, fields: str, mail: EmailMessage, *, to: str) -> bytes:
    headers = "".join(f"{name}: {value}\n" for name, value in mail.items())
    return f"""From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Report
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="part"

--part
Content-Type: text/plain

This is a report.
--part
Content-Type: message/{kind}

{fields}
--part
Content-Type: text/rfc822-headers

{headers}
--part--
""".encode()
