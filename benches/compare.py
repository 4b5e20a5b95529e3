#!/usr/bin/env python3
"""Sets the same Chinese text by Typst and by banxin, and measures the lines of both.

    pip install typst==0.15.2
    python3 benches/compare.py target/compare

Two books are set in lines of 18, 26 and 36 ems, in the same face, size and leading: the running text
of `book/`, and 100,000 characters of generated text with many Latin words, numbers, addresses and
marks in clusters. The metric of the test suite reads the glyphs back from all twelve PDFs in one run.
A table of its figures is printed and, with pages of both side by side, written to the folder named; with
UPDATE=1 also to tests/compare/, whose text reads the figures.

`source FOLDER FILE.typ` writes the chapters of a book's folder for Typst, in lines of 26 ems, and
`typst FILE.typ FILE.pdf` sets that file and prints the seconds on a processor and the peak memory in
MiB: `cargo bench --bench pdf -- typst` measures with them.
"""

import json
import re
import resource
import subprocess
import sys
import time
from os import environ, pathsep
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "tests" / "compare"
MEASURES = (18, 26, 36)
BOOKS = ("digest", "mixed")
# Points: body size; for each measure the paper, the margin at the head, the leading, the lines.
BODY = 10.5
SHEETS = {
    18: (148.0, 210.0, 19.0, 17.5, 28),
    26: (148.0, 210.0, 19.0, 17.5, 28),
    36: (185.0, 260.0, 24.0, 18.0, 34),
}
POINTS = 72 / 25.4


def main():
    match sys.argv[1:]:
        case ["source", folder, file]:
            book = typst_book(read_chapters(Path(folder)), 26, "#outline()")
            Path(file).write_text(book, encoding="utf-8")
        case ["typst", source, file]:
            set_by_typst(Path(source), Path(file))
        case _:
            compare()


def set_by_typst(source, file):
    import typst

    typst.compile(source, output=file, font_paths=[ROOT / "fonts"], ignore_system_fonts=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time(), peak)


def compare():
    out = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target" / "compare")
    try:
        import typst
    except ImportError:
        sys.exit("Typst is needed: pip install typst==0.15.2")
    out.mkdir(parents=True, exist_ok=True)
    write_books(out)
    for book in BOOKS:
        for measure in MEASURES:
            source = out / f"{book}-typst-{measure}.typ"
            source.write_text(typst_book(read_chapters(out / book), measure), encoding="utf-8")
            typst.compile(
                source,
                output=source.with_suffix(".pdf"),
                font_paths=[ROOT / "fonts"],
                ignore_system_fonts=True,
            )
    reports = measure_all(out)
    table = "\n".join(rows(reports)).strip()
    print(table)
    (out / "table.md").write_text(table + "\n", encoding="utf-8")
    source = out / "pages.typ"
    source.write_text(opening_pages(reports), encoding="utf-8")
    pages = typst.compile(source, format="png", ppi=88, font_paths=[ROOT / "fonts"])
    (out / "pages.png").write_bytes(pages)
    if "UPDATE" in environ:
        (PAGE / "pages.png").write_bytes(pages)
        readme = PAGE / "README.md"
        before, rest = readme.read_text(encoding="utf-8").split("| digest |", 1)
        after = rest[rest.index("\n\nLines are counted") :]
        readme.write_text(before + table + after, encoding="utf-8")


# --- The text: Markdown that is only headings, paragraphs and notes.


def write_books(out):
    """Writes the folders `digest` and `mixed`."""
    digest = []
    for name in ("chatham-house", "csis", "cfr", "nbr", "brookings", "comparison"):
        digest.append(plain((ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")))
    write_book(out / "digest", digest)
    generated = out / "generated"
    words = ("bench", "--profile", "dev", "--bench", "layout", "--", "write")
    cargo(*words, str(generated.resolve()))
    chapters = [generated / f"c{number}.md" for number in range(1, 10)]
    write_book(out / "mixed", [plain(file.read_text(encoding="utf-8")) for file in chapters])


def write_book(folder, chapters):
    folder.mkdir(exist_ok=True)
    names = []
    for number, chapter in enumerate(chapters, 1):
        names.append(f"c{number}.md")
        (folder / names[-1]).write_text(chapter, encoding="utf-8")
    (folder / "book.toml").write_text(
        'title = "对照"\nidentifier = "urn:uuid:c3a27b4c-5584-4a3a-88e6-c676eb6a870c"\n'
        f'date = "2025-12-23"\n\n[headings]\nnumbers = false\n\n[contents]\nbody = {json.dumps(names)}\n',
        encoding="utf-8",
    )


def plain(markdown):
    """Items of lists and quotes become paragraphs, words of the index plain; tables, figures, their
    captions and citations go."""
    paragraphs = []
    for block in re.split(r"\n\s*\n", markdown):
        block = block.strip()
        if block.startswith(("|", "![", "表：", ":")) or not block:
            continue
        for line in block.split("\n"):
            line = re.sub(r"^(> |- |\d+\. )", "", line)
            line = re.sub(r"\[@[^]]+\]", "", line)
            line = re.sub(r"\[([^]]*)\]\{[^}]*\}", r"\1", line)
            line = re.sub(r"\s*\{[^}]*\}$", "", line)
            line = re.sub(r"\[\]\([^)]*\)", "前文", line)
            line = re.sub(r"\[([^]^]+)\]\([^)]*\)", r"\1", line)
            paragraphs.append(line)
    return "\n\n".join(paragraphs) + "\n"


def read_chapters(folder):
    files = sorted(folder.glob("c*.md"), key=lambda file: int(file.stem[1:]))
    return [file.read_text(encoding="utf-8") for file in files]


# --- Typst, as one sets Chinese with it.


def typst_book(chapters, measure, front=""):
    width, height, head, leading, lines = SHEETS[measure]
    lead = leading - BODY
    side = (width * POINTS - measure * BODY) / 2
    top = head * POINTS + lead / 2
    bottom = height * POINTS - top - (lines * leading - lead) - 0.1
    settings = f"""\
#set document(title: "对照")
#set page(width: {width}mm, height: {height}mm, margin: (x: {side:.3f}pt, top: {top:.3f}pt, bottom: {bottom:.3f}pt),
  header: counter(footnote).update(0))
#set text(font: "Noto Serif SC", size: {BODY}pt, lang: "zh", region: "cn", cjk-latin-spacing: auto, overhang: false,
  costs: (runt: 1000%),   top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, linebreaks: "optimized", first-line-indent: (amount: 2em, all: true),
  leading: {lead}pt, spacing: {lead}pt)
#set smartquote(enabled: false)
#show raw: set text(font: ("Noto Sans Mono", "Noto Serif SC"), size: 1.15em)
#set footnote(numbering: "①")
#set footnote.entry(gap: 4.5pt)
#show footnote.entry: set text(size: 8pt)
#show footnote.entry: set par(leading: 4.5pt, first-line-indent: 0pt)
#show heading: set par(justify: false, first-line-indent: 0pt)
#show heading.where(level: 1): it => {{ pagebreak(weak: true); block(below: 4 * {leading}pt, text(size: 18pt, it.body)) }}
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 2): set block(above: {lead + leading}pt, below: {lead + leading / 2}pt)
"""
    return settings + front + "\n" + "\n".join(typst_chapter(chapter) for chapter in chapters)


def typst_chapter(markdown):
    blocks = markdown.strip().split("\n\n")
    notes = {}
    for block in blocks:
        note = re.match(r"\[\^([^]]+)\]: (.*)", block, re.S)
        if note:
            notes[note[1]] = note[2]
    text = [typst_block(block, notes) for block in blocks if not block.startswith("[^")]
    return "\n\n".join(text) + "\n"


def typst_block(block, notes):
    heading = re.match(r"(#+) (.*)", re.sub(r"\s*\{#[^}]*\}$", "", block))
    if heading:
        return f"{'=' * len(heading[1])} {typst_inline(heading[2], notes)}"
    lines = block.split("\n")
    if block.startswith("- "):
        return "\n".join(f"- {typst_inline(line[2:], notes)}" for line in lines)
    if re.match(r"\d+\. ", block):
        return "\n".join(f"+ {typst_inline(line.split('. ', 1)[1], notes)}" for line in lines)
    if block.startswith("> "):
        return f"#quote(block: true)[{typst_inline(block[2:], notes)}]"
    if block.startswith("|"):
        return typst_table(lines, notes)
    figure = re.match(r"!\[([^]]*)\]\((\S+)", block)
    if figure:
        caption = typst_inline(figure[1], notes)
        return f"#figure(image({quoted(figure[2])}, alt: {quoted(figure[1])}), caption: [{caption}])"
    caption = re.match(r"表：(.*?) \{", block)
    if caption:
        # It stands over the table that follows.
        return f"#align(center)[{typst_inline(caption[1], notes)}]"
    return typst_inline(re.sub(r"\[\]\([^)]*\)", "图", block), notes)


def typst_table(lines, notes):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head, _, *body = rows
    cells = [", ".join(f"[{typst_inline(cell, notes)}]" for cell in row) for row in (head, *body)]
    columns = ", ".join(["auto"] * (len(head) - 1) + ["1fr"])
    return f"#table(columns: ({columns}), table.header({cells[0]}), {', '.join(cells[1:])})"


INLINE = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|`(?P<code>[^`]+)`|\[\^(?P<note>[^]]+)\]"
    r"|(?P<url>https?://[!-~]+)"
)


def typst_inline(markdown, notes):
    """Text as strings, so that no character of it means anything to Typst."""
    text, at = [], 0
    for found in INLINE.finditer(markdown):
        text.append(typst_string(markdown[at : found.start()]))
        at = found.end()
        if found["strong"]:
            text.append(f"#strong[{typst_inline(found['strong'], notes)}]")
        elif found["code"]:
            text.append(f"#raw({quoted(found['code'])})")
        elif found["note"]:
            text.append(f"#footnote[{typst_inline(notes[found['note']], notes)}]")
        else:
            text.append(f"#link({quoted(found['url'])})")
    return "".join(text) + typst_string(markdown[at:])


def typst_string(text):
    return f"#{quoted(text)}" if text else ""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def opening_pages(reports):
    """Where each book begins, by both, in lines of 26 ems."""
    cells = ["[banxin]", "[Typst 0.15]"]
    for book in BOOKS:
        for name in (f"{book}-26", f"{book}-typst-26"):
            page = reports[name]["begins on page"]
            cells.append(f'box(fill: white, image("{name}.pdf", page: {page}))')
    return f"""\
#set page(width: auto, height: auto, margin: 8pt, fill: luma(225))
#set text(font: "Noto Sans SC", size: 11pt)
#grid(columns: 2, gutter: 8pt, align: center, {", ".join(cells)})
"""


# --- The metric.


def measure_all(out):
    """Sets the books by banxin and reports on all PDFs, in one run of the test suite."""
    paths = [out / book for book in BOOKS]
    paths += [out / f"{book}-typst-{measure}.pdf" for book in BOOKS for measure in MEASURES]
    said = cargo(
        *("test", "--test", "suite", "metric::file", "--", "--nocapture"),
        BANXIN_METRIC_FILE=pathsep.join(str(path.resolve()) for path in paths),
    )
    (out / "reports.txt").write_text(said, encoding="utf-8")
    reports = {}
    for part in said.split("== ")[1:]:
        path, *lines = part.splitlines()
        figures = {line[:20].strip(): line[20:].split()[0] for line in lines if is_figure(line)}
        reports[Path(path).stem] = figures
    return reports


def is_figure(line):
    return re.match(r"\S.{19} *[\d.]+", line) is not None


def cargo(*words, **variables):
    """What Cargo prints."""
    run = subprocess.run(
        ["cargo", *words],
        cwd=ROOT,
        env={**environ, **variables},
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return run.stdout


def rows(reports):
    """The table: a row for each figure, two columns for each measure."""
    for book in BOOKS:
        columns = [(f"{book}-{m}", f"{book}-typst-{m}") for m in MEASURES]
        heads = " | ".join(f"banxin {m} em | Typst {m} em" for m in MEASURES)
        yield f"| {book} | {heads} |"
        yield "|---|" + "--:|" * (2 * len(MEASURES))
        for figure in reports[columns[0][0]]:
            if figure in ("begins on page", "body size", "measure"):
                continue
            values = [reports[name].get(figure, "?") for pair in columns for name in pair]
            yield f"| {figure} | {' | '.join(values)} |"
        yield ""


if __name__ == "__main__":
    main()
