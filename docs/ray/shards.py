"""Builds all books below a folder on a Ray cluster, one task for each part of them.

    python shards.py BOOKS OUT --shards 4

Each task runs `banxin build --all BOOKS --shard K/N --json` into a folder of its own machine, and sends
back the files and the report. The files of each book come to lie in OUT under the book's path, and one
report on all of them in OUT/report.json. The exit code is 1 when any book failed.
"""

import argparse
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

import ray


@ray.remote(num_cpus=1, max_retries=3)
def build(program, books, shard, options):
    """Builds one part: its report, and its files as a tar."""
    with tempfile.TemporaryDirectory() as out:
        command = [program, "build", "--all", books, "--shard", shard, "--json", "--out", out, *options]
        # A task has one processor; banxin would take all that the machine has.
        environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
        done = subprocess.run(command, capture_output=True, env=environment)
        # 1: some books have errors, and the report tells them. All else is no matter of books.
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{shard}: {done.stderr.decode(errors='replace')}")
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            tar.add(out, arcname=".")
        return json.loads(done.stdout), packed.getvalue()


def gather(tasks, out):
    """Unpacks each part as soon as it is there; the reports of all."""
    reports = []
    while tasks:
        [ready], tasks = ray.wait(tasks, num_returns=1)
        report, packed = ray.get(ready)
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            tar.extractall(out, filter="data")
        reports.append(report)
        totals = report["totals"]
        print(f"{report['shard']}: {totals['done']} done, {totals['failed']} failed", flush=True)
    return reports


def together(reports):
    """One report, the same whichever part was ready first."""
    reports.sort(key=lambda report: int(report["shard"].split("/")[0]))
    books = [book for report in reports for book in report["books"]]
    totals = {key: sum(report["totals"][key] for report in reports) for key in reports[0]["totals"]}
    # What is wrong with the folder of all books is found again in each part.
    findings = reports[0]["findings"]
    return {
        "version": reports[0]["version"],
        "generator": reports[0]["generator"],
        "shard": None,
        "totals": totals,
        "books": sorted(books, key=lambda book: book["path"]),
        "findings": findings,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("books", type=pathlib.Path, help="a folder that every machine sees under this path")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--shards", type=int, default=4, help="how many parts")
    parser.add_argument("--workers", type=int, default=2, help="processes of a cluster on this machine")
    parser.add_argument("--address", help="a running cluster, or `auto`; without it one is started here")
    parser.add_argument("--banxin", default="banxin", help="the program, on every machine")
    parser.add_argument("--only", action="append", default=[], help="make this output alone")
    asked = parser.parse_args()

    options = [word for output in asked.only for word in ("--only", output)]
    here = {} if asked.address else {"num_cpus": asked.workers, "include_dashboard": False}
    ray.init(address=asked.address, log_to_driver=False, logging_level="warning", **here)
    shards = [f"{index}/{asked.shards}" for index in range(1, asked.shards + 1)]
    books = str(asked.books.resolve())
    tasks = [build.remote(asked.banxin, books, shard, options) for shard in shards]
    asked.out.mkdir(parents=True, exist_ok=True)
    report = together(gather(tasks, asked.out))
    (asked.out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for book in report["books"]:
        if book["state"] != "done":
            print(f"{book['path']}: failed")
    totals = report["totals"]
    print(f"{totals['books']} books: {totals['done']} done, {totals['failed']} failed, {totals['files']} files")
    return 1 if totals["failed"] or totals["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
