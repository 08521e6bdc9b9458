"""Mail goes into .eml files or to a real SMTP server."""

import smtplib
import ssl
import stat
from datetime import datetime, timezone
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from actions.mail import Mail, MailUrlError, sender_at
from tests.api.running import free_port
from tests.unit.mail.certificate import self_signed

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.utc)
MAIL = Mail("maja@example.com", "Din kod för chatten", "Hej,\n\nDin kod är 402 117.\n", "sv")
SUPPORT = "contact.se@iqos.com"


class Letterbox:
    """Keeps what an SMTP server takes."""

    def __init__(self) -> None:
        self.letters: list = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  the name that aiosmtpd calls
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((letter, envelope.rcpt_tos, session.ssl is not None, session.authenticated))
        return "250 taken"


def _knows(server, session, envelope, mechanism, data) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"bot", b"pass:word")
    return AuthResult(success=good, handled=False)


@pytest.fixture
def serve():
    """Starts an SMTP server on a free port of this machine: serve(**options) -> (port, letterbox)."""
    running = []

    def start(**options):
        box = Letterbox()
        controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        return controller.port, box

    yield start
    for controller in running:
        controller.stop()


def _sender(url):
    return sender_at(url, SUPPORT, lambda: NOW)


def _check(letter):
    assert letter["From"] == SUPPORT
    assert letter["To"] == "maja@example.com"
    assert letter["Subject"] == "Din kod för chatten"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == MAIL.text


def test_a_mail_becomes_a_file_for_its_owners_eyes(tmp_path):
    _sender(f"file://{tmp_path}/outbox").send(MAIL)

    (file,) = (tmp_path / "outbox").iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    _check(message_from_bytes(file.read_bytes(), policy=policy.default))


def test_a_mail_is_handed_to_an_smtp_server(serve):
    port, box = serve()
    _sender(f"smtp://127.0.0.1:{port}").send(MAIL)

    ((letter, recipients, _, _),) = box.letters
    assert recipients == ["maja@example.com"]
    _check(letter)


def test_starttls_and_the_password_are_used_where_the_server_offers_them(serve, tmp_path, monkeypatch):
    certificate, key = self_signed(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port, box = serve(tls_context=context, require_starttls=True, authenticator=_knows, auth_required=True)

    _sender(f"smtp://bot:pass%3Aword@127.0.0.1:{port}?from=chat@example.com").send(MAIL)

    ((letter, _, encrypted, authenticated),) = box.letters
    assert encrypted
    assert authenticated
    assert letter["From"] == "chat@example.com"


def test_a_server_with_an_untrusted_certificate_gets_nothing(serve, tmp_path):
    certificate, key = self_signed(tmp_path, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port, box = serve(tls_context=context)

    with pytest.raises(ssl.SSLError):
        _sender(f"smtp://127.0.0.1:{port}").send(MAIL)
    assert box.letters == []


def test_a_wrong_password_is_an_error_that_may_be_tried_again(serve):
    port, box = serve(authenticator=_knows, auth_require_tls=False)
    with pytest.raises(smtplib.SMTPAuthenticationError):
        _sender(f"smtp://bot:wrong@127.0.0.1:{port}").send(MAIL)
    assert box.letters == []


@pytest.mark.parametrize(
    "mail",
    [
        Mail("maja@example.com\r\nBcc: all@example.com", "x", "x", "sv"),
        Mail("maja@example.com", "x\r\nBcc: all@example.com", "x", "sv"),
        Mail("no address", "x", "x", "sv"),
    ],
)
def test_nothing_can_be_written_into_the_headers(tmp_path, mail):
    with pytest.raises(ValueError):
        _sender(f"file://{tmp_path}").send(mail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    ["", "file://", "file://host/folder", "smtp://", "http://x", "smtp://h:0x", "smtp://h:99999", "smtp://h?from=nobody"],
)
def test_an_address_that_cannot_be_used_is_refused_by_name_without_its_password(url):
    with pytest.raises(MailUrlError, match="MAIL_URL"):
        _sender(url)
