"""What is evaluated in a browser's search page."""

#: All hits of many questions, as the page's own script finds them: [[number of a piece, ...], ...]
FIND_ALL = """async (lines) => {
  const { load, segmentNamed, answer, parse } = broadsheetSearch;
  const names = (await load("segments")).data.names.slice().reverse();
  const found = [];
  for (const line of lines) {
    const hits = [];
    let first = 0;
    for (const name of names) {
      const segment = await segmentNamed(name);
      const scores = await answer(segment, parse(line, false));
      scores.forEach((score, piece) => score && hits.push(first + piece));
      first += segment.count;
    }
    found.push(hits);
  }
  return found;
}"""
