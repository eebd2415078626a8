/* The box in the masthead suggests days, sections, people and the newest headlines. search.js
   brings this where there is such a box. */
(function (global) {
  "use strict";

  const { tokenize, parse, wantedPhrases, hitsIn, decode, load, HOME, element, say, setUp } =
    global.broadsheetSearch;

  const SUGGESTED = 8;

  /** A date as readers write it, as far as it goes -> ISO: 1998-1-5, 1998年1月 or 98年1月, 1998. */
  function dateIn(text) {
    const plain = text.normalize("NFKC").trim();
    const match = /^(\d{4}|\d\d(?=年))(?:[-./年](?:(\d\d?)(?:[-./月](?:(\d\d?)日?)?)?)?)?$/.exec(plain);
    if (!match) return "";
    const century = match[1].length > 2 ? "" : +match[1] > new Date().getFullYear() % 100 ? "19" : "20";
    return century + match.slice(1).filter(Boolean).map((digits) => digits.padStart(2, "0")).join("-");
  }

  /** quick.js and a line -> suggestions [text, small print, address]. */
  function suggest({ issues, names, headlines }, line) {
    const asked = dateIn(line), year = asked.slice(0, 4);
    const days = Array.from(decode(issues[year] || ""), (day) =>
      [year, day >> 5, day & 31].map((digits) => String(digits).padStart(2, "0")).join("-"));
    const dates = days.filter((day) => asked.length > 4 && day.startsWith(asked));
    if (days.length && asked.length < 10) dates.unshift(year);
    const phrases = wantedPhrases(parse(line, true));
    const fits = ([text]) => {
      const tokens = tokenize(text);
      return phrases.length && phrases.every((phrase) => hitsIn(tokens, [phrase]).length);
    };
    return dates.map((date) => [date, "", date === year ? `archive/${year}.html` : date + "/index.html"])
      .concat(names.filter(fits), headlines.filter(fits)).slice(0, SUGGESTED);
  }

  Object.assign(global.broadsheetSearch, { dateIn, suggest });
  if (!global.document) return;

  function quickBox(form, n) {
    const box = form.elements.q;
    const list = element("ul", { className: "quick", id: "quick-" + n, role: "listbox", hidden: true });
    const aria = (node, name, value) => node.setAttribute("aria-" + name, value);
    let data = null, current = -1;
    form.append(list);
    box.setAttribute("role", "combobox");
    aria(box, "autocomplete", "list");
    aria(box, "controls", list.id);
    const close = (closed) => {
      list.hidden = closed;
      aria(box, "expanded", !closed);
      choose(-1);
    };
    const choose = (next) => {
      current = next;
      for (const [i, item] of Array.from(list.children).entries()) aria(item, "selected", i === next);
      aria(box, "activedescendant", next < 0 ? "" : list.children[next].id);
    };
    const show = () => {
      const found = data && box.value.trim() ? suggest(data, box.value) : [];
      list.replaceChildren(...found.map(([text, note, href], i) =>
        element("li", { role: "option", id: list.id + "-" + i },
          element("a", { href: HOME + href, tabIndex: -1 }, text, " ", element("small", {}, note)))));
      aria(list, "label", say("quick"));
      close(!found.length);
    };
    const begin = async () => {
      if (data) return;
      const [quick] = await Promise.all([load("quick"), setUp()]);
      data = quick.data;
      show();
    };
    close(true);
    box.addEventListener("focus", begin);
    box.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], many = list.children.length;
      if (list.hidden) return;
      if (event.key === "Escape") close(true);
      else if (step) choose(((current + 1 + step + many + 1) % (many + 1)) - 1);
      else if (event.key === "Enter" && current >= 0) list.children[current].firstChild.click();
      else return;
      event.preventDefault();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close(true);
    });
    if (document.activeElement === box) begin();
  }

  document.querySelectorAll("form.find").forEach(quickBox);
})(globalThis);
