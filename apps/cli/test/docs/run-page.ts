import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { cleanEnvironment } from '../support.ts';
import { type Block, commandsOf } from './read-page.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** The ports that the pages name. */
const PORT_IN_PAGES = /\b(?:7788|8080)\b/g;
/** Commands that go on until they are stopped; the page goes on once they have said where they are. */
const SERVES = /^(?:\w+=\S+ )*(?:npx )?cozecut (?:serve|dev|openapi serve)\b(?!.*--(?:once|help))/;
/** What a line of a program says that it prints. */
const SHOWN = /\/\/ => (.+)$/gm;
/** A block that begins with one of these keys of a manifest is checked as a part of one. */
const PARTS_OF_MANIFEST = /^(?:#.*\n)*(?:auth|bindings|defaults|deployments|openapi|tools):/;

/** Something of a page that is not true. */
export class PageError extends Error {}

/** Runs the blocks of pages as a reader would, each page in a folder of its own. */
export interface PageRunner {
  run(block: Block): Promise<void>;
  close(): Promise<void>;
}

/** @param env - What the reader has set. */
export async function createPageRunner(folder: string, env: Record<string, string>): Promise<PageRunner> {
  const state = { cwd: folder, exports: '' };
  const port = String(await freePort());
  const home = join(folder, '.home');
  mkdirSync(home, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const prelude = join(home, 'prelude.sh');
  writeFileSync(prelude, preludeText());
  const environment = cleanEnvironment({
    ...env,
    HOME: home,
    PORT: port,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  });
  let serving: { stop(): Promise<void> } | undefined;
  /** What the commands of the block before have printed. */
  let printed = '';

  function bash(script: string) {
    const file = join(home, 'state');
    const text = `. '${prelude}'\n${state.exports}\ncd '${state.cwd}'\n${script.replace(PORT_IN_PAGES, port)}\ncode=$?\n{ pwd; declare -p | grep -E '^declare -[-x]+ '; } > '${file}'\nexit $code\n`;
    const child = spawn('bash', ['-c', text], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    return { child, file, output: () => output };
  }

  async function command(text: string, expected: number): Promise<void> {
    const { child, file, output } = bash(text);
    const [code] = await once(child, 'close');
    printed += output();
    if (code !== expected) throw new PageError(`${text}\nended with ${code}, not ${expected}:\n${output()}`);
    const [cwd, ...exported] = readFileSync(file, 'utf8').split('\n');
    state.cwd = cwd!;
    state.exports = exported
      .filter((line) => !/^declare -[-x]+ (?:PWD|OLDPWD|SHLVL|PPID|UID|EUID|BASH\w*|_|code)\b/.test(line))
      .join('\n');
  }

  async function serve(text: string): Promise<void> {
    await serving?.stop();
    const { child, output } = bash(
      `exec ${text.replace(/^npx /, '').replace(/^cozecut/, '"$PAGE_NODE" "$PAGE_PROGRAM"')}`,
    );
    const ended = once(child, 'close');
    serving = {
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
    for (;;) {
      if (/https?:\/\/[^\s]+:\d+(?:\/\S*)?\s[\s\S]*\n/.test(output())) {
        printed += output();
        return;
      }
      const [word] = await Promise.race([
        once(child.stdout, 'data'),
        once(child.stderr, 'data'),
        ended.then(([code]) => [`ended ${code}`]),
      ]);
      if (String(word).startsWith('ended ')) throw new PageError(`${text}\n${word}:\n${output()}`);
    }
  }

  return {
    async run(block) {
      for (const text of block.setup) for (const one of commandsOf(text)) await command(one, 0);
      if (block.file !== undefined) {
        const path = join(state.cwd, block.file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, `${block.text}\n`);
      }
      const isSkipped = block.skips.some(({ words }) => words === undefined);
      check(block);
      if (block.isOutput) return compare(block.text, printed.replaceAll(port, '7788'));
      printed = '';
      if (isSkipped || block.file !== undefined) return;
      if (/^(?:ts|js)$/.test(block.language)) {
        writeFileSync(join(state.cwd, 'example.ts'), block.text);
        await command('"$PAGE_NODE" --conditions=@cozecut/source example.ts', 0);
        for (const [, shown] of block.text.matchAll(SHOWN)) compare(shown!, printed, { isWhole: true });
      }
      const manifest = block.language === 'yaml' ? manifestOf(block.text) : undefined;
      if (manifest !== undefined) {
        writeFileSync(join(state.cwd, 'example.yaml'), manifest);
        await command('cozecut manifest check --manifest example.yaml', 0);
      }
      if (!/^(?:sh|bash)$/.test(block.language)) return;
      for (const one of commandsOf(block.text)) {
        if (block.skips.some(({ words }) => words !== undefined && one.includes(words))) continue;
        if (SERVES.test(one.trim())) await serve(one.trim().replace(/\s+#.*$/, ''));
        else await command(one, block.exits.find(({ words }) => one.includes(words))?.code ?? 0);
      }
    },
    close: async () => serving?.stop(),
  };
}

/** Whether each line was printed, or a part of it; what differs from time to time is `…`, and blanks do not count. */
function compare(shown: string, printed: string, { isWhole = false } = {}): void {
  const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
  for (const line of shown.split('\n')) {
    const parts = line.split('…').map((part) => flat(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (
      printed
        .split('\n')
        .some((other) => new RegExp(isWhole ? `^${parts.join('.*')}$` : parts.join('.*')).test(flat(other)))
    )
      continue;
    throw new PageError(`nothing prints\n${line}\nbut\n${printed}`);
  }
}

/** The manifest that a block is, or is a part of. */
function manifestOf(text: string): string | undefined {
  if (/^apiVersion: cozecut\//m.test(text)) return text;
  if (!PARTS_OF_MANIFEST.test(text)) return undefined;
  const tools = /^tools:/m.test(text) ? '' : 'tools: []\n';
  return `apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: example, version: 1.0.0 }\n${tools}${text}`;
}

/** What can be said of a block without running it. */
function check({ language, text }: Block): void {
  if (language === 'json') JSON.parse(text);
  if (language === 'yaml') {
    for (const document of parseAllDocuments(text)) {
      if ('errors' in document && document.errors.length > 0) throw document.errors[0];
    }
  }
  if (language === 'ts') stripTypeScriptTypes(text);
}

/** `npx` and `npm install` without a network: the program and its packages are those of the workspace. */
function preludeText(): string {
  return `export PAGE_NODE='${process.execPath}' PAGE_PROGRAM='${join(ROOT, 'apps/cli/bin/run.js')}'
cozecut() { "$PAGE_NODE" "$PAGE_PROGRAM" "$@"; }
npx() { if [ "$1" = cozecut ]; then shift; cozecut "$@"; else echo "npx $1 is not there" >&2; return 127; fi; }
npm() { case "$1" in install|ci) ln -sfn '${join(ROOT, 'node_modules')}' node_modules;; *) command npm "$@";; esac; }
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether there is what the commands of the pages need: bash and curl. */
export function canRunPages(): boolean {
  return ['bash', 'curl'].every((name) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
  );
}
