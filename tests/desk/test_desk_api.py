"""The desk over HTTP: who may, what they see, and what they do."""

from __future__ import annotations

import pytest

from actions.support.handoff import State
from tests.desk.serving import PASSWORD


async def test_nobody_sees_anything_without_signing_in(site, room):
    visitor = await room.queued()
    stranger = site.stranger()
    for path in ("me", "board", "search?words=a", "events", f"handoffs/{visitor.reference}"):
        assert (await stranger.get(path)).status == 401
    for what in ("take", "answer", "note", "reveal", "close", "return", "assign", "typing"):
        assert (await stranger.does(visitor.reference, what)).status == 401


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong horse battery"), ("nobody", PASSWORD)])
async def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(site, name, password):
    reply = await site.stranger().post("sign-in", name=name, password=password)
    assert (reply.status, reply.json["detail"]) == (401, "Name and password do not belong together.")


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(site):
    reply = await site.stranger().post("sign-in", name="anna", password=PASSWORD)
    cookie = reply.headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/desk"))
    assert reply.json["token"] not in cookie


async def test_guessing_is_stopped_after_ten_attempts(site):
    stranger = site.stranger()
    statuses = [(await stranger.post("sign-in", name="anna", password="wrong horse battery")).status for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    assert (await stranger.post("sign-in", name="anna", password=PASSWORD)).status == 429


@pytest.mark.parametrize("headers", [{"X-Desk-Token": ""}, {"X-Desk-Token": "0" * 64}])
async def test_without_the_second_token_nothing_is_changed(site, room, headers):
    visitor, anna = await room.queued(), await site.agent()
    reply = await anna.post(f"handoffs/{visitor.reference}/take", headers)
    assert reply.status == 403
    assert (await visitor.handoff()).state is State.QUEUED


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_requests_of_other_websites_are_refused(site, room, headers):
    visitor, anna = await room.queued(), await site.agent()
    assert (await anna.post(f"handoffs/{visitor.reference}/take", headers)).status == 403
    assert (await anna.post("sign-in", headers, name="anna", password=PASSWORD)).status == 403


@pytest.mark.parametrize(("pause", "count"), [({"minutes": 61}, 1), ({"minutes": 50}, 15)])
async def test_a_session_ends_after_a_pause_and_after_twelve_hours_in_any_case(site, room, pause, count):
    anna = await site.agent()
    statuses = []
    for _ in range(count):
        room.later(**pause)
        statuses.append((await anna.get("me")).status)
    assert statuses[-1] == 401
    assert set(statuses[:-1]) <= {200, 401}


async def test_signing_out_ends_the_session_on_the_server(site):
    anna = await site.agent()
    cookie = anna.session.cookie_jar.filter_cookies(anna.url + "/desk/")["desk_session"].value
    assert (await anna.post("sign-out")).status == 200
    stranger = site.stranger()
    stranger.session.cookie_jar.update_cookies({"desk_session": cookie})
    assert (await stranger.get("me")).status == 401


async def test_the_board_shows_who_waits_how_long_and_why(site, room):
    visitor, anna = await room.queued("sv"), await site.agent()
    room.later(minutes=4)
    (card,) = (await anna.get("board")).json["handoffs"]
    assert (card["reference"], card["state"], card["language"], card["reason"]) == (
        visitor.reference, "queued", "sv", "asked",
    )  # fmt: skip
    assert card["waited"] == 240


async def test_a_conversation_from_taking_to_closing(site, room):
    visitor, anna = await room.queued(), await site.agent()
    taken = await anna.does(visitor.reference, "take")
    assert (taken.status, taken.json["owner"]) == (200, "anna")
    assert (await anna.does(visitor.reference, "answer", id="t1", text="Hi, I am Anna.")).status == 200
    await visitor.says("hello Anna")
    shown = (await anna.get(f"handoffs/{visitor.reference}")).json
    assert [message["text"] for message in shown["messages"]][-2:] == ["Hi, I am Anna.", "hello Anna"]
    assert (await anna.does(visitor.reference, "close", reason="solved")).json["state"] == "closed"
    assert visitor.hears()[-1]["data"]["state"] == "closed"
    today = (await anna.get("board")).json["today"]
    assert (today["ended"], today["outcomes"], today["reasons"]) == (1, {"solved": 1}, {"asked": 1})


async def test_two_agents_cannot_have_one_conversation(site, room):
    visitor, anna, bo = await room.queued(), await site.agent("anna"), await site.agent("bo")
    await anna.does(visitor.reference, "take")
    for what, body in (("take", {}), ("answer", {"id": "t", "text": "Hi"}), ("close", {"reason": "solved"})):
        assert (await bo.does(visitor.reference, what, **body)).status == 409
    assert (await bo.does(visitor.reference, "reveal")).status == 409
    assert (await anna.does(visitor.reference, "assign", to="bo")).json["owner"] == "bo"
    assert (await anna.does(visitor.reference, "answer", id="t", text="Hi")).status == 409
    assert (await bo.does(visitor.reference, "answer", id="t", text="Hi")).status == 200


async def test_notes_are_for_colleagues_only(site, room):
    visitor, anna, bo = await room.queued(), await site.agent("anna"), await site.agent("bo")
    await anna.does(visitor.reference, "note", text="seems upset")
    (note,) = (await bo.get(f"handoffs/{visitor.reference}")).json["notes"]
    assert (note["author"], note["text"]) == ("anna", "seems upset")
    assert "seems upset" not in str(visitor.everything) + str(await visitor.events())


async def test_personal_data_is_masked_until_it_is_asked_for_and_that_is_kept(site, room, caplog):
    visitor, anna = await room.queued(), await site.agent()
    await visitor.says("I am maja@example.com")
    await anna.does(visitor.reference, "take")
    assert "maja@" not in str((await anna.get(f"handoffs/{visitor.reference}")).json)
    assert (await anna.does(visitor.reference, "reveal")).json["words"] == ["I am maja@example.com"]
    (note,) = (await anna.get(f"handoffs/{visitor.reference}")).json["notes"]
    assert (note["kind"], note["author"]) == ("shown", "anna")
    assert visitor.reference in caplog.text
    assert "maja@" not in caplog.text


async def test_search_finds_by_reference_and_by_words(site, room):
    visitor = await room.visitor()
    await visitor.says("Is the program free of charge?")
    await visitor.says("I want to talk to a person")
    anna = await site.agent()
    for words in (visitor.reference.lower(), "free of"):
        assert [each["reference"] for each in (await anna.get(f"search?words={words}")).json["handoffs"]] == [
            visitor.reference
        ]
    assert (await anna.get("search?words=%25")).json["handoffs"] == []


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("close", {"reason": "cancelled"}),
        ("close", {"reason": "nonsense"}),
        ("close", {}),
        ("answer", {"id": "t", "text": ""}),
        ("answer", {"id": "t", "text": "\u0000"}),
        ("answer", {"id": "t", "text": "x" * 4001}),
        ("assign", {"to": "nobody"}),
        ("take", {"agent": "bo"}),
    ],
)
async def test_what_cannot_be_used_is_refused_with_a_reason(site, room, what, body):
    visitor, anna = await room.with_anna(), await site.agent()
    reply = await anna.does(visitor.reference, what, **body)
    assert reply.status == 400
    assert reply.json["detail"].endswith(".")


@pytest.mark.parametrize("reference", ["AAA-AAA", "%00", "../me"])
async def test_an_unknown_conversation_is_not_found(site, reference):
    assert (await (await site.agent()).does(reference, "take")).status in (403, 404)


async def test_an_erased_conversation_is_gone_for_the_agent_too(site, room):
    visitor, anna = await room.with_anna(), await site.agent()
    await room.chat.erase(room.agent, visitor.conversation)
    assert (await anna.get(f"handoffs/{visitor.reference}")).status == 404
    assert (await anna.does(visitor.reference, "answer", id="t", text="Hi")).status == 404


async def test_the_stream_tells_of_every_change_and_marks_the_agent_as_here(site, room):
    anna = await site.agent()
    async with anna.session.get(f"{site.url}/desk/api/events") as stream:
        assert await _event(stream) == "changed"
        here = {each["name"]: each["here"] for each in (await anna.get("board")).json["agents"]}
        assert here == {"anna": True, "bo": False}
        await room.queued()
        assert await _event(stream) == "changed"


async def _event(stream) -> str:
    while True:
        line = (await stream.content.readline()).decode()
        if line.startswith("event: "):
            return line[len("event: ") :].strip()


async def test_the_page_allows_no_script_and_no_frame_of_others(site):
    page = await site.stranger().call("GET", "/desk")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<script src=" in page.json
    for name in "desk.js board.js conversation.js facts.js keys.js notices.js shared/cards.js desk.css".split():
        assert (await site.stranger().call("GET", f"/desk/files/{name}")).status == 200
    assert (await site.stranger().call("GET", "/desk/files/index.html")).status == 404


async def test_texts_are_there_in_both_languages(site):
    texts = (await site.stranger().get("texts")).json
    assert set(texts["sv"]) == set(texts["en"])
    assert texts["sv"]["page"]["take"] == "Ta"


async def test_a_customer_who_writes_is_shown_in_the_stream(site, room):
    visitor, anna = await room.with_anna(), await site.agent()
    async with anna.session.get(f"{site.url}/desk/api/events") as stream:
        assert await _event(stream) == "changed"
        await room.chat.types(visitor.conversation, True)
        while await _event(stream) != "typing":
            pass
        assert visitor.reference in (await stream.content.readline()).decode()


async def test_the_agent_gets_the_devices_of_a_customer_who_is_identified(site, customers):
    visitor = await customers("C-1001")
    anna = await site.agent()
    await visitor.says("I want to talk to a person")
    brief = (await anna.get(f"handoffs/{visitor.reference}")).json["brief"]
    assert brief["identified"] is True
    assert {device["serial"] for device in brief["coverage"]["devices"]} >= {"…0001", "…0002"}


async def test_an_answer_to_an_address_that_is_not_known_any_more_is_refused_in_words(site, room):
    anna = await site.agent()
    letter = room.desk.store.leave_message("c" * 32, "en", "message", room.now, {}, None).reference
    await anna.does(letter, "take")
    reply = await anna.does(letter, "answer", id="t1", text="A new one comes.")
    assert (reply.status, reply.json["detail"]) == (410, "The customer's address is not known any more.")


async def test_the_board_says_which_chats_anybody_may_take(site, room):
    from actions.support.accounts import Accounts

    await room.with_anna()
    bo = await site.agent("bo")
    Accounts(room.desk.database).seen("anna", room.now)
    assert [card["free"] for card in (await bo.get("board")).json["handoffs"]] == [False]
    Accounts(room.desk.database).seen("anna", None)
    assert [card["free"] for card in (await bo.get("board")).json["handoffs"]] == [True]
