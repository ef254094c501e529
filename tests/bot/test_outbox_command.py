"""`momentum outbox`: what could not be delivered is listed with its reason, and goes out once mended."""

import re

from tests.bot.place import Place, card_of, fill_in, send_in


def test_a_message_that_failed_is_listed_and_tried_again(place: Place) -> None:
    """The channel is archived while a report is on its way; the host mends it, and the card comes."""
    slack, ana = place.slack, place.slack.person("Ana Lima")
    assert place.command("outbox").out == "Nothing waits and nothing failed.\n"
    with place.up() as bot:
        fill_in(slack, ana)
        slack.change_channel("C0ALL", archived=True)
        send_in(slack, ana)
        slack.wait_for(lambda: "failed" in place.command("outbox").out, timeout=20)
        bot.end()

    listed = place.command("outbox")
    card = next(line for line in listed.out.splitlines() if "report_card" in line)
    assert "failed" in card
    assert "is_archived" in card
    assert (listed.code, listed.err) == (0, "")
    (number,) = re.findall(r"\d+", card)[:1]

    slack.change_channel("C0ALL", archived=False)
    again = place.command("outbox", "--retry", number)
    assert again.out == f"Message {number} will be tried again by the running bot.\n"
    with place.up():
        card_of(slack, ana)
        slack.wait_for(lambda: "report_card" not in place.command("outbox").out, timeout=20)


def test_a_message_that_did_not_fail_is_not_tried_again(place: Place) -> None:
    """In a sentence that says where to look."""
    refused = place.command("outbox", "--retry", "999")
    assert refused.code == 1
    assert refused.err == "There is no failed message 999. See them all: momentum outbox\n"
