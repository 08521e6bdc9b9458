"""The skills on a PostgreSQL registry: identification, a decision, and cases that race."""

import asyncio

import pytest
from sqlalchemy import text

from tests.conftest import IDENTITY_SECRET
from tests.conversations.people import MAJA, NOVEMBER, data_of

ACCIDENT = '/report_damage{"damage_type": "accident", "unit": "charger"}'


@pytest.fixture
def vouched(people_on_postgres, meet):
    """Maja, vouched for by the website, in a conversation of her own."""
    import jwt

    async def customer():
        claims = {"sub": "C-1001", "age_verified": True, "exp": NOVEMBER.timestamp() + 600}
        return await meet("en", identity=jwt.encode(claims, IDENTITY_SECRET, "HS256"))

    return customer


async def test_a_customer_is_identified_and_gets_a_decision(people_on_postgres, letterbox, english_adult):
    from actions.services import services

    await english_adult.sends(ACCIDENT)
    await english_adult.says(" ".join(MAJA))
    await services().postman.idle()
    await english_adult.says(letterbox.code)
    assert data_of(english_adult.messages, "damage_decision")["reason"] == "covered"


async def test_of_many_conversations_that_say_yes_at_once_one_opens_the_case_and_all_hear_its_reference(
    people_on_postgres, vouched
):
    customers = [await vouched() for _ in range(6)]
    for customer in customers:
        await customer.sends(ACCIDENT)

    await asyncio.gather(*(customer.says("yes") for customer in customers))

    with people_on_postgres.connect() as connection:
        (reference,) = connection.execute(text("SELECT reference FROM cases")).scalars()
    assert all(reference in customer.texts[0] for customer in customers)
    assert sum(customer.texts[0].startswith("Done.") for customer in customers) == 1
