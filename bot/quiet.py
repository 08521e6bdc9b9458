"""What the libraries log and print: enough for an operator, nothing of what customers write."""

from __future__ import annotations

import logging
import os


def calm_environment() -> None:
    """Before Rasa is imported: no telemetry, no start-up messages of TensorFlow and SQLAlchemy."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # Rasa's; it also switches off a dozen progress bars
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_worth_reading)


def calm_logs(debug: bool = False) -> None:
    """Our log lines from INFO on, those of the libraries from WARNING on; with `debug` everything, texts included."""
    from rasa.utils.log_utils import configure_structlog

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger().setLevel(logging.DEBUG if debug else logging.WARNING)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.INFO)
    configure_structlog(logging.DEBUG if debug else logging.WARNING)


def _worth_reading(record: logging.LogRecord) -> bool:
    """Not so: warnings of libraries about each other, on which nobody here can act.

    A filter of log lines, because several libraries reset Python's own warning filters when they are imported.
    """
    return not any(idle in record.getMessage() for idle in ("DeprecationWarning", "Slot auto-fill"))
