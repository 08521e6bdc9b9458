"""What a conversation is in the middle of: the open question, and what is known of a damaged device.

It is kept in the slot `task`, which only skills set. Names and entities in it are read by the policy that hands a
message to the open question (`expects`); nothing in it is personal data.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.report import Report

SLOT = "task"
REPORT = "report_damage"


class Question(Enum):
    """What the bot has asked. `NOTHING`: only corrections and follow-ups are expected ("and the charger?")."""

    CREDENTIALS = "credentials"
    CODE = "code"
    DAMAGE = "damage"
    CONDITION = "condition"
    UNIT = "unit"
    CASE = "case"
    MESSAGE = "message"
    REPLY_ADDRESS = "reply_address"
    NOTHING = "nothing"


IDENTIFYING = (Question.CREDENTIALS, Question.CODE)
WRITING = (Question.MESSAGE, Question.REPLY_ADDRESS)

_EXPECTS = {
    Question.CREDENTIALS: ("email", "serial", "number", "identification"),
    Question.CODE: ("code", "date", "number", "email", "serial", "identification"),
    Question.DAMAGE: ("damage_type", "unit", "email", "serial"),
    Question.CONDITION: ("condition", "damage_type", "unit", "email", "serial"),
    Question.UNIT: ("unit", "order", "serial", "number", "damage_type"),
    Question.CASE: ("unit", "order", "serial", "damage_type", "condition", "agreement"),
    Question.MESSAGE: (),
    Question.REPLY_ADDRESS: ("email",),
    Question.NOTHING: ("unit", "order", "serial", "number"),
}
"""Question -> the entities with which a short message answers or corrects it. `number`: any digits."""

_CORRECTS = {REPORT: ("damage_type", "condition", "agreement")}
"""Topic -> what else may be corrected when it has been answered."""


@dataclass(frozen=True)
class Task:
    """`wants`: topics to go on with once the customer is identified. `topic`: what corrections are about."""

    asks: Optional[Question] = None
    topic: Optional[Text] = None
    wants: Tuple[Text, ...] = ()
    report: Optional[Report] = None
    misses: int = 0

    @classmethod
    def of(cls, tracker: Tracker) -> Task:
        """The conversation's task; an empty one where there is none."""
        kept = tracker.get_slot(SLOT)
        if not isinstance(kept, dict):
            return cls()
        report = kept.get("report")
        return cls(
            asks=Question(kept["asks"]) if kept.get("asks") else None,
            topic=kept.get("topic"),
            wants=tuple(kept.get("wants") or ()),
            report=Report.restored(report) if report else None,
            misses=kept.get("misses") or 0,
        )

    @property
    def is_open(self) -> bool:
        """Whether a question waits for an answer."""
        return self.asks not in (None, Question.NOTHING)

    @property
    def is_declined_offer(self) -> bool:
        """Whether the customer has just declined a case, and may have second thoughts."""
        offered = self.report and self.report.device and not self.report.settled
        return self.asks is Question.NOTHING and self.topic == REPORT and bool(offered)

    def asking(self, question: Question, topic: Text) -> Task:
        """The task after the bot has asked this."""
        misses = self.misses if question is self.asks else 0
        return replace(self, asks=question, topic=topic, misses=misses)

    def left(self) -> Task:
        """The task when the customer does not want to go on; what was told of a device is not asked for again."""
        return Task(topic=self.topic, report=self.report)

    def waiting_for_identity(self, topic: Text) -> Task:
        """The task with one more topic to go on with; a report goes last, because it ends with a question."""
        wants = {*self.wants, topic}
        return replace(self, wants=tuple(sorted(wants, key=lambda wanted: (wanted == REPORT, wanted))))

    def going_on(self) -> List[Dict[Text, Any]]:
        """Events that keep this task and go on with the next topic that waited."""
        if not self.wants:
            return [self.kept()]
        first, *rest = self.wants
        return [replace(self, wants=tuple(rest)).kept(), FollowupAction(f"action_{first}")]

    def kept(self) -> Dict[Text, Any]:
        """The event that keeps this task."""
        content = asdict(self)
        content["asks"] = self.asks.value if self.asks else None
        content["expects"] = self._expects()
        content["is_open"] = self.is_open
        content["takes_all"] = self.asks is Question.MESSAGE  # whatever is typed is the message
        content["takes_statements"] = self.asks is Question.REPLY_ADDRESS  # they go on with it
        return SlotSet(SLOT, content)

    def _expects(self) -> List[Text]:
        if self.asks is None:
            return []
        if self.asks is Question.NOTHING:
            return [*_EXPECTS[self.asks], *_CORRECTS.get(self.topic or "", ())]
        told_besides = ("damage_type", "unit") if REPORT in self.wants else ()
        return [*_EXPECTS[self.asks], *told_besides]
