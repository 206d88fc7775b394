/**
 * `npm run demo`: one Coze export becomes the same draft in cloud, local and manual mode, over the real transports.
 * It needs no network and no account: media is made on the spot and served on loopback, and Coze is the emulator.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { startEmulator } from '@cozecut/coze-emulator';
import { makeSampleMedia } from '../sample-media/index.ts';
import { runCli, startCli } from './cli.ts';
import { compareDrafts } from './compare.ts';
import { serveFolder } from './media-server.ts';
import { drawExport } from './picture.ts';

/** The host that the export names; it does not exist, the demonstration puts its own in its place. */
const EXAMPLE_HOST = 'https://media.example';

const out = resolve('demo-out');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const show = (path: string) => relative(process.cwd(), path);

step('Media made on the spot, served on loopback');
const media = await makeSampleMedia(join(out, 'media'));
const mediaServer = await serveFolder(join(out, 'media'));
console.log(
  `  ${Object.values(media)
    .map((path) => basename(path))
    .join('  ')}`,
);

step('A Coze export, in the shape that workflows produce');
const exportFile = join(out, 'coze-export.json');
const example = readFileSync(join(import.meta.dirname, 'coze-export.json'), 'utf8');
writeFileSync(exportFile, example.replaceAll(EXAMPLE_HOST, mediaServer.url));
console.log(`  ${show(exportFile)}`);

// The egress guard refuses loopback; the demonstration's media server is named, nothing else.
const env = { COZECUT_EGRESS_ALLOW: new URL(mediaServer.url).host, COZECUT_STORE: join(out, 'store') };
const folders: Record<string, string> = {};

try {
  step('Manual mode: cozecut draft create');
  const manual = await runCli(
    ['draft', 'create', exportFile, '--out', join(out, 'manual', '早安新闻'), '--json'],
    env,
  );
  folders.manual = (manual as { drafts: { folder_path: string }[] }).drafts[0]!.folder_path;
  console.log(`  ${show(folders.manual)}`);

  step('Cloud mode: cozecut serve, POST /api/draft/generate');
  folders.cloud = await cloud({ ...env, DRAFT_ROOT: join(out, 'cloud') });
  console.log(`  ${show(folders.cloud)}`);

  step('Local mode: cozecut listen, a bot asks for generate_draft');
  folders.local = await local({ ...env, DRAFT_ROOT: join(out, 'local') });
  console.log(`  ${show(folders.local)}`);
} finally {
  await mediaServer.close();
}

step('The three drafts are equal after canonicalisation');
const { digests, isEqual } = compareDrafts(folders);
for (const [mode, digest] of Object.entries(digests)) console.log(`  ${mode.padEnd(7)} ${digest}`);
const width = Math.min(process.stdout.columns || 100, 120);
console.log(`\n${await drawExport(readFileSync(exportFile, 'utf8'), join(out, 'media'), width)}\n`);
if (!isEqual) {
  console.error('The drafts differ.');
  process.exit(1);
}
console.log('Three equal drafts:');
for (const folder of Object.values(folders)) console.log(`  ${folder}`);

/** Sends the export to a server and waits until its draft is there; the zip is fetched too. */
async function cloud(environment: Record<string, string>): Promise<string> {
  const server = startCli(['serve', '--port', '0', '--json'], environment);
  try {
    const { url } = (await server.firstLine()) as { url: string };
    const answer = await fetch(`${url}/api/draft/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: readFileSync(exportFile),
    });
    const accepted = (await answer.json()) as { draft_ids: string[]; job_id: string };
    if (!answer.ok) throw new Error(`POST /api/draft/generate answered ${JSON.stringify(accepted)}`);
    const [id] = accepted.draft_ids;
    for (;;) {
      const status = await getJson(`${url}/api/draft/status/${id}`);
      if (status.status === 'failed') throw new Error(JSON.stringify(status));
      if (status.status === 'completed') {
        const zip = await fetch(url + status.links.archive);
        const file = join(out, 'cloud.zip');
        writeFileSync(file, new Uint8Array(await zip.arrayBuffer()));
        console.log(`  job ${accepted.job_id}: completed, archive ${show(file)}`);
        return status.folder_path;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await server.stop();
  }
}

/** Lets a bot call the tool through the Coze emulator, and the runner answer it. */
async function local(environment: Record<string, string>): Promise<string> {
  const content = readFileSync(exportFile, 'utf8');
  const coze = await startEmulator({
    scenario: {
      turns: [
        {
          toolCalls: [{ name: 'generate_draft', arguments: { content } }],
          next: { answer: ['草稿', '做好了', ' ✅'] },
        },
      ],
    },
  });
  try {
    const runner = startCli(
      ['listen', '--bot', 'editor', '--say', '做一个早间新闻视频', '--once', '--jsonl'],
      {
        ...environment,
        COZE_BASE_URL: coze.url,
        COZE_API_TOKEN: coze.token,
        COZE_BOT_ID: '7000000000000000001',
      },
    );
    const events = (await runner.lines()) as {
      type: string;
      output?: { drafts: { folder_path: string }[] };
    }[];
    const steps = events.map((event) => event.type).filter((type, index, all) => type !== all[index - 1]);
    console.log(`  ${steps.join(' → ')}`);
    const folder = events.find((event) => event.output !== undefined)?.output?.drafts[0]?.folder_path;
    if (folder === undefined) throw new Error(`no draft came out of the chat: ${JSON.stringify(events)}`);
    return folder;
  } finally {
    await coze.close();
  }
}

async function getJson(url: string) {
  return (await (await fetch(url)).json()) as {
    status: string;
    folder_path: string;
    links: { archive: string };
  };
}

function step(text: string): void {
  console.log(`\n▸ ${text}`);
}
