"""Mail goes into .eml files or to a real SMTP server."""

import smtplib
import ssl
import stat
from datetime import datetime, timezone
from email import message_from_bytes, policy

import pytest

from actions.mail import Mail, MailUrlError, sender_at
from tests.mail_server import knows
from tests.unit.mail.certificate import self_signed

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=timezone.utc)
HTML = '<p lang="sv">Din kod är 402 117.</p>\n'
MAIL = Mail("maja@example.com", "Din kod för chatten", "Hej,\n\nDin kod är 402 117.\n", "sv", HTML)
SUPPORT = "contact.se@iqos.com"


def _sender(url):
    return sender_at(url, SUPPORT, lambda: NOW)


def _check(letter):
    assert letter["From"] == SUPPORT
    assert letter["To"] == "maja@example.com"
    assert letter["Subject"] == "Din kod för chatten"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "sv"
    assert letter.get_content_type() == "multipart/alternative"
    plain, html = letter.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == MAIL.text
    assert (html.get_content_type(), html.get_content().replace("\r\n", "\n")) == ("text/html", HTML)
    assert letter["Message-ID"].startswith(f"<{MAIL.id}@")


def test_a_mail_becomes_a_file_for_its_owners_eyes(tmp_path):
    _sender(f"file://{tmp_path}/outbox").send(MAIL)

    (file,) = (tmp_path / "outbox").iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    _check(message_from_bytes(file.read_bytes(), policy=policy.default))


def test_a_mail_is_handed_to_an_smtp_server(serve):
    server = serve()
    _sender(server.url).send(MAIL)

    (letter,) = server.letters
    assert letter.recipients == ["maja@example.com"]
    _check(letter.message)


def test_starttls_and_the_password_are_used_where_the_server_offers_them(serve, tmp_path, monkeypatch):
    certificate, key = self_signed(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = serve(tls_context=context, require_starttls=True, authenticator=knows, auth_required=True)

    _sender(f"smtp://bot:pass%3Aword@127.0.0.1:{server.port}?from=chat@example.com").send(MAIL)

    (letter,) = server.letters
    assert letter.encrypted
    assert letter.authenticated
    assert letter.message["From"] == "chat@example.com"


def test_smtps_speaks_tls_from_the_start(serve, tmp_path, monkeypatch):
    certificate, key = self_signed(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = serve(ssl_context=context, authenticator=knows, auth_required=True, auth_require_tls=False)

    _sender(f"smtps://bot:pass%3Aword@127.0.0.1:{server.port}").send(MAIL)

    (letter,) = server.letters
    assert letter.encrypted
    assert letter.authenticated


def test_a_password_is_never_sent_in_the_clear_to_another_machine(serve, monkeypatch):
    server = serve(authenticator=knows, auth_require_tls=False)
    monkeypatch.setattr("actions.mail.senders._LOOPBACK", set())
    with pytest.raises(smtplib.SMTPNotSupportedError):
        _sender(f"smtp://bot:pass%3Aword@127.0.0.1:{server.port}").send(MAIL)
    assert server.letters == []


def test_a_server_with_an_untrusted_certificate_gets_nothing(serve, tmp_path):
    certificate, key = self_signed(tmp_path, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = serve(tls_context=context)

    with pytest.raises(ssl.SSLError):
        _sender(server.url).send(MAIL)
    assert server.letters == []


def test_a_wrong_password_is_an_error_that_may_be_tried_again(serve):
    server = serve(authenticator=knows, auth_require_tls=False)
    with pytest.raises(smtplib.SMTPAuthenticationError):
        _sender(f"smtp://bot:wrong@127.0.0.1:{server.port}").send(MAIL)
    assert server.letters == []


@pytest.mark.parametrize(
    "mail",
    [
        Mail("maja@example.com\r\nBcc: all@example.com", "x", "x", "sv"),
        Mail("maja@example.com", "x\r\nBcc: all@example.com", "x", "sv"),
        Mail("no address", "x", "x", "sv"),
        Mail("maja@example.com, all@example.com", "x", "x", "sv"),
        Mail("maja@example.com", "x\nBcc: all@example.com", "x", "sv"),
        Mail("maja@example.com", "x\x0bBcc: all@example.com\r", "x", "sv"),
        Mail("maja@example.com", "x", "x", "sv", reply_to="maja@example.com\r\nBcc: all@example.com"),
        Mail("maja@example.com", "x", "x", "sv", reply_to="maja@example.com, all@example.com"),
        Mail("maja@example.com", "x", "x", "sv\r\nBcc: all@example.com"),
        Mail("maja@example.com", "x", "x", "sv", id="x@y>\r\nBcc: all@example.com"),
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
