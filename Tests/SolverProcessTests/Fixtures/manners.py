"""A solver that solves well and has one fault in its manners, which the first argument names.

The second argument is the name of a file that it may use as a lock.
"""

import json
import os
import select
import sys
import time

from edmonds_karp import answer

KEYS = ["protocol", "id", "task", "network", "layers", "tokens", "deadlineMilliseconds"]


class Lines:
    """The lines of standard input, without a buffer that nobody sees."""

    def __init__(self):
        self.rest = b""

    def take(self):
        """Returns the next line, empty at the end."""
        while b"\n" not in self.rest:
            some = os.read(0, 1 << 20)
            if not some:
                return b""
            self.rest += some
        line, self.rest = self.rest.split(b"\n", 1)
        return line

    def is_there_more(self, seconds):
        """Returns whether another line has come or comes soon."""
        return bool(self.rest) or bool(select.select([0], [], [], seconds)[0])


def say(value):
    print(value if isinstance(value, str) else json.dumps(value), flush=True)


def main(fault, lock):
    """Answers requests, with one fault."""
    if fault == "one-at-a-time":
        if os.path.exists(lock):
            sys.exit(5)
        open(lock, "w").close()
    lines = Lines()
    held = None
    number = -1
    while line := lines.take():
        if fault == "drops-pipelined":
            # What came with the line is lost, as with a reader that is made anew for each.
            if lines.is_there_more(0.02):
                lines.rest = b""
        request = json.loads(line)
        number += 1
        if fault == "strict-keys" and set(request) - set(KEYS):
            os._exit(4)
        if fault == "any-task" and request["task"] == "no-such-flow":
            request["task"] = "max-flow"
        result = {"id": request["id"], **answer(request)}
        if fault == "counts-ids":
            result["id"] = number
        network = request.get("network", {"tails": [], "heads": []})
        loops = [tail == head for tail, head in zip(network["tails"], network["heads"])]
        if fault == "no-value" and any(loops):
            del result["value"]
        if fault == "no-cut" and any(loops):
            del result["cut"]
        if fault == "wrong-numbers" and "flow" in result:
            result["value"] += 1e6
            result["flow"] = [f - 7 for f in result["flow"]]
        if fault == "swaps" and number > 0 and not held and lines.is_there_more(0.02):
            # The right ids, each with what the other request is to be told.
            held = result
            continue
        if fault == "swaps" and held:
            say({**result, "id": held["id"]})
            result, held = {**held, "id": result["id"]}, None
        if fault == "out-of-order" and number > 0 and not held and lines.is_there_more(0.02):
            held = result
            continue
        say(result)
        if fault == "greeting" and request["task"] == "describe":
            say("Welcome")
        if held:
            say(held)
            held = None
    if fault == "never-ends":
        time.sleep(1000)
    if fault == "farewell":
        say("Goodbye")
    if fault == "one-at-a-time":
        os.remove(lock)
    if fault == "exit-code":
        os._exit(9)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
