/**
 * How long reading a hostile manifest takes: each file 1,000 times in one process, beside the limit of 50 ms. The
 * column cpu is the mean time of the processor, which a busy machine changes less.
 *
 *     npx node --conditions=@cozecut/source tools/bench/hostile-manifests.ts [REPEATS]
 */
import { checkManifest } from '@cozecut/manifest';

const LIMIT_MS = 50;
const repeats = Number(process.argv[2] ?? 1_000);
const HEAD = 'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: demo, version: 1.0.0 }\n';

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('');
const tool = (field: string, more = '') =>
  `${HEAD}tools:
- name: one
  summary: One
  handler: { http: { url: "https://api.example.com" } }
  output: { type: object }
  input: { type: object, properties: { x: ${field} } }
${more}`;
const aliases = (levels: number, width: number) =>
  `x-0: &a0 [1, 1]\n${many(levels, (i) => `x-${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(width)}]\n`)}`;
const references = (count: number, next: (index: number) => string) =>
  `{ $ref: "#/$defs/a0" } }, $defs: { ${many(count, (i) => `a${i}: ${next(i)}, `)} a${count}: { type: string }`;
const redosText = `${'a'.repeat(60)}!`;

/** What a file is called and its text; each has to end with a problem. */
const files: Record<string, string> = {
  'brackets that stay open': '['.repeat(100_000),
  'braces that stay open': '{a: '.repeat(100_000),
  'list items in one line': '- '.repeat(100_000),
  'explicit keys in one line': '? '.repeat(100_000),
  'steps of indentation': many(400, (i) => `${' '.repeat(i)}a:\n`),
  'aliases of aliases': HEAD + aliases(40, 9),
  'many aliases': `a: &a 1\nb: [${'*a, '.repeat(5_000)}]`,
  'an alias of itself': `${HEAD}x-a: &a [*a]`,
  'aliases of nothing': `${HEAD}x-a: [${'*b, '.repeat(990)}]`,
  'more bytes than allowed': `# ${'x'.repeat(8 * 1024 * 1024)}`,
  'more items than allowed': `a: [${'1,'.repeat(400_000)}]`,
  'more lines than allowed': '\n'.repeat(400_000),
  'items up to the limit': `${HEAD}tools: [${'1,'.repeat(3_250)}]`,
  'unknown keys up to the limit': HEAD + many(1_400, (i) => `kind${i}: 1\n`),
  'one key again and again': HEAD + many(1_500, () => 'kind: Plugin\n'),
  'a quote that stays open': `${HEAD}x-a: "${'x '.repeat(400_000)}`,
  'a megabyte of tabs': '\t'.repeat(1_000_000),
  'binary data': '\u0000\u0001\u001f'.repeat(20_000),
  'variables inside of variables': tool('{ type: string }').replace('One', `"${'${env:A'.repeat(40_000)}"`),
  'a pattern that goes back and forth': tool(`{ type: string, pattern: "^(a+)+$", default: "${redosText}" }`),
  'an example for such a pattern': tool(
    '{ type: string, pattern: "^(a|a)*$" }',
    `  examples: [{ name: a, input: { x: "${redosText}" } }]\n`,
  ),
  'many such patterns': tool(
    `{ type: object, properties: { ${many(200, (i) => `y${i}: { type: string, pattern: "^(a+)+$", default: "${redosText}" }, `)} } }`,
  ),
  'a pattern that does so on a short text': tool(
    '{ type: string, pattern: "^(a|a|a|a|a|a|a|a|a|a)*$", default: "aaaaaaaaaaa!" }',
  ),
  'many patterns that take the square of the length': tool(
    `{ type: object, properties: { ${many(200, (i) => `y${i}: { type: string, pattern: "a*b", default: "${'a'.repeat(1_000)}" }, `)} } }`,
  ),
  'many patterns that take four milliseconds': tool(
    `{ type: object, properties: { ${many(200, (i) => `y${i}: { type: string, pattern: "^(a+)+$", default: "${'a'.repeat(18)}!" }, `)} } }`,
  ),
  'a chain of references': tool(
    references(250, (i) => `{ properties: { n: { $ref: "#/$defs/a${i + 1}" } } }`),
  ),
  'references that double': tool(
    references(20, (i) => `{ allOf: [{ $ref: "#/$defs/a${i + 1}" }, { $ref: "#/$defs/a${i + 1}" }] }`),
  ),
  'a number of a million digits': `${HEAD}x-a: ${'9'.repeat(1_000_000)}`,
};

const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)]!;
const ms = (value: number) => value.toFixed(1).padStart(7);

console.log(`${'file'.padEnd(36)}     cpu   median     99 %  slowest  of ${LIMIT_MS} ms  first problem`);
let worst = 0;
for (const [name, text] of Object.entries(files)) {
  const source = { readFile: () => text, exists: (path: string) => path === '/plugin.yaml' };
  const times: number[] = [];
  let code: string | undefined;
  const before = process.cpuUsage();
  for (let round = 0; round < repeats; round += 1) {
    const started = performance.now();
    const { problems } = checkManifest('/plugin.yaml', source);
    times.push(performance.now() - started);
    code = problems.find(({ severity }) => severity === 'error')?.code;
    if (code === undefined) throw new Error(`${name}: read without a problem`);
  }
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000 / repeats;
  times.sort((a, b) => a - b);
  const slowest = times.at(-1)!;
  worst = Math.max(worst, slowest / LIMIT_MS);
  const ratio = `x${(slowest / LIMIT_MS).toFixed(2)}`.padStart(9);
  console.log(
    `${name.padEnd(36)}${ms(cpu)}  ${ms(at(times, 0.5))}  ${ms(at(times, 0.99))}  ${ms(slowest)} ${ratio}  ${code}`,
  );
}
console.log(`slowest of all: x${worst.toFixed(2)} of ${LIMIT_MS} ms`);
