"""Customers, devices, claims and cases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

DAYS = "BETWEEN '1990-01-01' AND '2099-12-31'"
KEY_OF_SERIAL = "replace(replace(replace(replace(upper(serial), ' ', ''), '-', ''), 'O', '0'), 'I', '1')"


def upgrade() -> None:
    """Make the four tables."""
    _customers()
    _devices()
    _claims()
    _cases()


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("customer_id", sa.String, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("email_key", sa.String, nullable=False),
        sa.Column("phone", sa.String),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("account_status", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customers"),
        sa.CheckConstraint("length(customer_id) BETWEEN 1 AND 64", name="ck_customers_customer_id"),
        sa.CheckConstraint("length(email) BETWEEN 3 AND 254", name="ck_customers_email"),
        sa.CheckConstraint("email_key = lower(email_key) AND email_key LIKE '%_@_%'", name="ck_customers_email_key"),
        sa.CheckConstraint("length(country) = 2 AND country = upper(country)", name="ck_customers_country"),
        sa.CheckConstraint("account_status IN ('active', 'closed')", name="ck_customers_account_status"),
    )
    op.create_index("ix_customers_email_key", "customers", ["email_key"])


def _devices() -> None:
    op.create_table(
        "devices",
        sa.Column("serial_key", sa.String, nullable=False),
        sa.Column("serial", sa.String, nullable=False),
        sa.Column("customer_id", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("purchased_on", sa.Date, nullable=False),
        sa.Column("purchase_country", sa.String, nullable=False),
        sa.Column("registered_on", sa.Date),
        sa.Column("program_activated_on", sa.Date),
        sa.PrimaryKeyConstraint("serial_key", name="pk_devices"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.customer_id"], name="fk_devices_customer_id"),
        sa.CheckConstraint(
            f"length(serial_key) BETWEEN 4 AND 32 AND serial_key = {KEY_OF_SERIAL}",
            name="ck_devices_serial_key",
        ),
        sa.CheckConstraint("unit IN ('holder', 'charger', 'all_in_one')", name="ck_devices_unit"),
        sa.CheckConstraint("length(model) BETWEEN 1 AND 80", name="ck_devices_model"),
        sa.CheckConstraint(
            "length(purchase_country) = 2 AND purchase_country = upper(purchase_country)",
            name="ck_devices_country",
        ),
        sa.CheckConstraint(f"purchased_on {DAYS}", name="ck_devices_purchased_on"),
        sa.CheckConstraint(f"registered_on {DAYS}", name="ck_devices_registered_on"),
        sa.CheckConstraint(f"program_activated_on {DAYS}", name="ck_devices_program_activated_on"),
    )
    op.create_index("ix_devices_customer_id", "devices", ["customer_id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.String, nullable=False),
        sa.Column("serial_key", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_claims"),
        sa.ForeignKeyConstraint(["serial_key"], ["devices.serial_key"], name="fk_claims_serial_key"),
        sa.CheckConstraint("length(claim_id) BETWEEN 1 AND 64", name="ck_claims_claim_id"),
        sa.CheckConstraint("kind IN ('accident', 'warranty')", name="ck_claims_kind"),
        sa.CheckConstraint("status IN ('open', 'approved', 'rejected')", name="ck_claims_status"),
        sa.CheckConstraint(f"happened_on {DAYS}", name="ck_claims_happened_on"),
    )
    op.create_index("ix_claims_serial_key", "claims", ["serial_key"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("reference", sa.String, nullable=False),
        sa.Column("serial_key", sa.String, nullable=False),
        sa.Column("damage", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("conversation_id", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_cases"),
        sa.ForeignKeyConstraint(["serial_key"], ["devices.serial_key"], name="fk_cases_serial_key"),
        sa.CheckConstraint("reference LIKE '___-___' AND reference = upper(reference)", name="ck_cases_reference"),
        sa.CheckConstraint("damage IN ('accident', 'defect', 'cosmetic', 'lost', 'stolen')", name="ck_cases_damage"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="ck_cases_status"),
        sa.CheckConstraint("language IN ('en', 'sv')", name="ck_cases_language"),
    )
    op.create_index("ix_cases_serial_key", "cases", ["serial_key"])
    open_only = sa.text("status = 'open'")
    op.create_index(
        "uq_cases_open",
        "cases",
        ["serial_key"],
        unique=True,
        sqlite_where=open_only,
        postgresql_where=open_only,
    )
