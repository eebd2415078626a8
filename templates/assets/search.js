/* Search: exact, in the browser, from the files beside this page. docs/search.md tells how,
   broadsheet/search/ says the same in Python. */
(function (global) {
  "use strict";

  const HOME = global.document ? new URL("../", document.currentScript.src).href : "";

  /* 1 Folding */

  const BREAK = 0, WORD = 1, EAST_ASIAN = 2;
  const LETTER = /[\p{L}\p{N}\p{M}]/u;
  const VANISHES = /[\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

  let simplified = new Map(), eastAsian = /(?!)/u;
  const traditional = new Map(); // simplified -> its traditional forms

  const remember = (make, known) => (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key);
  };

  /** From setup.js: `pairs`, traditional and simplified in turn; `ranges` of a regular expression. */
  function setFolding({ pairs, ranges }) {
    simplified = new Map(pairs.match(/../gu).map((pair) => Array.from(pair)));
    simplified.forEach((to, from) => traditional.set(to, (traditional.get(to) || "") + from));
    eastAsian = new RegExp("[" + ranges + "]", "u");
  }

  /** One character of composed text -> what it is compared as: one, several, or none. */
  function foldCharacter(character) {
    const plain = VANISHES.test(character) ? "" : character.normalize("NFKC").toLowerCase();
    return Array.from(plain, (c) => simplified.get(c) || c).join("");
  }

  // What may become one when folded: a character, marks, voicing, vowels of Hangul.
  const UNIT = /[^][\p{M}\p{Cf}\uff9e\uff9f\u1160-\u11ff\u3131-\u318e\uffa0-\uffdc]*/gu;

  const kindOf = remember((c) => !LETTER.test(c) ? BREAK : eastAsian.test(c) ? EAST_ASIAN : WORD, new Map());

  const foldUnit = remember((unit) => Array.from(Array.from(unit, foldCharacter).join("").normalize("NFC"),
    (c) => ({ c, kind: kindOf(c) })), new Map());

  /** Text -> tokens {kind, text, from, to}; from and to are places in the composed text. */
  function tokenize(text) {
    const tokens = [];
    let from = 0, last = null;
    for (const unit of text.normalize("NFC").match(UNIT) || []) {
      const to = from + unit.length;
      for (const { c, kind } of foldUnit(unit)) {
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

  /* 2 Questions */

  const CHUNK = /(\|)|(-?)(?:([^\s"“「|]+)|"([^"|]*)"?|“([^”|]*)”?|「([^」|]*)」?)/g;

  /** A line -> alternatives {must, not}, lists of phrases; a phrase is tokens. While `typing`, a word
      at the very end stands for all that begin with it. */
  function parse(line, typing) {
    const alternatives = [{ must: [], not: [] }];
    let open = null;
    for (const [, bar, minus, plain, ...quoted] of line.normalize("NFKC").matchAll(CHUNK)) {
      if (bar) alternatives.push({ must: [], not: [] });
      const found = plain ? split(tokenize(plain)) : [trim(tokenize(quoted.join("")))];
      alternatives.at(-1)[minus ? "not" : "must"].push(...found.filter((tokens) => tokens.length));
      open = plain && found.at(-1);
    }
    const end = open && open.at(-1);
    if (typing && end && end.kind === WORD && tokenize(line).at(-1).kind === WORD) end.prefix = true;
    const asked = alternatives.filter((one) => one.must.length || one.not.length);
    return asked.length ? asked : [{ must: [], not: [] }];
  }

  const trim = (tokens) =>
    tokens.filter(({ kind }, i) => kind !== BREAK || (i > 0 && i < tokens.length - 1));

  function split(tokens) {
    const phrases = [[]];
    for (const token of tokens) token.kind === BREAK ? phrases.push([]) : phrases.at(-1).push(token);
    return phrases;
  }

  /** A phrase -> its terms {stream, low, high, offset}: one from low to high, of pairs (p) or words
      (w), stands `offset` tokens after the phrase's begin. */
  const termsOf = remember((phrase) => {
    const terms = [], any = "\uffff";
    const put = (stream, offset, low, high = low) => terms.push({ stream, low, high, offset });
    let covered = -1; // the last token that a term before has accounted for
    phrase.forEach(({ kind, text, prefix }, i) => {
      const next = phrase[i + 1] || {}, before = phrase[i - 1] || {};
      if (kind === WORD) {
        if (prefix) put("w", i, text, text + any);
        else if (next.kind === BREAK) put("w", i, text + " ");
        else if (next.kind === EAST_ASIAN) put("w", i, text + "+" + next.text), (covered = i + 1);
        else put("w", i, text + " ", text + "+" + any);
      } else if (kind === EAST_ASIAN) {
        if (next.kind === BREAK) put("p", i, text + " ");
        else if (covered >= i) return;
        else if (next.kind === EAST_ASIAN) put("p", i, text + next.text), (covered = i + 1);
        else if (before.kind === EAST_ASIAN) put("p", i - 1, before.text + text);
        else if (next.kind === WORD) put("p", i, text + "#");
        else put("p", i, text, text + any);
      }
    });
    return terms;
  }, new WeakMap());

  /* 3 Scripts */

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const KEPT = 600; // scripts in memory
  const scripts = new Map(); // address -> promise of {name, version, data}, oldest first

  global.broadsheetData = (name, version, data) => (document.currentScript.held = { name, version, data });

  /** What search/NAME.js holds. `version` is for caches. */
  function load(name, version) {
    const src = HOME + "search/" + name + ".js" + (version ? "?v=" + version : "");
    const promise = scripts.get(src) || new Promise((resolve, reject) => {
      const script = element("script", { src, fetchPriority: "high" });
      script.onload = script.onerror = () => script.held ? resolve(script.held) : reject(new Error(name));
      document.head.append(script);
      script.remove();
    });
    scripts.delete(src);
    scripts.set(src, promise);
    promise.catch(() => scripts.delete(src));
    if (scripts.size > KEPT) scripts.delete(scripts.keys().next().value);
    return promise;
  }

  /** The data of a shard of a segment or a group; another build's is refused. */
  async function part(owner, letter, number) {
    const wanted = owner.versions[letter].substr(4 * number, 4), name = owner.name + "/" + letter + number;
    const { version, data } = await load(name, wanted).catch(() => ({}));
    if (version !== wanted) throw Object.assign(new Error(name), { segment: owner.name });
    return data;
  }

  /* 4 Segments */

  const SMALL = 40, BASE = 0xd800 - 0x80; // as in codes.py
  const GRID = 32; // as in index.py

  /** Characters -> the numbers that codes.py wrote so. */
  function decode(text) {
    const values = new Int32Array(text.length);
    let many = 0, high = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0xe000) high = code - 0xe000;
      else if (code >= 0x80) {
        values[many++] = high * BASE + code - 0x80 + SMALL;
        high = 0;
      } else {
        const single = code - 35 - (code > 92 ? 1 : 0);
        if (single < SMALL) values[many++] = single;
        else high = single - SMALL + 1;
      }
    }
    return values.subarray(0, many);
  }

  /** Sizes -> where each begins, and the end of all. */
  function beginsAt(sizes) {
    const begins = new Int32Array(sizes.length + 1);
    sizes.forEach((size, i) => (begins[i + 1] = begins[i] + size));
    return begins;
  }

  /** segment.js -> what is needed of it, by piece, in printed order. */
  const openSegment = remember(({ name, data }) => {
    const sizes = decode(data.sizes), count = sizes.length; // in GRIDs: every piece begins at one
    const begins = beginsAt(sizes), pieces = new Uint32Array(begins[count]); // by GRID
    sizes.forEach((_, piece) => pieces.fill(piece, begins[piece], begins[piece + 1]));
    const facet = ([names, of, many]) =>
      ({ names, of: decode(of), begins: beginsAt(many ? decode(many) : sizes.map(() => 1)) });
    const days = beginsAt(decode(data.days)), newest = [];
    for (let day = days.length; --day > 0; ) {
      for (let piece = days[day - 1]; piece < days[day]; piece++) newest.push(piece);
    }
    return {
      name: name.slice(0, -8), count, pieces, newest,
      starts: begins.map((at) => at * GRID),
      versions: data.versions,
      titles: decode(data.titles),
      leads: decode(data.leads),
      years: data.years,
      facets: [data.types, data.sections, data.people].map(facet),
      texts: decode(data.texts),
      common: Array.from(data.common),
      directory: directoryOf(data),
    };
  }, new WeakMap());

  const directoryOf = ({ pairs, words }) => ({ p: pairs.match(/../gu) || [], w: words });

  /** group.js -> what is needed of it. `common`: terms that each of its segments has itself. */
  const openGroup = remember(({ name, data }) => {
    const [p, w] = data.common.map(termsIn);
    const group = { ...data, name: name.slice(0, -6), common: { p, w }, directory: directoryOf(data) };
    group.postings = remember((term) => postingsOf(group, term), new WeakMap());
    return group;
  }, new WeakMap());

  /** A segment, and its group if it has one: GROUP/SEGMENT. */
  async function segmentNamed(name, version) {
    const [first, last] = name.split("/"), wanted = [load(name + "/segment", version)];
    const [script, shared] = await Promise.all(last ? [...wanted, load(first + "/group", version)] : wanted);
    if (!last) return openSegment(script);
    const group = openGroup(shared), number = group.segments.indexOf(last);
    if (group.built.substr(4 * number, 4) !== script.version) throw new Error(name);
    return { ...openSegment(script), group, number };
  }

  /** A shard's terms: after each `!` a first character, then what follows it in each. */
  function termsIn(heads) {
    const terms = [];
    for (const group of heads.split("!").slice(1)) {
      const [first] = group, rest = group.slice(first.length);
      const ends = kindOf(first) === WORD ? rest.match(/[^ +]*(?: |\+.)/gsu) : rest;
      for (const end of ends) terms.push(first + end);
    }
    return terms;
  }

  /** A script of postings -> its terms, and the list of each. */
  const openShard = remember(([heads, postings]) =>
    ({ terms: termsIn(heads), lists: postings.split("!") }), new WeakMap());

  /** How many of the sorted `terms` are not after `term`. */
  function rank(terms, term) {
    let low = 0, high = terms.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (terms[middle] > term) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The lists of a term, of all from its low to its high, in the shards of a segment or a group. */
  async function listsOf(owner, { stream, low, high }) {
    const directory = owner.directory[stream], lists = [];
    const take = async (n) => {
      const shard = openShard(await part(owner, stream, n));
      shard.terms.forEach((name, i) => name >= low && name <= high && lists.push(decode(shard.lists[i])));
    };
    const first = Math.max(rank(directory, low) - 1, 0), end = rank(directory, high);
    await Promise.all(Array.from({ length: end - first }, (_, i) => take(first + i)));
    return lists;
  }

  const isCommon = ({ common }, { stream, low, high }) => common[stream][rank(common[stream], high) - 1] >= low;

  /** A term's lists by the number of the segment, and whether that has more itself. */
  async function postingsOf(group, term) {
    const more = isCommon(group, term), many = group.segments.length;
    const found = group.segments.map(() => ({ lists: [], more }));
    for (const numbers of more && term.low === term.high ? [] : await listsOf(group, term)) {
      for (let i = 0; i < numbers.length; ) {
        const mark = numbers[i++], count = Math.floor(mark / many), of = found[mark % many];
        if (!count) of.more = true;
        else of.lists.push(numbers.subarray(i, (i += count)));
      }
    }
    return found;
  }

  /** What the group has of a term; `more` is in the segment's own shards. */
  const inGroup = async ({ group, number }, term) =>
    group ? (await group.postings(term))[number] : { lists: [], more: true };

  /** Where a phrase may begin for the sake of one of its terms, in order. */
  async function positionsOf(segment, term) {
    const { group } = segment, { offset } = term;
    const own = group && isCommon(group, term) && listsOf(segment, term);
    const [{ lists: seldom, more }] = await Promise.all([inGroup(segment, term), own]);
    const lists = more ? seldom.concat(await (own || listsOf(segment, term))) : seldom;
    term.seen = lists.reduce((sum, { length }) => sum + length, 0);
    const found = new Int32Array(term.seen);
    let many = 0;
    for (const steps of lists) {
      for (let i = 0, at = -offset; i < steps.length; i++) found[many++] = at += steps[i];
    }
    return lists.length > 1 ? found.sort() : found;
  }

  /** What ascending lists have in common, in place of the first. */
  function inBoth(list, other) {
    let many = 0;
    for (let i = 0, k = 0; i < list.length && k < other.length; ) {
      if (list[i] === other[k]) list[many++] = list[i];
      if (list[i] <= other[k]) i++;
      else k++;
    }
    return list.subarray(0, many);
  }

  /** Where a phrase begins. Its rarest term first: without it no other is loaded; then those in the
      group; then the farthest away, for neighbours mostly come together. If none is known, all at once. */
  async function beginsOf(segment, phrase) {
    const [first, ...rest] = byRarity(phrase);
    let positions = null;
    const take = async (terms) => {
      for (const list of await Promise.all(terms.map((term) => positionsOf(segment, term)))) {
        positions = positions ? inBoth(positions, list) : list;
      }
      return !positions.length;
    };
    if (!isKnown(phrase)) await take([first, ...rest]);
    else if (!(await take([first]))) {
      const away = ({ offset }) => Math.abs(offset - first.offset);
      const more = await Promise.all(rest.map(async (term) => (await inGroup(segment, term)).more));
      const own = rest.filter((_, i) => more[i]).sort((a, b) => away(b) - away(a));
      (await take(rest.filter((_, i) => !more[i]))) || (await take(own.slice(0, 1))) || (await take(own.slice(1)));
    }
    return positions;
  }

  const isKnown = (phrase) => termsOf(phrase).some(({ seen }) => seen >= 0);

  /** By how often a term was seen last. */
  const byRarity = (phrase) => termsOf(phrase).slice().sort((a, b) => a.seen - b.seen);

  const TITLE = 2 ** 24, LEAD = 2 ** 16; // a score: phrases in titles, in leads, then hits

  const namesOf = ({ of, begins: at }, piece) => of.subarray(at[piece], at[piece + 1]);

  /** The score by piece of one phrase; 0 where it does not occur. */
  async function scoresOf(segment, phrase) {
    const { count, starts, pieces, titles, leads, common } = segment;
    const listed = phrase.length > 1 ? -1 : common.indexOf(phrase[0].text);
    if (listed >= 0) {
      termsOf(phrase)[0].seen = count;
      return decode(await part(segment, "c", listed)).map((n) => [0, LEAD, TITLE][n % 3] + Math.floor(n / 3));
    }
    const scores = new Int32Array(count);
    for (const position of await beginsOf(segment, phrase)) {
      const piece = pieces[Math.floor(position / GRID)], place = position - starts[piece] - titles[piece];
      const zone = place < 0 ? TITLE : place < leads[piece] ? LEAD : 0, hits = scores[piece] % LEAD;
      scores[piece] = Math.max(zone, scores[piece] - hits) + Math.min(hits + 1, LEAD - 1);
    }
    return scores;
  }

  /** The same of a question: its best alternative's. */
  async function answer(segment, question) {
    const all = await Promise.all(question.map((alternative) => scoresOfAll(segment, alternative)));
    return all.reduce((best, scores) => best.map((score, piece) => Math.max(score, scores[piece])));
  }

  /** The same of one alternative; without a wanted phrase it wants every piece. */
  async function scoresOfAll(segment, { must, not }) {
    const scores = new Int32Array(segment.count).fill(1);
    const many = (phrase) => byRarity(phrase)[0].seen;
    const asked = must.slice().sort((a, b) => many(a) - many(b)).concat(not);
    const early = asked.every(isKnown) ? [] : await Promise.all(asked.map((phrase) => scoresOf(segment, phrase)));
    for (const [i, phrase] of asked.entries()) {
      const found = early[i] || (await scoresOf(segment, phrase)), wanted = i < must.length;
      let left = 0;
      for (let piece = 0; piece < scores.length; piece++) {
        if (wanted === !found[piece]) scores[piece] = 0;
        else if (scores[piece]) scores[piece] += found[piece];
        left |= scores[piece];
      }
      if (!left) break;
    }
    return scores;
  }

  /* 5 Passages */

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
      parent.append(element("mark", {}, text.slice(Math.max(at, begin), Math.min(end, to))));
      at = Math.min(end, to);
    }
    parent.append(text.slice(at, to));
  }

  const BEFORE = 28, AFTER = 52, APART = 70;

  /** Whether a text may hold one of the phrases: quick, wrong about the oddest forms only. */
  const sieve = remember((phrases) => {
    const either = phrases.map((phrase) => phrase.map(({ kind, text }) => kind === BREAK ? "[^\\p{L}\\p{N}\\p{M}]+"
      : Array.from(text, (c) => `[${c}${traditional.get(c) || ""}]`).join("")).join(""));
    const pattern = new RegExp(either.join("|"), "iu");
    return (text) => phrases.length > 0 && pattern.test(text.normalize("NFKC"));
  }, new WeakMap());

  /** Paragraphs -> up to two passages, the second for another phrase if it can be. */
  function passages(paragraphs, phrases) {
    const found = [];
    for (const [anchor, printed] of phrases.length ? paragraphs : []) {
      const text = printed.normalize("NFC"), hits = hitsIn(tokenize(text), phrases);
      for (const hit of hits) {
        const [first, second] = found, isOther = first && hit[2] !== first.hit[2];
        const isFar = first && (text !== first.text || hit[0] - first.hit[0] >= APART);
        if (first && (!isFar || (second && !isOther))) continue;
        found.push({ anchor, text, hits, hit, ...extent(text, hit) });
        if (isOther || (first && phrases.length < 2)) return [found[0], found.at(-1)];
      }
    }
    return found;
  }

  /** Where a passage is shown from and to: from the sentence's begin if near. */
  function extent(text, [begin, end]) {
    let from = Math.max(0, begin - BEFORE);
    from += text.slice(from, begin).search(/[^。？！]*$/);
    if (/[”」』"]/.test(text[from])) from++;
    return { from, to: Math.min(text.length, Math.max(end, begin + AFTER)) };
  }

  /** #anchor:~:text=CLAUSE. A browser finds whole words, and guesses at Chinese ones: from one mark of
      punctuation to the next is certain. */
  function fragment({ anchor, text, hit: [begin, end] }) {
    const from = text.slice(0, begin).search(/[^。！？；，、：,.;:!?]*$/);
    const to = end + text.slice(end).search(/[。！？；，、：,.;:!?]|$/);
    const clause = encodeURIComponent(text.slice(from, to).trim()).replace(/-/g, "%2D");
    return "#" + anchor + ":~:text=" + clause;
  }

  const wantedPhrases = (question) => question.flatMap(({ must }) => must);

  const client = {
    setFolding, tokenize, parse, wantedPhrases, termsOf, decode, openShard, load, segmentNamed, answer, hitsIn,
  };
  global.broadsheetSearch = client;
  if (!global.document) return;

  /* 6 The search page */

  const AHEAD = 8; // segments under way at once
  const PAGE = 20; // results at a time
  const PATIENCE = 120; // ms from a key to the question, and from one painting to the next
  const HASTE = 20; // ms that the first results wait for others
  const AGAIN = 5000; // ms until a segment may be asked for past the cache once more
  const LISTED = 12; // names in a filter's list
  const FACETS = ["type", "section", "person"], PERSON = 2;
  const FIELDS = ["from", "to", "order"];

  let strings = {}; // the interface's words, from setup.js

  /** When a frame is painted; soon, where none comes. */
  const framePainted = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, PATIENCE);
  });

  const say = (key, values) => (strings[key] || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = new Intl.NumberFormat(document.documentElement.lang).format;

  async function setUp() {
    const { data } = await load("setup");
    setFolding(data);
    strings = data.strings;
  }

  const bring = (name) => document.head.append(element("script", { src: HOME + "assets/" + name + ".js" }));

  async function searchPage(form) {
    const [list, status, sofar, progress, more, trouble] =
      ["out", "count", "sofar", "far", "more", "trouble"].map((id) => document.getElementById(id));
    const { q: box, from, to, order } = form.elements;
    const known = FACETS.map(() => new Map()); // names that stay listed, so that nothing moves: with 0
    let names = []; // of the segments, newest first
    let turn = 0; // of the question; answers to older ones are dropped
    const fresh = new Map(); // segments built anew since the page was opened: their version
    let question, sought, answers, chosen, shown, rows, complete, painted, told, timer, typed;

    function readAddress() {
      const asked = new URLSearchParams(location.search);
      box.value = asked.get("q") || "";
      for (const field of FIELDS) form.elements[field].value = asked.get(field) || "";
      order.value = order.value || "newest";
      chosen = FACETS.map((facet) => new Set(asked.getAll(facet)));
    }

    function writeAddress(how) {
      const asked = new URLSearchParams();
      const put = (name, value) => value && value !== "newest" && asked.append(name, value);
      put("q", box.value.trim());
      FACETS.forEach((facet, f) => chosen[f].forEach((name) => asked.append(facet, name)));
      for (const field of FIELDS) put(field, form.elements[field].value);
      const address = asked.toString() ? "?" + asked : "";
      if (address !== location.search) history[how](null, "", location.pathname + address);
    }

    // Asking the segments, those first whose pieces come first.

    const inTurn = () => (order.value === "oldest" ? names.slice().reverse() : names.slice());

    function ask(typing) {
      const mine = ++turn, queue = inTurn();
      question = parse(box.value, typing);
      sought = wantedPhrases(question);
      answers = new Map();
      rows = new Map();
      shown = PAGE;
      told = performance.now();
      complete = false;
      trouble.textContent = "";
      // One segment tells how rare things are; then as many as should fill the page; when that is
      // painted, the others.
      let width = 1, under = 0, filled = false;
      const proceed = () => {
        while (mine === turn && queue.length && under < width) take(queue.shift());
      };
      const take = async (name) => {
        under++;
        const answered = await answerOf(name).catch((error) => mine === turn && fail(error));
        if (mine !== turn || !answered) return;
        under--;
        answers.set(name, answered);
        complete = answers.size === names.length;
        const found = totalFound(), many = inOrder().length;
        if (complete) paint();
        else if (many >= PAGE && !filled) {
          filled = true;
          width = 0;
          await paint();
          await framePainted();
          width = AHEAD;
        } else {
          if (performance.now() - told > PATIENCE) tell();
          if (many) paintSoon();
          if (!filled) width = Math.min(AHEAD, Math.ceil((answers.size * (PAGE - found)) / found));
        }
        proceed();
      };
      proceed();
    }

    const fail = (error) => (trouble.textContent = say("failed", { name: error.message }));

    /** A segment's answer; if something of it fails, once more past the cache. */
    async function answerOf(name) {
      try {
        const segment = await segmentNamed(name, fresh.get(name));
        return { segment, scores: await answer(segment, question) };
      } catch (error) {
        if (!renew(name)) throw error;
        return answerOf(name);
      }
    }

    /** The site was built anew: from now on a segment's table of another address. */
    function renew(name) {
      if (!(Date.now() - fresh.get(name) < AGAIN)) return fresh.set(name, Date.now());
    }

    // What each name of a filter would give, the others applied.

    function tally({ segment: { facets, years, count }, scores }) {
      const first = +from.value || -Infinity, last = +to.value || Infinity;
      const wanted = facets.map(({ names: all }, f) =>
        chosen[f].size && all.map((name) => chosen[f].has(name)));
      const counts = facets.map(({ names: all }) => new Int32Array(all.length));
      const pieces = new Uint8Array(count), byYear = new Map();
      let total = 0, piece = 0;
      for (const [year, many] of years) {
        const isOut = year < first || year > last;
        let inYear = 0;
        for (const end = piece + many; piece < end; piece++) {
          if (!scores[piece]) continue;
          let bars = 0, barring = -1; // filters that leave this piece out
          for (let f = 0; f < facets.length; f++) {
            if (wanted[f] && !namesOf(facets[f], piece).some((n) => wanted[f][n])) bars++, (barring = f);
          }
          if (!bars) inYear++;
          if (isOut || bars > 1) continue;
          for (let f = 0; f < facets.length; f++) {
            const { of, begins } = facets[f];
            if (bars && barring !== f) continue;
            for (let i = begins[piece]; i < begins[piece + 1]; i++) counts[f][of[i]]++;
          }
          if (!bars) pieces[piece] = 1, total++;
        }
        byYear.set(year, inYear);
      }
      return { pieces, total, byYear, counts };
    }

    const tallied = (answered) => (answered.tally = answered.tally || tally(answered));

    const totalFound = () => Array.from(answers.values(), (answered) => tallied(answered).total)
      .reduce((a, b) => a + b, 0);

    function tallies() {
      const sums = { byYear: new Map(), facets: known.map((all) => new Map(all)) };
      const add = (map, key, n) => map.set(key, (map.get(key) || 0) + n);
      for (const answered of answers.values()) {
        const { byYear, counts } = tallied(answered);
        byYear.forEach((n, year) => add(sums.byYear, year, n));
        answered.segment.facets.forEach(({ names: all }, f) =>
          counts[f].forEach((n, i) => (n || f < PERSON) && add(sums.facets[f], all[i], n)));
      }
      for (let f = 0; f < PERSON; f++) sums.facets[f].forEach((_, name) => known[f].set(name, 0));
      return sums;
    }

    // By date, a segment shows when those before it have answered.

    function inOrder() {
      const found = [], ranked = order.value === "relevance";
      for (const name of inTurn()) {
        if (!answers.has(name) && !ranked) break;
        if (!answers.has(name)) continue;
        const { segment, scores } = answers.get(name), { pieces, total } = tallied(answers.get(name));
        if (!total) continue;
        for (const piece of order.value === "oldest" ? pieces.keys() : segment.newest) {
          if (pieces[piece]) found.push({ segment, piece, score: scores[piece] });
          if (!ranked && found.length >= shown) return found;
        }
      }
      if (!ranked) return found;
      const many = found.length; // one number each: the score, then the place by date
      const keys = Float64Array.from(found, ({ score }, i) => score * many + many - 1 - i).sort();
      return Array.from(keys.reverse().subarray(0, shown), (key) => found[many - 1 - (key % many)]);
    }

    // Painting.

    async function paint() {
      const mine = turn;
      clearTimeout(timer);
      timer = 0;
      painted = performance.now();
      const showing = paintResults(); // while texts are on their way, the rest
      if (!complete) tell();
      const { byYear, facets } = tallies();
      facets.forEach(paintFacet);
      client.years.paint(byYear);
      await showing;
      if (mine === turn) tell();
      if (complete && !form.classList.contains("counted")) form.classList.add("counted"), bring("years");
    }

    function paintSoon() {
      if (!timer) timer = setTimeout(paint, rows.size ? painted + PATIENCE - performance.now() : HASTE);
    }

    /** How many are found, or how far that is. */
    function tell() {
      const total = totalFound(), query = box.value.trim(), all = names.length, done = answers.size;
      const found = say(query ? "found" : "all", { query, count: number(total) });
      const filtered = from.value || to.value || chosen.some((names) => names.size);
      const none = say("none", { query }) + say(filtered ? "none_filtered" : "none_try");
      told = performance.now();
      form.classList.add("told");
      progress.max = all || 1;
      progress.value = done;
      progress.hidden = complete;
      sofar.textContent = complete ? "" : found + " " + say("sofar", { done, all });
      status.textContent = complete ? (total ? found : none) : "";
    }

    function paintFacet(counts, f) {
      const set = form.querySelector(`[data-facet="${FACETS[f]}"]`);
      for (const name of chosen[f]) counts.set(name, counts.get(name) || 0);
      set.hidden = !counts.size;
      if (set.contains(document.activeElement)) { // nothing moves under a hand
        for (const input of set.querySelectorAll("input")) {
          input.parentNode.lastChild.textContent = number(counts.get(input.value) || 0);
        }
        return;
      }
      const listed = Array.from(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .filter(([name], i) => i < LISTED || chosen[f].has(name));
      set.replaceChildren(set.firstElementChild, ...listed.map(([name, count]) => {
        const text = strings[FACETS[f] + "." + name] || name || say("no_section");
        return element("label", { className: count ? "" : "nil" },
          element("input", { type: "checkbox", name: FACETS[f], value: name, checked: chosen[f].has(name) }),
          element("span", {}, text),
          element("small", { className: "num" }, number(count)));
      }));
    }

    async function paintResults() {
      const mine = turn;
      try {
        const items = await Promise.all(inOrder().map(({ segment, piece }) => {
          const key = segment.name + "/" + piece;
          if (!rows.has(key)) rows.set(key, row(segment, piece));
          return rows.get(key);
        }));
        if (mine === turn && (items.length || complete)) place(items);
      } catch (error) {
        if (mine === turn) await askAnew(error);
      }
    }

    function place(items) {
      const total = totalFound();
      let same = 0;
      while (same < items.length && list.children[same] === items[same]) same++;
      while (list.children.length > same) list.lastChild.remove();
      list.append(...items.slice(same));
      more.hidden = total <= items.length;
      more.textContent = say("more", { count: Math.min(PAGE, total - items.length) });
    }

    /** Where texts failed: their segment's answer, past the cache. */
    async function askAnew(error) {
      const mine = turn, { segment } = error, old = answers.get(segment) || {};
      if (old.isAskedAnew) return;
      if (!segment || !renew(segment)) return fail(error);
      old.isAskedAnew = true;
      try {
        const answered = await answerOf(segment);
        if (mine !== turn) return;
        answers.set(segment, answered);
        rows.clear();
        await paint();
      } catch (another) {
        if (mine === turn) fail(another);
      }
    }

    async function row(segment, piece) {
      let shard = 0, at = piece;
      while (at >= segment.texts[shard]) at -= segment.texts[shard++];
      const [href, date, page, lang, title, people, ...rest] = (await part(segment, "t", shard))[at];
      const paragraphs = [], isLikely = sieve(sought);
      for (let i = 0; i < rest.length; i += 2) paragraphs.push([rest[i], rest[i + 1]]);
      paragraphs.push(["", people.join(" · ")]);
      const headline = (title || paragraphs[0][1].slice(0, 30)).normalize("NFC");
      const inHeadline = isLikely(headline) ? hitsIn(tokenize(headline), sought) : [];
      let found = passages(paragraphs.filter(([, text]) => isLikely(text)), sought);
      if (!found.length && !inHeadline.length) found = passages(paragraphs, sought);
      const target = found.find(({ anchor }) => anchor);
      const link = element("a", {
        href: HOME + href.split("/").map(encodeURIComponent).join("/") +
          (sought.length ? "?hl=" + encodeURIComponent(box.value.trim()) : "") +
          (target ? fragment(target) : ""),
      });
      appendMarked(link, headline || say("untitled"), inHeadline);
      const [type, section] = segment.facets.map((facet) => facet.names[namesOf(facet, piece)[0]]);
      const meta = [strings["type." + type] || type, date, (page + " " + section).trim()];
      const item = element("li", {},
        element("span", { className: "meta num" }, meta.filter(Boolean).join(" · ")),
        element("h3", { className: "hl s", lang }, link));
      if (!found.length) found.push({ text: paragraphs[0][1], hits: [], from: 0, to: BEFORE + AFTER });
      for (const passage of found.filter(({ text }) => text !== headline)) {
        const line = element("p", { lang }, passage.from ? "……" : "");
        appendMarked(line, passage.text, passage.hits, passage.from, passage.to);
        if (passage.to < passage.text.length) line.append("……");
        item.append(line);
      }
      return item;
    }

    // Hands.

    function refilter(how) {
      writeAddress(how);
      for (const answered of answers.values()) answered.tally = null;
      shown = PAGE;
      paint();
    }

    function submit(how, typing) {
      clearTimeout(typed);
      ask(typing);
      writeAddress(how); // while scripts come
    }

    box.addEventListener("input", () => {
      clearTimeout(typed);
      typed = setTimeout(submit, PATIENCE, "replaceState", true);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit("pushState", false);
    });
    form.addEventListener("change", ({ target }) => {
      const f = FACETS.indexOf(target.name);
      if (f >= 0) chosen[f][target.checked ? "add" : "delete"](target.value);
      if (target === order) submit("pushState", false);
      else if (target !== box) refilter("pushState");
    });
    more.addEventListener("click", async () => {
      const next = list.children.length;
      shown += PAGE;
      await paint();
      if (list.children[next]) list.children[next].querySelector("a").focus();
    });
    form.addEventListener("keydown", (event) => {
      const links = Array.from(list.querySelectorAll("h3 a"));
      const at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (at < 0 && document.activeElement !== box) return;
      if (event.key === "Escape" && at >= 0) box.focus();
      if (!step || at + step < -1) return;
      event.preventDefault();
      (links[at + step] || (step > 0 ? more : box)).focus();
    });
    global.addEventListener("popstate", () => {
      readAddress();
      ask(false);
    });

    readAddress();
    try {
      const [{ data }] = await Promise.all([load("segments"), setUp()]);
      names = data.names;
      const [first, last] = data.years;
      form.querySelector(".span").hidden = first >= last;
      client.years = { first, last, from, to, refilter, paint: (counts) => (client.years.counts = counts) };
      ask(false);
    } catch (error) {
      trouble.textContent = error.message;
    }
  }

  // What is not for every page has a script of its own.
  Object.assign(client, { HOME, element, appendMarked, number, say, setUp });
  const form = document.getElementById("sf");
  if (form) searchPage(form);
  else if (new URLSearchParams(location.search).get("hl")) bring("marks");
  if (document.querySelector("form.find")) bring("suggest");
})(globalThis);
