/* Marks what was searched on the page of a piece, where a result leads to (?hl=). search.js brings
   this. */
(function (global) {
  "use strict";

  const { tokenize, parse, wantedPhrases, hitsIn, element, appendMarked, say, setUp } =
    global.broadsheetSearch;

  const BLOCKS = "h1, h2, h3, p, li, dd, figcaption";

  async function markPage(line, main) {
    await setUp();
    const phrases = wantedPhrases(parse(line, false));
    if (!phrases.length) return;
    let count = 0;
    for (const block of main.querySelectorAll(BLOCKS)) {
      if (!block.querySelector(BLOCKS) && !block.closest("nav, aside")) count += markBlock(block, phrases);
    }
    const button = element("button", { type: "button", className: "btn" }, say("marks"));
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      const off = document.body.classList.toggle("unmarked");
      button.setAttribute("aria-pressed", String(!off));
    });
    main.prepend(element("p", { className: "hitbar meta" }, say("marked", { query: line, count }) + " ", button));
  }

  /** Mark the phrases in one block of text, over the borders of the elements in it. */
  function markBlock(block, phrases) {
    const nodes = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const text = nodes.map((node) => node.data).join("");
    if (text !== text.normalize("NFC")) return 0; // places would not be the page's own
    const hits = hitsIn(tokenize(text), phrases).sort((a, b) => a[0] - b[0]);
    let end = text.length;
    for (const node of nodes.reverse()) {
      const begin = end - node.length;
      const inside = hits.filter(([from, to]) => from < end && to > begin);
      if (inside.length) {
        const marked = document.createDocumentFragment();
        appendMarked(marked, node.data, inside.map(([from, to]) => [from - begin, to - begin]));
        node.replaceWith(marked);
      }
      end = begin;
    }
    return hits.length;
  }

  const main = document.getElementById("main");
  if (main) markPage(new URLSearchParams(location.search).get("hl"), main);
})(globalThis);
