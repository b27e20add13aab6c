"""A solver that answers well until it is asked about a network with three nodes, and then misbehaves.

The first argument says how. Its name holds the number of its process group.
"""

import json
import os
import signal
import subprocess
import sys
import time

from edmonds_karp import answer


def say(text):
    print(text, flush=True)


def misbehave(kind, request, good):
    """Does something wrong instead of printing the good answer."""
    number = request["id"]
    if kind == "hang":
        time.sleep(1000)
    elif kind == "hang-with-child":
        subprocess.Popen(["sleep", "1000"])
        time.sleep(1000)
    elif kind == "exit":
        print("a last word", file=sys.stderr, flush=True)
        os._exit(3)
    elif kind == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "exception":
        raise ValueError("no such thing")
    elif kind == "memory":
        data = bytearray(1 << 30)
        say(len(data))
    elif kind == "close":
        os.close(1)
        time.sleep(1000)
    elif kind == "close-input":
        os.close(0)
        say(json.dumps(good))
        time.sleep(1000)
    elif kind == "not-json":
        say("Solving...")
    elif kind == "chatter":
        print("Solving...")
        say(json.dumps(good))
    elif kind == "half":
        print('{"id": 2, "sta', end="", flush=True)
        os._exit(3)
    elif kind == "cut-off":
        say(json.dumps(good)[:-5])
    elif kind == "flow-too-long":
        say(json.dumps({**good, "flow": good["flow"] + [0]}))
    elif kind == "cut-outside":
        say(json.dumps({**good, "cut": [0, 3]}))
    elif kind == "nan":
        say(json.dumps({**good, "flow": [float("nan")] * len(good["flow"])}))
    elif kind == "infinity":
        say(json.dumps({**good, "value": float("-inf")}))
    elif kind == "strings":
        say(json.dumps({**good, "flow": [str(f) for f in good["flow"]]}))
    elif kind == "other-id":
        say(json.dumps({**good, "id": number + 7}))
    elif kind == "twice":
        line = json.dumps(good)
        say(line + "\n" + line)
    elif kind == "flood":
        chunk = "1," * (1 << 19)
        for _ in range(1 << 10):
            sys.stdout.write(chunk)
        say("]")
    elif kind == "flood-of-lines":
        line = json.dumps(good) + "\n"
        for _ in range((1 << 30) // len(line)):
            sys.stdout.write(line)
    elif kind == "flood-of-messages":
        for _ in range(1 << 10):
            sys.stderr.write("." * (1 << 20))
        say(json.dumps(good))
    elif kind == "flood-of-blanks":
        for _ in range(1 << 10):
            sys.stdout.write(" \n" * (1 << 19))
        say(json.dumps(good))
    elif kind == "wrong-value":
        say(json.dumps({**good, "value": good["value"] + 1}))
    elif kind == "wrong-attribution":
        say(json.dumps({**good, "attribution": [a + 1 for a in good["attribution"]]}))
    elif kind == "no-value":
        say(json.dumps({"id": number, "status": "optimal", "flow": good["flow"]}))
    elif kind == "unknown-status":
        say(json.dumps({"id": number, "status": "maybe"}))


if __name__ == "__main__":
    kind = sys.argv[1]
    for line in sys.stdin:
        request = json.loads(line)
        good = {"id": request["id"], **answer(request)}
        if request["task"] == "describe":
            good["name"] = "group-%d" % os.getpgrp()
        if request.get("network", {}).get("nodes") == 3:
            misbehave(kind, request, good)
        else:
            say(json.dumps(good))
