"""The tables of README.md, written from results/*.json, so that they cannot disagree.

Usage: report.py [--check]
Writes what stands between the two marks of README.md beside this file; with --check it changes nothing and ends
with 1 if the tables differ. Needs nothing but Python's standard library.
"""

import json
import os
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, "README.md")
BEGIN = "<!-- from here on written by report.py -->"
END = "<!-- up to here -->"


def results(name):
    """What a benchmark has stored."""
    path = os.path.join(HERE, "results", name + ".json")
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        sys.exit(f"report.py: results/{name}.json cannot be read ({error.strerror}); `make bench` writes it")


def milliseconds(seconds):
    """Median and spread of some runs: (slowest - fastest) / median."""
    middle = statistics.median(seconds)
    spread = (max(seconds) - min(seconds)) / middle
    return f"{1000 * middle:.3g} ({spread:.0%})" if middle < 1 else f"{1000 * middle:.0f} ({spread:.0%})"


def size(row):
    return f"{row['layers']}, {row['tokens']}"


def table(heads, rows):
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def maximum_flow(found):
    rows = []
    for row in found["rows"]:
        ours = row["flowcheck"]["processorSeconds"]
        for peer in ("OR-tools", "LEMON", "igraph", "networkx"):
            if peer in row:
                rows.append([
                    size(row), row["name"], milliseconds(ours), f"{1000 * ours[0]:.3g}", peer,
                    milliseconds(row[peer]["seconds"]), f"{row[peer]['ratio']:.1f}"])
    return (
        "Maximum flow, mode `all`, from the float32 tensor in memory to value, flow and cut with the kernel's check; "
        f"milliseconds of the processor, medians of {found['runs']} runs (spread: slowest less fastest, of the median). "
        "`first` is the first run of a process, whose memory is new.\n\n"
        + table(["L, T", "attention", "flowcheck", "first", "peer", "peer's time", "ratio"], rows))


def memory(found):
    rows = [
        [size(row), row["name"], f"{row['flowcheck']['bytesPerArc']:.1f}",
         f"{row['flowcheck']['bytesPerArc'] - 16:.1f}"]
        for row in found["rows"] if row["tokens"] >= 512]
    for each in found.get("growth", []):
        for tokens, _, _, bytes_per_arc in each["points"]:
            if each["axis"] == "tokens" and tokens > 512:
                rows.append([f"12, {tokens}", each["kind"], f"{bytes_per_arc:.1f}", f"{bytes_per_arc - 16:.1f}"])
    return (
        "Memory of the first run, at its peak, bytes an arc: all that it takes beside the float32 tensor that it is given, "
        "and what that is beyond the capacities as 64-bit integers (8) and the flow as such (8).\n\n"
        + table(["L, T", "attention", "beside float32", "beyond capacities and flow"], rows))


def widths(found):
    rows = [
        [size(row), row["name"], milliseconds(row["wide"]), milliseconds(row["narrow"]), f"{row['ratio']:.2f}"]
        for row in found["widths"]]
    return (
        "The same residual attention in capacities of 128 bits and of 64, in turn in one process, from the exact tensor to "
        "the certified maximum flow; milliseconds of the processor.\n\n"
        + table(["L, T", "attention", "128 bits", "64 bits", "ratio"], rows))


def growth(found):
    parts = []
    for axis, sentence, letter in [
            ("tokens", "Growth with T at L = 12", "T"), ("layers", "Growth with L at T = 128", "L")]:
        tables = [each for each in found["growth"] if each["axis"] == axis]
        heads = [f"{letter} ="] + [str(point[0]) for point in tables[0]["points"]] + ["exponent"]
        rows = [
            [each["kind"]] + [f"{1000 * point[1]:.3g}" for point in each["points"]] + [f"{each['exponent']:.2f}"]
            for each in tables]
        parts.append(
            f"{sentence}: milliseconds, and the exponent of {letter} that fits best.\n\n" + table(heads, rows))
    return "\n\n".join(parts)


def pairwise(rows):
    return (
        "The matrix of all pairwise values beside networkx, which solves each pair on its own, extrapolated from "
        f"{rows[0]['pairs']} pairs; ours without the kernel. Milliseconds, networkx's of one pair.\n\n"
        + table(
            ["L, T", "attention", "flowcheck, all", "networkx, one pair", "networkx, all, s", "ratio"],
            [[size(row), row["name"], milliseconds(row["flowcheck"]["processorSeconds"]),
              milliseconds(row["networkxSecondsPerPair"]), f"{row['networkxSeconds']:.0f}", f"{row['ratio']:.0f}"]
             for row in rows]))


def certificates(rows):
    return (
        "Intervals of all tokens and undetermined arcs, from a maximum flow to the claims that the kernel accepts; mode "
        "`all`, milliseconds.\n\n"
        + table(
            ["L, T", "attention", "intervals", "undetermined arcs"],
            [[size(row), row["name"], milliseconds(row["intervals"]), milliseconds(row["uniqueness"])]
             for row in rows]))


def regularised(rows):
    lines = []
    for row in rows:
        peer = row.get("clarabel")
        ratio = statistics.median(peer["seconds"]) / statistics.median(row["l2"]["seconds"]) if peer else None
        lines.append([
            size(row), milliseconds(row["l2"]["seconds"]), f"{row['l2']['certifiedRadius']:.1e}",
            milliseconds(peer["seconds"]) if peer else "", f"{peer['radius']:.1e}" if peer else "",
            f"{ratio:.1f}" if peer else "", milliseconds(row["barrier"]["seconds"]),
            f"{row['barrier']['certifiedRadius']:.1e}"])
    return (
        "Regularised flows: `lambda` 0.01, `mu` 1e-4, rows softmax(N(0,1)), float32; milliseconds.\n\n"
        + table(["L, T", "`l2`", "radius", "Clarabel", "radius", "ratio", "`barrier`", "radius"], lines))


def shapley(rows):
    lines = []
    for row in rows:
        ours, peer = row["processorSeconds"], row.get("shapiq")
        ratio = statistics.median(peer["processorSeconds"]) / statistics.median(ours) if peer else None
        lines.append([
            size(row), milliseconds(ours), milliseconds(peer["processorSeconds"]) if peer else "",
            f"{ratio:.1f}" if peer else ""])
    return (
        "Exact Shapley value of the flow game, each coalition checked by the kernel, beside shapiq with OR-tools as its "
        "game; milliseconds of the processor.\n\n"
        + table(["L, T", "flowcheck", "shapiq", "ratio"], lines))


def tables():
    """All tables, in the order of the README."""
    found = results("maxflow")
    parts = [maximum_flow(found), memory(found), widths(found)]
    if "growth" in found:
        parts.append(growth(found))
    parts += [
        pairwise(results("pairwise")), certificates(results("certificates")), regularised(results("regularised")),
        shapley(results("shapley"))]
    return "\n\n".join(parts)


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    with open(README, encoding="utf-8") as file:
        text = file.read()
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        sys.exit(f"report.py: README.md must have the marks {BEGIN} and {END}, once each and in this order")
    whole = text[: text.index(BEGIN) + len(BEGIN)] + "\n\n" + tables() + "\n\n" + text[text.index(END):]
    if sys.argv[1:] == ["--check"]:
        if whole != text:
            sys.exit("report.py: the tables of README.md differ from results/*.json; run bench/report.py")
    else:
        with open(README + ".new", "w", encoding="utf-8") as file:
            file.write(whole)
        os.replace(README + ".new", README)


if __name__ == "__main__":
    main()
