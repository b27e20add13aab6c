"""Certifies the solvers of this folder and writes docs/scoreboard.md: scoreboard.py FLOWCHECK.

    scoreboard.py .build/release/flowcheck                  all of them, as `make scoreboard` does
    scoreboard.py .build/release/flowcheck --only igraph    again those whose name begins so

The certificates stay in adapters/.build/certificates; the page is written from all of them. Each solver meets the same cases: `flowcheck certify` with seed 0 and so many random cases as a
solver of its speed answers in about half a minute. Every finding goes into
docs/scoreboard/findings.json and is confirmed in fractions by tests/confirm_findings.py before
anything is written; then the scripts of docs/scoreboard show failures of the libraries without
flowcheck. Standard library only.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILT = HERE / ".build"
PAGE = ROOT / "docs" / "scoreboard.md"
SCRIPTS = ROOT / "docs" / "scoreboard"

sys.path.insert(0, str(HERE / "tests"))
from confirm_findings import confirm  # noqa: E402

SIZES = (8, 32, 64)
# The stored cases, among them large tensors, are left out: what fails first is what is shrunk, and a
# solver that crashes has to be started again for each try.
PHASES = "enumerate,random,search"
# Of larger networks the page leaves out the arcs of capacity 0, and answers; findings.json has them.
ARCS_SHOWN = 20
PYTHON = "adapters/.venv/bin/python adapters/python/"
LEMON = "adapters/.build/lemon_flow "


@dataclass(frozen=True)
class Adapter:
    """A solver, the command that starts it, and its number of random cases."""

    name: str
    command: str
    cases: int


ADAPTERS = [
    *(
        Adapter(
            f"networkx {algorithm}, {numbers}",
            f"{PYTHON}networkx_flow.py {algorithm} {numbers}",
            cases,
        )
        for numbers, cases in (("double", 3000), ("int64", 1500))
        for algorithm in (
            "edmonds_karp",
            "shortest_augmenting_path",
            "preflow_push",
            "dinitz",
            "boykov_kolmogorov",
        )
    ),
    Adapter("SciPy dinic, int32", f"{PYTHON}scipy_flow.py dinic int32", 4000),
    Adapter("SciPy edmonds_karp, int32", f"{PYTHON}scipy_flow.py edmonds_karp int32", 4000),
    Adapter("SciPy dinic, int64", f"{PYTHON}scipy_flow.py dinic int64", 4000),
    Adapter("igraph, double", f"{PYTHON}igraph_flow.py double", 20000),
    Adapter("igraph, int32", f"{PYTHON}igraph_flow.py int32", 20000),
    Adapter("OR-tools SimpleMaxFlow", f"{PYTHON}ortools_flow.py", 20000),
    Adapter("LEMON Preflow, double", f"{LEMON}preflow double", 20000),
    Adapter("LEMON EdmondsKarp, double", f"{LEMON}edmonds_karp double", 20000),
    Adapter("LEMON Preflow, int64", f"{LEMON}preflow int64", 20000),
    Adapter("LEMON EdmondsKarp, int64", f"{LEMON}edmonds_karp int64", 20000),
    Adapter("HiGHS", f"{PYTHON}highs_flow.py", 300),
    Adapter("Clarabel", f"{PYTHON}clarabel_flow.py", 300),
    Adapter("OSQP", f"{PYTHON}osqp_flow.py", 500),
    Adapter("attention_flow recipe", f"{PYTHON}recipe_flow.py", 1000),
]


def certify_words(adapter):
    """The words behind `flowcheck` that certify a solver."""
    sizes = ",".join(map(str, SIZES))
    words = ["certify", "--command", adapter.command, "--phases", PHASES]
    return words + ["--cases", str(adapter.cases), "--sizes", sizes]


def certificate_path(adapter):
    """Where the certificate of a solver is kept."""
    return BUILT / "certificates" / (re.sub(r"\W+", "-", adapter.name) + ".json")


def certify(flowcheck, adapter, jobs):
    """Runs flowcheck from the top of the repository; its findings go to a folder that is thrown away."""
    path = certificate_path(adapter)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT) as corpus:
        run = subprocess.run(
            ["env", "OPENBLAS_NUM_THREADS=1", flowcheck, *certify_words(adapter)]
            + ["--jobs", str(jobs), "--corpus", corpus, "-o", str(path)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if run.returncode not in (0, 1, 77) or not path.exists():
            sys.exit(f"{adapter.name}: flowcheck ended with {run.returncode}: {run.stderr[-2000:]}")
    for finding in json.loads(path.read_text())["findings"]:
        if finding["case"] is None:  # The adapter does not even describe itself.
            sys.exit(f"{adapter.name}: {finding['sentence']}")


def fractions_of(vector):
    """The numbers of a vector in a case file, as strings."""
    return [str(Fraction(int(amount), int(vector["denominator"]))) for amount in vector["amounts"]]


def nodes_of(ranges):
    """The nodes of a set in a case file, such as "0-4 7"."""
    nodes = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        nodes += range(int(first), int(last or first) + 1)
    return nodes


def listed(statement):
    """The network of a case file's statement, with its arcs listed and its capacities as strings."""
    if statement["kind"] == "network":
        scale = int(statement["denominator"])
        capacities = [str(Fraction(int(c), scale)) for c in statement["capacities"]]
        return {
            **{key: statement[key] for key in ("nodes", "source", "sink", "tails", "heads")},
            "capacities": capacities,
        }
    layers, tokens = statement["layers"], statement["tokens"]
    top, source = tokens * layers + 1, tokens * (layers + 1) + 1
    tails, heads = [], []
    for layer in range(layers):
        for above in range(tokens):
            tails += [tokens * (layer + 1) + above + 1] * tokens
            heads += [tokens * layer + below + 1 for below in range(tokens)]
    scale = int(statement["denominator"])
    capacities = [Fraction(int(entry), scale) for entry in statement["tensor"]]
    ends = statement["conventions"]["superCapacity"]
    ends = Fraction(tokens) if ends == "tokens" else Fraction(ends)
    mode = statement["mode"]
    for token in range(tokens):
        tails.append(source)
        heads.append(top + token)
        chosen = mode == "all" or mode == f"single:{token}"
        capacities.append(ends if chosen else Fraction(0))
    tails += [token + 1 for token in range(tokens)]
    heads += [0] * tokens
    capacities += [ends] * tokens
    return {
        "nodes": source + 1,
        "source": source,
        "sink": 0,
        "tails": tails,
        "heads": heads,
        "capacities": [str(capacity) for capacity in capacities],
    }


def stored(adapter, certificate, finding):
    """A finding as docs/scoreboard/findings.json keeps it: all that is needed to judge it anew."""
    solver = certificate["solvers"][0]
    claim = finding["case"].get("claim")
    method = (claim or {}).get("method")
    task = {None: "max-flow", "l2": "l2-flow", "barrier": "barrier-flow"}[method]
    record = {
        "solver": adapter.name,
        "version": solver["version"],
        "command": adapter.command,
        "property": finding["property"].split("@")[0],
        "kind": finding["kind"],
        "sentence": brief(finding["sentence"]),
        "source": finding["source"],
        "tolerance": solver["contract"]["tolerance"],
        "task": task,
    }
    if claim and method:
        record["weight"] = claim["lambda" if method == "l2" else "mu"]
    record["network"] = listed(finding["case"]["statement"])
    if claim and finding["kind"] == "wrong":
        answer = {"value": claim["value"]}
        for field in ("flow", "attribution"):
            if field in claim:
                answer[field] = fractions_of(claim[field])
        if "cut" in claim:
            answer["cut"] = nodes_of(claim["cut"])
        record["answer"] = answer
    return record


def brief(text):
    """A sentence about a crash with the last line of its traceback alone, and without folders."""
    said, _, trace = text.partition("; its standard error ends: ")
    if trace:
        text = f"{said}: {trace.split(' | ')[-1]}"
    return re.sub(r"(?:/[\w.+-]+)+/([\w.+-]+)", r"\1", text)


def number(text):
    """An exact number for people: an integer, or the shortest decimal of its double."""
    exact = Fraction(text)
    if exact.denominator == 1 and abs(exact) < 2**63:
        return str(exact)
    nearest = float(exact)
    return repr(nearest) if Fraction(nearest) == exact else f"about {nearest!r}"


def shape(record):
    """The network of a finding in one line: its arcs as tail>head:capacity."""
    network = record["network"]
    arcs = list(zip(network["tails"], network["heads"], network["capacities"]))
    shown = arcs
    if len(arcs) > ARCS_SHOWN:
        shown = [arc for arc in arcs if Fraction(arc[2]) > 0]
    text = ", ".join(f"{tail}>{head}:{number(capacity)}" for tail, head, capacity in shown)
    if len(shown) < len(arcs):
        text += f", and {len(arcs) - len(shown)} arcs of capacity 0"
    return f"{network['source']} to {network['sink']}: {text or 'no arcs'}"


def answer_line(record):
    """The answer of a finding in one line."""
    answer = record.get("answer")
    if record["kind"] != "wrong" or not answer:
        return record["sentence"]
    parts = [f"value {number(answer['value'])}"]
    if len(record["network"]["tails"]) > ARCS_SHOWN:
        return parts[0]
    for field in ("flow", "attribution"):
        if field in answer:
            parts.append(f"{field} {', '.join(number(amount) for amount in answer[field])}")
    if "cut" in answer:
        parts.append("cut {" + ", ".join(map(str, answer["cut"])) + "}")
    return "; ".join(parts)


def times_cells(certificate):
    """The median time at each size, in milliseconds; how it went where there is none."""
    found = {entry["tokens"]: entry for entry in certificate["times"]}
    cells = []
    for size in SIZES:
        entry = found.get(size)
        if entry is None:
            cells.append("not asked")
        elif entry["outcome"] == "answered":
            cells.append(f"{entry['median']:.3g}")
        else:
            cells.append(entry["outcome"])
    return cells


def promises(certificate, wanted):
    """The names of the properties that were promised and are kept, or broken, with counts."""
    names = []
    for entry in certificate["properties"]:
        if not entry["promised"] or entry["held"] + entry["broken"] == 0:
            continue
        if (entry["broken"] > 0) == (wanted == "broken"):
            count = f" ({entry['broken']} of {entry['held'] + entry['broken']})"
            names.append(entry["id"] + (count if wanted == "broken" else ""))
    return ", ".join(names) or "none"


def asked(certificate):
    """The number of cases that the solver answered or failed to answer."""
    return max((e["held"] + e["broken"] for e in certificate["properties"]), default=0)


def page(results, records, notes):
    """The text of docs/scoreboard.md."""
    lines = [
        "# Scoreboard",
        "",
        "What `flowcheck certify` says of solvers that others wrote, at their default settings. `make scoreboard` writes this page;",
        "the adapters and what they promise in a library's name are in `adapters/`. Seed 0; times are medians on a shared machine with two",
        "cores, in milliseconds, of attention tensors of six layers.",
        "",
        "An error is relative to the maximum-flow value: a network of capacities near 1e-12 is to be solved as well as one near 1, and",
        "where nothing can flow, nothing may be answered but 0.",
        "Solvers on integers are held to exact answers. Each finding was confirmed in fractions by `adapters/tests/confirm_findings.py`,",
        "which shares no code with flowcheck; all numbers are in `scoreboard/findings.json`.",
        "",
        "| solver | version | numbers | tolerance | cases | verdict | findings | "
        + " | ".join(f"T = {size}" for size in SIZES)
        + " |",
        "|---|---|---|---|---|---|---|" + "---|" * len(SIZES),
    ]
    for adapter, certificate in results:
        solver = certificate["solvers"][0]
        contract = solver["contract"]
        cells = [
            adapter.name,
            solver["version"],
            contract["numbers"],
            number(contract["tolerance"]),
            f"{asked(certificate):,}",
            certificate["verdict"],
            str(len(certificate["findings"])),
            *times_cells(certificate),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "## Promises", "", "| solver | kept | broken |", "|---|---|---|"]
    for adapter, certificate in results:
        kept, broken = promises(certificate, "kept"), promises(certificate, "broken")
        lines.append(f"| {adapter.name} | {kept} | {broken} |")
    lines += ["", "## Smallest counterexamples", ""]
    lines += [
        "A network is written as `source to sink: tail>head:capacity, ...`, an answer by its flow in the same order of arcs.",
        "",
    ]
    for adapter, certificate in results:
        own = [record for record in records if record["solver"] == adapter.name]
        lines += [f"### {adapter.name} ({certificate['solvers'][0]['version']})", ""]
        command = f"flowcheck {' '.join(quoted(word) for word in certify_words(adapter))}"
        lines += ["```sh", command, "```", ""]
        if not own:
            lines += ["No findings.", ""]
        for record in own:
            weight = f", weight {record['weight']}" if "weight" in record else ""
            arcs = len(record["network"]["tails"])
            lines += [
                f"- **{record['property']}**, {record['kind']} ({record['task']}{weight}), "
                f"{arcs} {'arc' if arcs == 1 else 'arcs'}, from {record['source']}",
                f"  - network: `{shape(record)}`",
                f"  - answer: {answer_line(record)}",
                f"  - in fractions: {confirm(record)}",
            ]
        lines.append("")
    lines += ["## Without flowcheck", ""]
    lines += [
        "Scripts in the library's own language, for findings above and for rarer failures of the same",
        "libraries. A script fails once the library is repaired.",
        "",
    ]
    for script, text in notes:
        lines += [f"- `scoreboard/{script.name}`: {opening(script)}", f"  It prints `{text}`."]
    return "\n".join(lines) + "\n"


def quoted(word):
    """A word as a shell takes it."""
    return f"'{word}'" if " " in word else word


def opening(script):
    """The comment at the top of a script, as one line."""
    lines = []
    for line in script.read_text().splitlines():
        if not line.startswith(("#", "//")) or line.startswith("#include"):
            break
        lines.append(line.lstrip("#/").strip())
    return " ".join(lines)


def reproductions():
    """Runs the scripts of docs/scoreboard: each with what it prints, if it shows its failure."""
    shown = []
    for script in sorted(SCRIPTS.glob("*.py")) + sorted(SCRIPTS.glob("*.cpp")):
        if script.suffix == ".cpp":
            program = BUILT / script.stem
            build = ["c++", "-std=c++17", "-O1", "-o", str(program), str(script), "-l:liblemon.a"]
            subprocess.run(build, check=True)
            words = [str(program)]
        else:
            words = [str(HERE / ".venv" / "bin" / "python"), str(script)]
        run = subprocess.run(words, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"{script.name} does not show its failure any more: {run.stdout}{run.stderr}")
        shown.append((script, "; ".join(run.stdout.split("\n")[:-1])))
    return shown


def main():
    """Certifies, confirms, and writes the page."""
    parser = argparse.ArgumentParser(description="certify the adapters, write docs/scoreboard.md")
    parser.add_argument("flowcheck", type=Path)
    parser.add_argument("--only", default="", help="those whose name begins so")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    for adapter in ADAPTERS:
        if adapter.name.startswith(arguments.only):
            start = time.monotonic()
            certify(str(arguments.flowcheck.resolve()), adapter, arguments.jobs)
            seconds = time.monotonic() - start
            print(f"{adapter.name}: {summary(adapter)}, {seconds:.0f} s", flush=True)
    missing = [adapter.name for adapter in ADAPTERS if not certificate_path(adapter).exists()]
    if missing:
        sys.exit(f"no page is written: there is no certificate of {', '.join(missing)}")
    results = [(adapter, json.loads(certificate_path(adapter).read_text())) for adapter in ADAPTERS]
    records = [
        stored(adapter, certificate, finding)
        for adapter, certificate in results
        for finding in certificate["findings"]
    ]
    text = page(results, records, reproductions())
    findings = json.dumps({"format": "flowcheck-scoreboard/1", "findings": records}, indent=1)
    (SCRIPTS / "findings.json").write_text(findings + "\n")
    PAGE.write_text(text)
    print(f"{len(records)} findings, all confirmed; wrote {PAGE.relative_to(ROOT)}")


def summary(adapter):
    """What a certificate says, in a line for each finding, which is confirmed in passing."""
    certificate = json.loads(certificate_path(adapter).read_text())
    lines = [f"{certificate['verdict']}, {asked(certificate)} cases"]
    for finding in certificate["findings"]:
        record = stored(adapter, certificate, finding)
        lines.append(f"  {record['property']}, {record['kind']}: {shape(record)}")
        lines.append(f"    {answer_line(record)}; in fractions: {confirm(record)}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
