import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support.ts';
import { ROOT } from './pages.ts';
import { canRunPages, createPageRunner } from './run-page.ts';

/** What the examples of the help name, and a reader has: a folder each. */
const FIXTURES = {
  /** Drafts, exports, rows; the built-in plugin. */
  plain: `
cp "$DOCS_EXAMPLES"/*.json "$DOCS_EXAMPLES"/*.srt .; cp "$DOCS_MEDIA"/music.wav .
cozecut draft convert talk.srt --to ass --out talk.ass
echo '{"schema":"draft-timeline/1","name":"d","timeUnit":"s","canvas":{"width":640,"height":360,"fps":30},"tracks":[{"type":"audio","name":"music","clips":[{"media":"music.wav","start":0,"duration":4}]},{"type":"text","clips":[{"text":"{{title}}","start":0,"duration":2,"style":{"color":"#FF0000"}}]}]}' > timeline.json
cozecut draft convert timeline.json --to otio --out edit.otio
cozecut draft create timeline.json --out ./template --quiet
cozecut draft create timeline.json --out ./my-draft --zip --quiet
for volume in 0.1 0.2 0.3; do cozecut draft edit volume ./my-draft --track music --volume $volume --quiet || exit 1; done
echo '[{"op":"volume","track":"music","volume":0.4}]' > edits.json
echo '{"draft_name":"one","title":"Hello"}' > rows.jsonl
printf 'draft_name,title\\ntwo,Hello\\n' > rows.csv
echo '{"brand":"#FF0000"}' > brand.json
mkdir my-drafts catalog drafts; cp -r my-draft my-drafts/one
echo '{"schema":"draft-catalog/1","app":"jianying","kind":"filter","columns":["name","resource_id"],"rows":[["1980","7127828208690433311"]]}' > jianying-filter.json
cp jianying-filter.json catalog/
echo 'Hello?' > question.txt
cozecut init my-plugin --quiet
cozecut tool run create_draft --name A --json > draft.json
node -e 'const {draft_id} = JSON.parse(fs.readFileSync("draft.json")); fs.writeFileSync("captions.json", JSON.stringify({draft_id, captions: [{text: "a", start: 0, end: 1000000}]}))'
`,
  /** A plugin of one's own. */
  plugin: `
cozecut init mine --quiet; cp -r mine/. .; rm -r mine
cp openapi/coze.yaml openapi.yaml; cp openapi.yaml old.yaml; cp openapi.yaml new.yaml
cozecut init my-plugin --quiet
cozecut plugin export --profile local --out coze --quiet
`,
  /** Bots and workflows at Coze. */
  trips: `
printf 'apiVersion: cozecut/v1\\nkind: Plugin\\nmetadata: { name: trips, version: 1.0.0 }\\ntools: []\\nbindings:\\n  workflows:\\n    - { name: plan-trip, region: cn, workflowId: "7400000000000000042" }\\n    - { name: make-video, region: cn, workflowId: "7400000000000000042" }\\n' > plugin.yaml
echo '{"days": 2}' > trip.json
`,
} as const;

/** The first that fits says in which folder an example is run, what comes before it, with which code it ends. */
const PLACES: {
  words: RegExp;
  fixture?: keyof typeof FIXTURES;
  before?: string;
  code?: number;
  stdin?: string;
  /** Why an example is not run. */
  skip?: string;
}[] = [
  { words: /auth login/, skip: 'a person has to agree in a browser; a test does it at the emulator' },
  { words: /--tunnel/, skip: 'a program of others; a test runs a stand-in for it' },
  { words: /postgres:/, skip: 'needs a database; the conformance tests of the store have one' },
  {
    words: /workflow (?:history|resume)|job logs/,
    skip: 'the id is different each time; tests take one that is there',
  },
  // Nobody answers at the address of the example.
  { words: /doctor --deployment/, code: 1 },
  {
    words: /export\.json.*--time-unit ms/,
    before: `rm -r my-draft; sed -i 's/: 4\\.5 /: 4500 /; s/: 2\\([ ,]\\)/: 2000\\1/g' export.json`,
  },
  { words: /draft create export\.json --out \.\/my-draft/, before: 'rm -r my-draft' },
  // A draft that was copied knows its media by their former place: that is found, and not mended blindly.
  { words: /draft lint \.\/my-draft/, code: 3 },
  { words: /init my-plugin/, before: 'rm -r my-plugin' },
  { words: /--service/, before: 'mkdir -p ~/.config/systemd/user' },
  { words: /completion/, before: 'mkdir -p ~/.config/fish/completions' },
  { words: /--workflow|workflow run/, fixture: 'trips' },
  { words: /store restore/, before: 'cozecut store backup ./backup-1 --quiet' },
  { words: /plugin export --profile coze/, fixture: 'plugin', before: 'rm -r coze' },
  { words: /tool test|tool list/ },
  { words: /cozecut (?:lint|manifest|openapi|plugin|dev)/, fixture: 'plugin' },
  { words: /--data -/, stdin: '{"draft_name":"three","title":"Hello","brand":"#0066FF"}' },
];

const { commands } = JSON.parse(readFileSync(join(ROOT, 'docs/reference/cli.json'), 'utf8')) as {
  commands: { command: string; examples: string[] }[];
};
const examples = commands
  .flatMap((command) => command.examples)
  .filter((example) => !PLACES.find(({ words }) => words.test(example))?.skip);

let coze: Emulator;
let env: Record<string, string>;
const made = new Map<string, Promise<string>>();

beforeAll(async () => {
  const run = { output: { plan: 'Two days' } };
  const scenario = { turns: [{ answer: ['Ready.'] }], workflows: { '7400000000000000042': run } };
  coze = await startEmulator({ scenario, clock: 'real' });
  const media = await makeSampleMedia(join(temporaryFolder(), 'media'));
  env = {
    COZE_BASE_URL: coze.url,
    COZE_API_TOKEN: coze.token,
    COZE_BOT_ID: '7400000000000000001',
    PLUGIN_TOKEN: 'a-token-of-a-reader',
    PUBLIC_URL: 'https://plugin.example.com',
    DOCS_MEDIA: dirname(Object.values(media)[0]!),
    DOCS_EXAMPLES: join(ROOT, 'docs/examples'),
  };
});
afterAll(() => coze?.close());

const block = (text: string) => ({
  line: 1,
  language: 'sh',
  text,
  file: undefined,
  skips: [],
  exits: [],
  setup: [],
  isOutput: false,
});

/** Makes a folder the first time that it is asked for. */
function fixtureOf(name: keyof typeof FIXTURES): Promise<string> {
  const make = async () => {
    const folder = temporaryFolder();
    const runner = await createPageRunner(folder, env);
    await runner.run(block(FIXTURES[name]));
    await runner.close();
    return folder;
  };
  const folder = made.get(name) ?? make();
  made.set(name, folder);
  return folder;
}

test('what stands for the examples that are not run is needed', () => {
  const all = commands.flatMap((command) => command.examples);
  expect(PLACES.filter(({ words }) => !all.some((example) => words.test(example)))).toEqual([]);
  expect(examples.length).toBeGreaterThan(70);
});

test.skipIf(!canRunPages()).each(examples)('%s', { timeout: 200_000 }, async (example) => {
  const {
    fixture = 'plain',
    before,
    code = 0,
    stdin,
  } = PLACES.find(({ words }) => words.test(example)) ?? ({} as (typeof PLACES)[number]);
  const folder = temporaryFolder();
  const from = await fixtureOf(fixture);
  cpSync(from, folder, {
    recursive: true,
    filter: (path) => path !== join(from, 'node_modules') && path !== join(from, '.home'),
  });
  mkdirSync(join(folder, 'editor'));
  const runner = await createPageRunner(folder, {
    ...env,
    DRAFTS: join(folder, 'drafts'),
    DRAFT_ROOT: join(folder, 'editor'),
  });
  try {
    if (before !== undefined) await runner.run(block(before));
    const text = stdin === undefined ? example : `echo '${stdin}' | ${example}`;
    await runner.run({ ...block(text), exits: [{ words: example, code }] });
  } finally {
    await runner.close();
  }
});
