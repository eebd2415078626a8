/* Search: exact, in the browser, from the files beside this page. No network but those, no
   dependency. It works from a folder: data comes as classic scripts that call broadsheetData.

     1 Folding       what counts as the same character
     2 Questions     a line of words -> what must and must not occur
     3 Scripts       loading data
     4 Segments      which pieces of a stretch of the calendar hold a phrase
     5 Passages      where a shown text holds it; marks
     6 The search page
     7 The quick box, in the masthead
     8 Marks on the page of a piece

   broadsheet/search/ holds the other half: fold.py, query.py and index.py say the same things. */
(function (global) {
  "use strict";

  const here = global.document && document.currentScript && document.currentScript.src;
  const HOME = here ? new URL("../", here).href : "";

  /* 1 Folding -------------------------------------------------------------------------------- */

  const BREAK = 0, WORD = 1, EAST_ASIAN = 2;
  const LETTER = /[\p{L}\p{N}\p{M}]/u;
  const EAST_ASIAN_RANGES = /[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u30ff\u3105-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const VANISHES = /[\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

  let simplified = new Map();
  const folded = new Map();
  const kinds = new Map();

  /** Pairs of characters, traditional and simplified, as one string. */
  function setPairs(pairs) {
    const characters = Array.from(pairs);
    simplified = new Map();
    for (let i = 0; i < characters.length; i += 2) simplified.set(characters[i], characters[i + 1]);
    folded.clear();
  }

  /** One character of composed text -> what it is compared as: one, several, or none. */
  function foldCharacter(character) {
    let known = folded.get(character);
    if (known === undefined) {
      const plain = VANISHES.test(character) ? "" : character.normalize("NFKC").toLowerCase();
      known = Array.from(plain, (c) => simplified.get(c) || c).join("");
      folded.set(character, known);
    }
    return known;
  }

  function kindOf(character) {
    let known = kinds.get(character);
    if (known === undefined) {
      known = !LETTER.test(character) ? BREAK : EAST_ASIAN_RANGES.test(character) ? EAST_ASIAN : WORD;
      kinds.set(character, known);
    }
    return known;
  }

  /** Text -> tokens {kind, text, from, to}; from and to are places in the text's composed form. */
  function tokenize(text) {
    const tokens = [];
    let from = 0, last = null;
    for (const character of text.normalize("NFC")) {
      const to = from + character.length;
      for (const c of foldCharacter(character)) {
        const kind = kindOf(c);
        if (last && last.kind === kind && kind !== EAST_ASIAN) {
          last.text += c;
          last.to = to;
        } else {
          last = { kind, text: c, from, to };
          tokens.push(last);
        }
      }
      from = to;
    }
    return tokens;
  }

  /* 2 Questions ------------------------------------------------------------------------------ */

  const CHUNK = /([|｜])|([-－]?)(?:["＂]([^"＂|｜]*)["＂]?|“([^”|｜]*)”?|「([^」|｜]*)」?|([^\s"＂“「|｜]+))/gu;

  /** A line -> alternatives, each {must, not}: lists of phrases, a phrase being tokens.
      While `typing`, a word at the very end of the line stands for all that begin with it. */
  function parse(line, typing) {
    const alternatives = [{ must: [], not: [] }];
    let open = null;
    for (const [chunk, bar, minus, straight, curly, cornered, plain] of line.matchAll(CHUNK)) {
      open = null;
      if (bar) {
        alternatives.push({ must: [], not: [] });
        continue;
      }
      const found = plain ? split(tokenize(plain)) : [trim(tokenize(straight || curly || cornered || ""))];
      const side = alternatives[alternatives.length - 1][minus ? "not" : "must"];
      side.push(...found.filter((tokens) => tokens.length));
      if (plain && line.endsWith(chunk)) open = found[found.length - 1];
    }
    const end = open && open[open.length - 1];
    if (typing && end && end.kind === WORD && kindOf(foldCharacter(Array.from(line).pop())) === WORD) {
      end.prefix = true;
    }
    const asked = alternatives.filter((one) => one.must.length || one.not.length);
    return asked.length ? asked : [{ must: [], not: [] }];
  }

  function trim(tokens) {
    while (tokens.length && tokens[0].kind === BREAK) tokens.shift();
    while (tokens.length && tokens[tokens.length - 1].kind === BREAK) tokens.pop();
    return tokens;
  }

  function split(tokens) {
    const phrases = [[]];
    for (const token of tokens) {
      if (token.kind === BREAK) phrases.push([]);
      else phrases[phrases.length - 1].push(token);
    }
    return phrases.filter((phrase) => phrase.length);
  }

  /** A phrase -> the terms that together are it: {stream, low, high, offset}. A term from low to
      high stands `offset` tokens after the phrase's begin. index.py tells how pairs and words are
      listed; a single character is every pair that begins with it, hence the range. */
  function termsOf(phrase) {
    const terms = [];
    const pair = (first, second, offset) =>
      terms.push({ stream: "p", low: first + second, high: first + (second || "\uffff"), offset });
    let covered = -1; // the last token that a pair has accounted for
    phrase.forEach(({ kind, text, prefix }, i) => {
      const next = phrase[i + 1], before = phrase[i - 1];
      if (kind === WORD) {
        const low = text + (next && next.kind === EAST_ASIAN ? "+" : " ");
        const high = prefix ? text + "\uffff" : next ? low : text + "+";
        terms.push({ stream: "w", low, high, offset: i });
      } else if (kind === EAST_ASIAN) {
        if (next && next.kind === BREAK) pair(text, " ", i);
        else if (covered >= i) return;
        else if (next && next.kind === EAST_ASIAN) pair(text, next.text, i), (covered = i + 1);
        else if (before && before.kind === EAST_ASIAN) pair(before.text, text, i - 1);
        else if (next) pair(text, "#", i);
        else if (before && before.kind === WORD) pair("#", text, i - 1);
        else pair(text, "", i);
      }
    });
    return terms;
  }

  /* 3 Scripts -------------------------------------------------------------------------------- */

  const KEPT = 240; // scripts that stay in memory: what a few questions need
  const scripts = new Map(); // name -> promise of {version, data}, oldest first
  const waiting = new Map(); // name -> what to do when its script calls

  global.broadsheetData = function (name, version, data) {
    const take = waiting.get(name);
    if (take) take({ version, data });
  };

  /** The data of search/NAME.js. `version` keeps a cache from giving another build's script. */
  function load(name, version) {
    let promise = scripts.get(name);
    if (promise) scripts.delete(name);
    else {
      promise = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const settle = (then, value) => {
          waiting.delete(name);
          script.remove();
          then(value);
        };
        waiting.set(name, (value) => settle(resolve, value));
        script.onerror = () => settle(reject, new Error(name));
        script.src = HOME + "search/" + name + ".js" + (version ? "?v=" + version : "");
        document.head.append(script);
      });
      promise.catch(() => scripts.delete(name));
    }
    scripts.set(name, promise);
    if (scripts.size > KEPT) scripts.delete(scripts.keys().next().value);
    return promise;
  }

  /** The data of one of a segment's scripts; another build's is refused. */
  async function part(segment, name) {
    const { version, data } = await load(segment.name + "/" + name, segment.version);
    if (version !== segment.version) throw new Error("stale");
    return data;
  }

  /* 4 Segments ------------------------------------------------------------------------------- */

  const SMALL = 40, BASE = 0xd800 - 0x80;

  /** Characters -> the numbers that codes.py wrote with them. */
  function decode(text) {
    const values = [];
    let high = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0xe000) high = code - 0xe000;
      else if (code >= 0x80) {
        values.push(high * BASE + code - 0x80 + SMALL);
        high = 0;
      } else {
        const single = code - 35 - (code > 92 ? 1 : 0);
        if (single < SMALL) values.push(single);
        else high = single - SMALL + 1;
      }
    }
    return values;
  }

  /** segment.js -> what is needed of it, in arrays by piece. Pieces stand in printed order. */
  function openSegment(name, { version, data }) {
    const lengths = decode(data.tokens);
    const starts = new Int32Array(lengths.length + 1);
    lengths.forEach((length, i) => (starts[i + 1] = starts[i] + length));
    const counts = decode(data.people[1]), persons = decode(data.people[2]);
    let at = 0;
    return {
      name, version, starts,
      count: lengths.length,
      titles: decode(data.titles),
      leads: decode(data.leads),
      days: decode(data.days),
      years: data.years.flatMap(([year, count]) => new Array(count).fill(year)),
      types: { names: data.types[0], of: decode(data.types[1]) },
      sections: { names: data.sections[0], of: decode(data.sections[1]) },
      people: { names: data.people[0], of: counts.map((n) => persons.slice(at, (at += n))) },
      texts: decode(data.texts),
      directory: { p: data.pairs, w: data.words },
    };
  }

  const opened = new WeakMap();

  async function segmentNamed(name) {
    const script = await load(name + "/segment");
    if (!opened.has(script)) opened.set(script, openSegment(name, script));
    return opened.get(script);
  }

  const shards = new WeakMap(); // what a shard's script gave -> {terms, lists}

  function openShard(data) {
    let shard = shards.get(data);
    if (!shard) {
      const terms = [];
      for (const group of data[0].split("!").slice(1)) {
        const first = String.fromCodePoint(group.codePointAt(0));
        const rest = group.slice(first.length);
        const word = first !== "#" && kindOf(first) === WORD;
        for (const end of word ? rest.match(/[^ +]*[ +]/gu) : rest) terms.push(first + end);
      }
      shard = { terms, lists: data[1].split("!") };
      shards.set(data, shard);
    }
    return shard;
  }

  /** How many of the sorted `terms` are not after `term`. */
  function rank(terms, term) {
    let low = 0, high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] <= term) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sorted positions at which a phrase may begin for the sake of one of its terms. */
  async function positionsOf(segment, { stream, low, high, offset }) {
    const directory = segment.directory[stream];
    const first = Math.max(rank(directory, low) - 1, 0), end = rank(directory, high);
    const loading = [];
    for (let n = first; n < end; n++) loading.push(part(segment, stream + n));
    const lists = [];
    for (const data of await Promise.all(loading)) {
      const { terms, lists: all } = openShard(data);
      for (let i = 0; i < terms.length; i++) {
        if (terms[i] >= low && terms[i] <= high) lists.push(decode(all[i]));
      }
    }
    const found = new Int32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let n = 0;
    for (const list of lists) {
      let position = -offset;
      for (const step of list) found[n++] = position += step;
    }
    return lists.length > 1 ? found.sort() : found;
  }

  /** What two sorted lists have in common. */
  function common(a, b) {
    const out = [];
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] === b[j]) out.push(a[i++]), j++;
      else if (a[i] < b[j]) i++;
      else j++;
    }
    return out;
  }

  const TITLE = 2 ** 24, LEAD = 2 ** 16; // a score: phrases in titles, in leads, then hits

  /** Where a phrase begins, sorted. Two terms first: a rare phrase seldom needs the others. */
  async function beginsOf(segment, phrase) {
    const terms = termsOf(phrase);
    let positions = null;
    for (const some of [[terms.shift(), ...terms.splice(-1)], terms]) {
      if (!some.length || (positions && !positions.length)) break;
      const lists = await Promise.all(some.map((term) => positionsOf(segment, term)));
      if (positions) lists.push(positions);
      lists.sort((a, b) => a.length - b.length);
      positions = lists.reduce(common);
    }
    return positions;
  }

  /** The score by piece of one phrase; 0 where it does not occur. */
  async function scoresOf(segment, phrase) {
    const positions = await beginsOf(segment, phrase);
    const { starts, titles, leads } = segment;
    const scores = new Int32Array(segment.count);
    for (let i = 0, piece = 0; i < positions.length; piece++) {
      if (positions[i] >= starts[piece + 1]) continue;
      const place = positions[i] - starts[piece];
      const zone = place < titles[piece] ? TITLE : place < titles[piece] + leads[piece] ? LEAD : 0;
      const begin = i;
      while (i < positions.length && positions[i] < starts[piece + 1]) i++;
      scores[piece] = zone + Math.min(i - begin, LEAD - 1);
    }
    return scores;
  }

  /** The score by piece of a question. A question without a wanted phrase wants every piece. */
  async function answer(segment, question) {
    const best = new Int32Array(segment.count);
    for (const { must, not } of question) {
      const [wanted, unwanted] = await Promise.all([must, not].map((phrases) =>
        Promise.all(phrases.map((phrase) => scoresOf(segment, phrase)))));
      for (let piece = 0; piece < segment.count; piece++) {
        let score = wanted.length ? 0 : 1;
        for (const scores of wanted) {
          if (!scores[piece]) {
            score = 0;
            break;
          }
          score += scores[piece];
        }
        if (score > best[piece] && !unwanted.some((scores) => scores[piece])) best[piece] = score;
      }
    }
    return best;
  }

  /* 5 Passages ------------------------------------------------------------------------------- */

  /** Where tokens hold one of the phrases: [from, to, number of the phrase], in order. */
  function hitsIn(tokens, phrases) {
    const hits = [];
    for (let i = 0; i < tokens.length; i++) {
      phrases.forEach((phrase, number) => {
        if (i + phrase.length > tokens.length) return;
        for (let k = 0; k < phrase.length; k++) {
          const token = tokens[i + k], wanted = phrase[k];
          if (token.kind !== wanted.kind) return;
          if (wanted.kind === BREAK) continue;
          if (wanted.prefix ? !token.text.startsWith(wanted.text) : token.text !== wanted.text) return;
        }
        hits.push([tokens[i].from, tokens[i + phrase.length - 1].to, number]);
      });
    }
    return hits;
  }

  /** Text with its hits in <mark>, appended to an element. */
  function appendMarked(parent, text, hits, from = 0, to = text.length) {
    let at = from;
    for (const [begin, end] of hits) {
      if (end <= at || begin >= to) continue;
      parent.append(text.slice(at, Math.max(at, begin)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(Math.max(at, begin), Math.min(end, to));
      parent.append(mark);
      at = Math.min(end, to);
    }
    parent.append(text.slice(at, to));
  }

  const SNIPPETS = 2, BEFORE = 28, AFTER = 52, APART = 70;
  const CLAUSE = /[。！？；，、：,.;:!?\n]/u;

  /** A piece's paragraphs -> up to two passages {text, hits, from, to, anchor, hit}, the second one
      for another phrase where there is one. */
  function passages(paragraphs, phrases) {
    const all = [];
    for (const [anchor, printed] of paragraphs) {
      const text = printed.normalize("NFC");
      const hits = hitsIn(tokenize(text), phrases);
      for (const hit of hits) all.push({ text, hits, anchor, hit });
    }
    const chosen = all.slice(0, 1);
    for (const rank of [(p) => p.hit[2] !== chosen[0].hit[2], () => true]) {
      const far = (p) => p.text !== chosen[0].text || p.hit[0] - chosen[0].hit[0] >= APART;
      const next = chosen.length && chosen.length < SNIPPETS && all.find((p) => rank(p) && far(p));
      if (next) chosen.push(next);
    }
    return chosen.map((passage) => ({ ...passage, ...extent(passage.text, passage.hit) }));
  }

  /** From where to where a passage is shown: from the sentence's begin when that is near. */
  function extent(text, [begin, end]) {
    let from = Math.max(0, begin - BEFORE);
    const sentence = Math.max(...Array.from("。？！", (stop) => text.lastIndexOf(stop, begin - 1)));
    if (begin && sentence >= from) from = sentence + 1;
    if (/[”」』"]/.test(text[from])) from++;
    return { from, to: Math.min(text.length, Math.max(end, begin + AFTER)) };
  }

  /** #anchor:~:text=CLAUSE. A browser finds whole words only, and Chinese words are the browser's
      own guess; from one mark of punctuation to the next is certain. */
  function fragment(anchor, text, [begin, end]) {
    let from = begin, to = end;
    while (from > 0 && !CLAUSE.test(text[from - 1])) from--;
    while (to < text.length && !CLAUSE.test(text[to])) to++;
    const clause = encodeURIComponent(text.slice(from, to).trim()).replace(/-/g, "%2D");
    return "#" + anchor + ":~:text=" + clause;
  }

  /** All phrases that a question wants, to be marked. */
  const wantedPhrases = (question) => question.flatMap((alternative) => alternative.must);

  global.broadsheetSearch = {
    setPairs, foldCharacter, kindOf, tokenize, parse, termsOf, decode, openSegment, openShard, hitsIn,
    load, segmentNamed, answer,
  };
  if (!global.document) return;

  /* 6 The search page -------------------------------------------------------------------------- */

  const AHEAD = 6; // segments under way at once
  const PAGE = 20; // results shown at a time
  const PATIENCE = 120; // ms between a key and the question, and between two paintings
  const LISTED = 12; // names in a filter's list
  const FACETS = ["type", "section", "person"];

  let strings = {}; // the interface's words, from setup.js

  const say = (key, values) =>
    (strings[key] || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const setUp = () => load("setup").then(({ data }) => {
    setPairs(data.pairs);
    strings = data.strings;
  });

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  async function searchPage(form) {
    const box = form.elements.q, list = document.getElementById("out");
    const status = document.getElementById("count"), progress = document.getElementById("far");
    const more = document.getElementById("more"), problem = document.getElementById("trouble");
    const histogram = form.querySelector(".histogram");
    let names = []; // of the segments, newest first
    let turn = 0; // the question being answered; answers to older ones are dropped
    let question, answers, chosen, shown, rows, painted = -Infinity, timer = 0, complete;

    // What is asked: the form's fields are the state, the address repeats them.

    function readAddress() {
      const asked = new URLSearchParams(location.search);
      box.value = asked.get("q") || "";
      form.elements.order.value = asked.get("order") || "newest";
      form.elements.from.value = asked.get("from") || "";
      form.elements.to.value = asked.get("to") || "";
      chosen = {};
      for (const facet of FACETS) chosen[facet] = new Set(asked.getAll(facet));
    }

    function writeAddress(how) {
      const asked = new URLSearchParams();
      if (box.value.trim()) asked.set("q", box.value.trim());
      for (const facet of FACETS) for (const name of chosen[facet]) asked.append(facet, name);
      for (const field of ["from", "to"]) {
        if (form.elements[field].value) asked.set(field, form.elements[field].value);
      }
      if (form.elements.order.value !== "newest") asked.set("order", form.elements.order.value);
      const address = location.pathname + (asked.toString() ? "?" + asked : "");
      if (how === "pushState" && address === location.pathname + location.search) return;
      history[how](null, "", address);
    }

    // Asking the segments, a few at a time, those first whose pieces come first.

    async function ask(typing) {
      const mine = ++turn;
      question = parse(box.value, typing);
      answers = new Map();
      complete = false;
      restart();
      const queue = form.elements.order.value === "oldest" ? names.slice().reverse() : names.slice();
      const work = async () => {
        for (let name; mine === turn && (name = queue.shift()) !== undefined; ) {
          const answered = await answerOf(name, question);
          if (mine !== turn) return;
          answers.set(name, answered);
          paintSoon();
        }
      };
      try {
        await Promise.all(Array.from({ length: AHEAD }, work));
      } catch (error) {
        if (mine === turn) problem.textContent = say("failed", { name: error.message });
        return;
      }
      if (mine !== turn) return;
      complete = true;
      paint();
      performance.mark("search complete");
    }

    async function answerOf(name, asked) {
      let segment = await segmentNamed(name);
      try {
        return { segment, scores: await answer(segment, asked) };
      } catch (error) {
        if (error.message !== "stale") throw error;
        scripts.delete(name + "/segment"); // the site was built anew since: ask it past the cache
        segment = await load(name + "/segment", Date.now()).then((script) => openSegment(name, script));
        return { segment, scores: await answer(segment, asked) };
      }
    }

    // Counting: what a filter's names would give, every other filter applied.

    function tally({ segment, scores }) {
      const from = +form.elements.from.value || -Infinity, to = +form.elements.to.value || Infinity;
      const { years, types, sections, people } = segment;
      const allowed = [types, sections, people].map(({ names: all }, i) => {
        const wanted = chosen[FACETS[i]];
        return wanted.size ? all.map((name) => wanted.has(name)) : null;
      });
      const counts = [types, sections, people].map(({ names: all }) => new Int32Array(all.length));
      const pieces = new Uint8Array(segment.count);
      const byYear = new Map();
      let total = 0;
      for (let i = 0; i < segment.count; i++) {
        if (!scores[i]) continue;
        const type = types.of[i], section = sections.of[i], persons = people.of[i];
        const byType = !allowed[0] || allowed[0][type], bySection = !allowed[1] || allowed[1][section];
        const byPerson = !allowed[2] || persons.some((person) => allowed[2][person]);
        const year = years[i];
        if (byType && bySection && byPerson) byYear.set(year, (byYear.get(year) || 0) + 1);
        if (year < from || year > to) continue;
        if (bySection && byPerson) counts[0][type]++;
        if (byType && byPerson) counts[1][section]++;
        if (byType && bySection) for (const person of persons) counts[2][person]++;
        if (byType && bySection && byPerson) pieces[i] = 1, total++;
      }
      return { pieces, total, byYear, counts };
    }

    function tallies() {
      const sums = { total: 0, years: new Map(), facets: FACETS.map(() => new Map()) };
      for (const answered of answers.values()) {
        const { segment } = answered;
        if (!answered.tally) answered.tally = tally(answered);
        const { total, byYear, counts } = answered.tally;
        sums.total += total;
        for (const [year, n] of byYear) sums.years.set(year, (sums.years.get(year) || 0) + n);
        [segment.types, segment.sections, segment.people].forEach(({ names: all }, i) => {
          const sum = sums.facets[i];
          counts[i].forEach((n, k) => n && sum.set(all[k], (sum.get(all[k]) || 0) + n));
        });
      }
      return sums;
    }

    // Order. Newest and oldest first need only the segments answered without a hole before them.

    function inOrder(most) {
      const order = form.elements.order.value;
      if (order === "relevance") return byRelevance(most);
      const found = [];
      for (const name of order === "oldest" ? names.slice().reverse() : names) {
        const answered = answers.get(name);
        if (!answered || found.length >= most) break;
        for (const piece of order === "oldest" ? answered.tally.pieces.keys() : newest(answered.segment)) {
          if (answered.tally.pieces[piece]) found.push({ segment: answered.segment, piece });
          if (found.length >= most) break;
        }
      }
      return found;
    }

    /** Pieces with the last day first, in printed order within a day. */
    function newest(segment) {
      if (!segment.newest) {
        let end = segment.count;
        segment.newest = segment.days.slice().reverse().flatMap((count) => {
          end -= count;
          return Array.from({ length: count }, (_, i) => end + i);
        });
      }
      return segment.newest;
    }

    function byRelevance(most) {
      const all = [];
      for (const name of names) {
        const answered = answers.get(name);
        if (!answered) continue;
        for (const piece of newest(answered.segment)) {
          if (answered.tally.pieces[piece]) all.push({ segment: answered.segment, piece, score: answered.scores[piece] });
        }
      }
      const keys = Float64Array.from(all, ({ score }, i) => score * 2 ** 21 + 2 ** 21 - 1 - i).sort();
      return Array.from(keys.subarray(Math.max(0, keys.length - most)).reverse(), (key) =>
        all[2 ** 21 - 1 - (key % 2 ** 21)]);
    }

    // Painting.

    function restart() {
      shown = PAGE;
      rows = new Map();
      painted = -Infinity;
      problem.textContent = "";
    }

    function paintSoon() {
      if (timer) return;
      const wait = Math.max(0, painted + PATIENCE - performance.now());
      timer = setTimeout(paint, list.dataset.turn === String(turn) ? wait : 0);
    }

    function paint() {
      clearTimeout(timer);
      timer = 0;
      painted = performance.now();
      const sums = tallies();
      paintCounts(sums);
      paintResults(inOrder(shown), sums.total);
    }

    function paintCounts({ total, years, facets }) {
      const words = box.value.trim();
      progress.max = names.length || 1;
      progress.value = answers.size;
      progress.hidden = complete;
      const found = say(words ? "found" : "all", { query: words, count: total.toLocaleString(document.documentElement.lang) });
      if (complete) status.textContent = total ? found : "";
      document.getElementById("sofar").textContent = complete ? "" : found + " " + say("sofar", { done: answers.size, all: names.length });
      FACETS.forEach((facet, i) => paintFacet(facet, facets[i]));
      paintYears(years);
      if (complete && !total) {
        const filtered = FACETS.some((facet) => chosen[facet].size) || form.elements.from.value || form.elements.to.value;
        status.textContent = say("none", { query: words }) + say(filtered ? "none_filtered" : "none_try", {});
      }
    }

    function paintFacet(facet, counts) {
      const set = form.querySelector(`[data-facet="${facet}"]`);
      const known = new Map(Array.from(set.querySelectorAll("input"), (input) => [input.value, input]));
      for (const name of chosen[facet]) if (!counts.has(name)) counts.set(name, 0);
      let listed = Array.from(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      listed = listed.filter(([name], i) => i < LISTED || chosen[facet].has(name));
      for (const [name, count] of listed) {
        let input = known.get(name);
        if (!input) {
          input = element("input", { type: "checkbox", name: facet, value: name });
          const text = (facet === "type" && strings["type." + name]) || name || say("no_section", {});
          set.append(element("label", {}, input, element("span", { textContent: text }), element("small", { className: "num" })));
        }
        known.delete(name);
        input.checked = chosen[facet].has(name);
        input.parentNode.lastChild.textContent = count.toLocaleString(document.documentElement.lang);
      }
      for (const input of known.values()) input.parentNode.remove();
      if (!set.contains(document.activeElement)) {
        const labels = new Map(Array.from(set.querySelectorAll("input"), (input) => [input.value, input.parentNode]));
        set.append(...listed.map(([name]) => labels.get(name)));
      }
      set.hidden = !listed.length;
    }

    function paintYears(counts) {
      const bars = Array.from(histogram.children);
      const most = Math.max(1, ...counts.values());
      const from = +form.elements.from.value || -Infinity, to = +form.elements.to.value || Infinity;
      for (const bar of bars) {
        const year = +bar.dataset.year, count = counts.get(year) || 0;
        const height = count && Math.max(1, Math.round((count / most) * 38));
        bar.firstChild.textContent = year + " · " + count;
        bar.lastChild.setAttribute("y", 40 - height);
        bar.lastChild.setAttribute("height", height);
        bar.classList.toggle("out", year < from || year > to);
      }
    }

    async function paintResults(found, total) {
      const mine = turn;
      const items = await Promise.all(found.map(({ segment, piece }) => {
        const key = segment.name + "/" + piece;
        if (!rows.has(key)) rows.set(key, row(segment, piece));
        return rows.get(key);
      })).catch((error) => {
        problem.textContent = say("failed", { name: error.message });
        return null;
      });
      if (mine !== turn || !items) return;
      if (!items.length && !complete) return;
      let same = 0;
      while (same < items.length && list.children[same] === items[same]) same++;
      while (list.children.length > same) list.lastChild.remove();
      list.append(...items.slice(same));
      if (list.dataset.turn !== String(turn)) performance.mark("search first");
      list.dataset.turn = turn;
      list.setAttribute("aria-busy", String(!complete));
      more.hidden = total <= items.length;
      more.textContent = say("more", { count: Math.min(PAGE, total - items.length) });
    }

    /** One result. */
    async function row(segment, piece) {
      const { shard, at } = textOf(segment, piece);
      const [href, date, page, title, people, ...rest] = (await part(segment, "t" + shard))[at];
      const phrases = wantedPhrases(question);
      const paragraphs = [];
      for (let i = 0; i < rest.length; i += 2) paragraphs.push([rest[i], rest[i + 1]]);
      if (people.length) paragraphs.push(["", people.join(" · ")]);
      const found = passages(paragraphs, phrases);
      const headline = title.normalize("NFC"), inTitle = hitsIn(tokenize(headline), phrases);
      const query = phrases.length ? "?hl=" + encodeURIComponent(box.value.trim()) : "";
      const target = found.find((passage) => passage.anchor);
      const link = element("a", {
        href: HOME + href.split("/").map(encodeURIComponent).join("/") + query +
          (target ? fragment(target.anchor, target.text, target.hit) : ""),
      });
      appendMarked(link, headline || say("untitled", {}), headline ? inTitle : []);
      const type = segment.types.names[segment.types.of[piece]];
      const section = segment.sections.names[segment.sections.of[piece]];
      const meta = [strings["type." + type] || type, date, [page, section].filter(Boolean).join(" ")];
      const item = element("li", {},
        element("span", { className: "meta num", textContent: meta.filter(Boolean).join(" · ") }),
        element("h3", { className: "hl s" }, link));
      const beginning = paragraphs.length && !found.length ? [start(paragraphs[0][1])] : [];
      for (const { text, hits, from, to } of found.concat(beginning)) {
        const line = element("p", {}, from ? "……" : "");
        appendMarked(line, text, hits, from, to);
        if (to < text.length) line.append("……");
        item.append(line);
      }
      return item;
    }

    const start = (text) => ({ text, hits: [], from: 0, to: Math.min(text.length, BEFORE + AFTER) });

    /** Which text shard a piece is in, and where. */
    function textOf(segment, piece) {
      let shard = 0, at = piece;
      while (at >= segment.texts[shard]) at -= segment.texts[shard++];
      return { shard, at };
    }

    // The reader's hands.

    function refilter(how) {
      writeAddress(how);
      for (const answered of answers.values()) answered.tally = null;
      shown = PAGE;
      paint();
    }

    let typed = 0;
    box.addEventListener("input", () => {
      clearTimeout(typed);
      typed = setTimeout(() => {
        writeAddress("replaceState");
        ask(true);
      }, PATIENCE);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typed);
      writeAddress("pushState");
      ask(false);
    });
    form.addEventListener("change", ({ target }) => {
      if (target === box) return;
      if (FACETS.includes(target.name)) chosen[target.name][target.checked ? "add" : "delete"](target.value);
      if (target.name === "order") {
        writeAddress("pushState");
        ask(false);
      } else refilter("pushState");
    });
    more.addEventListener("click", () => {
      const next = list.children.length;
      shown += PAGE;
      paintResults(inOrder(shown), tallies().total).then(() => {
        const item = list.children[next];
        if (item) item.querySelector("a").focus();
      });
    });
    form.addEventListener("keydown", (event) => {
      const links = Array.from(list.querySelectorAll("h3 a"));
      const at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && at >= 0) box.focus();
      else if (step && (at >= 0 || (document.activeElement === box && step > 0))) {
        event.preventDefault();
        (links[at + step] || (at + step < 0 ? box : more)).focus();
      }
    });
    global.addEventListener("popstate", () => {
      readAddress();
      ask(false);
    });

    function drawHistogram([first, last]) {
      const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const svg = "http://www.w3.org/2000/svg";
      histogram.setAttribute("viewBox", `0 0 ${10 * years.length} 40`);
      years.forEach((year, i) => {
        const bar = document.createElementNS(svg, "g"), rect = document.createElementNS(svg, "rect");
        bar.dataset.year = year;
        rect.setAttribute("x", 10 * i + 1);
        rect.setAttribute("width", 8);
        bar.append(document.createElementNS(svg, "title"), rect);
        histogram.append(bar);
      });
      let anchor = null;
      const yearAt = (event) => {
        const { left, width } = histogram.getBoundingClientRect();
        const i = Math.floor(((event.clientX - left) / width) * years.length);
        return years[Math.max(0, Math.min(years.length - 1, i))];
      };
      const select = (event) => {
        const year = yearAt(event);
        form.elements.from.value = Math.min(anchor, year);
        form.elements.to.value = Math.max(anchor, year);
        refilter("replaceState");
      };
      histogram.addEventListener("pointerdown", (event) => {
        anchor = yearAt(event);
        histogram.setPointerCapture(event.pointerId);
        writeAddress("pushState");
        select(event);
      });
      histogram.addEventListener("pointermove", (event) => anchor !== null && select(event));
      for (const end of ["pointerup", "pointercancel"]) histogram.addEventListener(end, () => (anchor = null));
    }

    readAddress();
    try {
      const [{ data }] = await Promise.all([load("segments"), setUp()]);
      names = data.names;
      drawHistogram(data.years);
    } catch (error) {
      problem.textContent = say("failed", { name: error.message }) || error.message;
      return;
    }
    ask(false);
  }

  /* 7 The quick box ---------------------------------------------------------------------------- */

  const SUGGESTED = 8;

  /** Dates as readers write them -> [year, month, day] as far as given: 1998-01-05, 98年1月. */
  function dateIn(text) {
    const match = /^(\d{4}|\d{2}(?=年))(?:[-./年](?:(\d{1,2})(?:[-./月](?:(\d{1,2})日?)?)?)?)?$/.exec(text.normalize("NFKC").trim());
    if (!match) return null;
    let year = +match[1];
    if (year < 100) year += year > new Date().getFullYear() % 100 ? 1900 : 2000;
    return [year, +match[2] || 0, +match[3] || 0];
  }

  /** quick.js and a line -> suggestions {text, note, href}. */
  function suggest({ issues, names, headlines }, line) {
    const found = [];
    const asked = dateIn(line);
    if (asked && issues[asked[0]]) {
      const [year, month, day] = asked;
      const two = (number) => String(number).padStart(2, "0");
      found.push({ text: String(year), note: "", href: `archive/${year}.html` });
      for (const date of decode(issues[year])) {
        const [m, d] = [Math.floor(date / 32), date % 32];
        if (month && m === month && (!day || d === day)) {
          const iso = `${year}-${two(m)}-${two(d)}`;
          found.push({ text: iso, note: "", href: `${iso}/index.html` });
        }
      }
      if (day || found.length === 2) found.reverse();
    }
    const phrases = wantedPhrases(parse(line, true));
    if (phrases.length) {
      const fits = (text) => {
        const tokens = tokenize(text);
        return phrases.every((phrase) => hitsIn(tokens, [phrase]).length);
      };
      for (const [text, note, href] of names) if (fits(text)) found.push({ text, note, href });
      for (const [text, note, href] of headlines) {
        if (found.length >= SUGGESTED) break;
        if (fits(text)) found.push({ text, note, href });
      }
    }
    return found.slice(0, SUGGESTED);
  }

  global.broadsheetSearch.dateIn = dateIn;
  global.broadsheetSearch.suggest = suggest;

  function quickBox(form, number) {
    const box = form.elements.q;
    const list = element("ul", { className: "quick", id: "quick-" + number, role: "listbox", hidden: true });
    let data = null, current = -1;
    form.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
      box.setAttribute(name, value);
    }
    const show = () => {
      const found = data && box.value.trim() ? suggest(data, box.value) : [];
      list.replaceChildren(...found.map(({ text, note, href }, i) =>
        element("li", { role: "option", id: `${list.id}-${i}` },
          element("a", { href: HOME + href, tabIndex: -1 }, text, " ", element("small", { textContent: note })))));
      list.setAttribute("aria-label", say("quick", {}));
      close(!found.length);
    };
    const close = (closed) => {
      list.hidden = closed;
      box.setAttribute("aria-expanded", String(!closed));
      choose(-1);
    };
    const choose = (next) => {
      current = next;
      Array.from(list.children).forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
      if (current < 0) box.removeAttribute("aria-activedescendant");
      else box.setAttribute("aria-activedescendant", list.children[current].id);
    };
    box.addEventListener("focus", () => {
      if (!data) Promise.all([load("quick"), setUp()]).then(([script]) => ((data = script.data), show()), () => {});
    });
    box.addEventListener("input", show);
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") close(true);
      else if (step && !list.hidden) {
        event.preventDefault();
        const most = list.children.length;
        choose(current + step < -1 ? most - 1 : current + step >= most ? -1 : current + step);
      } else if (event.key === "Enter" && current >= 0 && !list.hidden) {
        event.preventDefault();
        list.children[current].firstChild.click();
      }
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close(true);
    });
    if (document.activeElement === box) box.dispatchEvent(new Event("focus"));
  }

  /* 8 Marks on the page of a piece --------------------------------------------------------------- */

  const BLOCKS = "h1, h2, h3, p, li, dd, figcaption";

  async function markPage(line, main) {
    await setUp();
    const phrases = wantedPhrases(parse(line, false));
    if (!phrases.length) return;
    let count = 0;
    for (const block of main.querySelectorAll(BLOCKS)) {
      if (!block.querySelector(BLOCKS)) count += markBlock(block, phrases);
    }
    const button = element("button", { type: "button", className: "btn", textContent: say("marks", {}) });
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

  function begin() {
    const form = document.getElementById("sf");
    if (form) searchPage(form);
    document.querySelectorAll("form.find").forEach(quickBox);
    const line = new URLSearchParams(location.search).get("hl");
    const main = document.getElementById("main");
    if (line && main && !form) markPage(line, main);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})(globalThis);
