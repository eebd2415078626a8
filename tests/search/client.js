// What the client makes of things, asked by test_client.py: one JSON question in, the answer out.
"use strict";
const fs = require("fs"), vm = require("vm");

const [, , ...scripts] = process.argv;
const asked = JSON.parse(fs.readFileSync(0, "utf-8"));
const context = vm.createContext({});
for (const script of scripts) vm.runInContext(fs.readFileSync(script, "utf-8"), context);
const client = context.broadsheetSearch;
client.setFolding(asked.folding);

const text = ({ kind, text, prefix }) => [kind, text, Boolean(prefix)];
const answers = {
  decode: () => asked.texts.map((one) => Array.from(client.decode(one))),
  fold: () => asked.texts.map((one) => client.tokenize(one).map((t) => [t.kind, t.text, t.from, t.to])),
  parse: () => asked.lines.map((line) => client.parse(line, asked.typing).map(({ must, not }) =>
    [must.map((phrase) => phrase.map(text)), not.map((phrase) => phrase.map(text))])),
  terms: () => asked.lines.map((line) => client.parse(line, false).flatMap(({ must }) =>
    must.map((phrase) => client.termsOf(phrase).map((t) => [t.stream, t.low, t.high, t.offset])))),
  shards: () => asked.shards.map((shard) => client.openShard(shard).terms),
  dates: () => asked.lines.map((line) => client.dateIn(line)),
  suggest: () => asked.lines.map((line) => client.suggest(asked.quick, line)),
};
process.stdout.write(JSON.stringify(answers[asked.about]()));
