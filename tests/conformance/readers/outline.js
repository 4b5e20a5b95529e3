// Prints the outline of a document as MuPDF reads it, for `mutool run`: the depth of each line, and
// what it says.

function tell(lines, depth) {
  (lines || []).forEach(function (line) {
    print(depth + " " + line.title);
    tell(line.down, depth + 1);
  });
}

tell(new Document(scriptArgs[0]).loadOutline(), 1);
