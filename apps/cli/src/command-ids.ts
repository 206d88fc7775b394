import type { DraftEditName } from '@cozecut/draft-core';
import type { Command } from '@oclif/core';

type Load = () => Promise<{ default: Command.Class }>;

/** Every kind of edit has a command of its own, made from its schema. */
const EDITS: readonly DraftEditName[] = [
  'add',
  'concat',
  'copy-track',
  'cut',
  'delete',
  'duplicate',
  'fill',
  'migrate',
  'move',
  'relink',
  'replace-media',
  'replace-text',
  'speed',
  'split',
  'trim',
  'volume',
];

function editLoaders(): Record<string, Load> {
  const commands = EDITS.map((name): [string, Load] => [
    `draft:edit:${name}`,
    async () => ({ default: (await import('./commands/draft/edit/edit-command.ts')).editCommand(name) }),
  ]);
  return {
    'draft:edit:apply': () => import('./commands/draft/edit/apply.ts'),
    'draft:edit:list': () => import('./commands/draft/edit/list.ts'),
    'draft:edit:register': () => import('./commands/draft/edit/register.ts'),
    'draft:edit:rename': () => import('./commands/draft/edit/rename.ts'),
    'draft:edit:sync': () => import('./commands/draft/edit/sync.ts'),
    ...Object.fromEntries(commands),
  };
}

const LOADERS: Readonly<Record<string, Load>> = {
  'auth:login': () => import('./commands/auth/login.ts'),
  'auth:logout': () => import('./commands/auth/logout.ts'),
  'auth:status': () => import('./commands/auth/status.ts'),
  'auth:token:create': () => import('./commands/auth/token/create.ts'),
  'auth:token:list': () => import('./commands/auth/token/list.ts'),
  'auth:token:revoke': () => import('./commands/auth/token/revoke.ts'),
  'bot:chat': () => import('./commands/bot/chat.ts'),
  'bot:list': () => import('./commands/bot/list.ts'),
  'catalog:harvest': () => import('./commands/catalog/harvest.ts'),
  'catalog:import': () => import('./commands/catalog/import.ts'),
  'catalog:list': () => import('./commands/catalog/list.ts'),
  'catalog:search': () => import('./commands/catalog/search.ts'),
  'catalog:show': () => import('./commands/catalog/show.ts'),
  completion: () => import('./commands/completion.ts'),
  'config:check': () => import('./commands/config/check.ts'),
  'config:list': () => import('./commands/config/list.ts'),
  'config:path': () => import('./commands/config/path.ts'),
  dev: () => import('./commands/dev.ts'),
  doctor: () => import('./commands/doctor.ts'),
  'draft:convert': () => import('./commands/draft/convert.ts'),
  'draft:create': () => import('./commands/draft/create.ts'),
  ...editLoaders(),
  'draft:history': () => import('./commands/draft/history.ts'),
  'draft:install': () => import('./commands/draft/install.ts'),
  'draft:lint': () => import('./commands/draft/lint.ts'),
  'draft:profiles': () => import('./commands/draft/profiles.ts'),
  'draft:restore': () => import('./commands/draft/restore.ts'),
  'draft:schema': () => import('./commands/draft/schema.ts'),
  'draft:show': () => import('./commands/draft/show.ts'),
  'draft:template:fill': () => import('./commands/draft/template/fill.ts'),
  'draft:template:list': () => import('./commands/draft/template/list.ts'),
  'draft:timeline': () => import('./commands/draft/timeline.ts'),
  init: () => import('./commands/init.ts'),
  'job:cancel': () => import('./commands/job/cancel.ts'),
  'job:list': () => import('./commands/job/list.ts'),
  'job:logs': () => import('./commands/job/logs.ts'),
  'job:retry': () => import('./commands/job/retry.ts'),
  'job:show': () => import('./commands/job/show.ts'),
  lint: () => import('./commands/lint.ts'),
  listen: () => import('./commands/listen.ts'),
  'manifest:check': () => import('./commands/manifest/check.ts'),
  'manifest:print': () => import('./commands/manifest/print.ts'),
  'manifest:schema': () => import('./commands/manifest/schema.ts'),
  'manifest:typegen': () => import('./commands/manifest/typegen.ts'),
  'manifest:upgrade': () => import('./commands/manifest/upgrade.ts'),
  'openapi:diff': () => import('./commands/openapi/diff.ts'),
  'openapi:export': () => import('./commands/openapi/export.ts'),
  'openapi:serve': () => import('./commands/openapi/serve.ts'),
  'plugin:export': () => import('./commands/plugin/export.ts'),
  serve: () => import('./commands/serve.ts'),
  'store:backup': () => import('./commands/store/backup.ts'),
  'store:migrate': () => import('./commands/store/migrate.ts'),
  'store:restore': () => import('./commands/store/restore.ts'),
  'tool:list': () => import('./commands/tool/list.ts'),
  'tool:run': () => import('./commands/tool/run.ts'),
  'tool:show': () => import('./commands/tool/show.ts'),
  'tool:test': () => import('./commands/tool/test.ts'),
  'workflow:history': () => import('./commands/workflow/history.ts'),
  'workflow:list': () => import('./commands/workflow/list.ts'),
  'workflow:resume': () => import('./commands/workflow/resume.ts'),
  'workflow:run': () => import('./commands/workflow/run.ts'),
};

/** Ids of all commands, in the order of the help. */
export const COMMAND_IDS: readonly string[] = Object.keys(LOADERS);

/** Loads commands; all of them when left out. */
export async function loadCommands(
  ids: readonly string[] = COMMAND_IDS,
): Promise<Record<string, Command.Class>> {
  return Object.fromEntries(
    await Promise.all(ids.map(async (id) => [id, (await LOADERS[id]!()).default] as const)),
  );
}

/** The command that a command line names, and those that it would name with fewer words. */
export function commandsNamed(argv: readonly string[]): readonly string[] {
  const names = [argv.slice(0, 3).join(':'), argv.slice(0, 2).join(':'), argv[0] ?? ''];
  return names.filter((name) => COMMAND_IDS.includes(name));
}

/**
 * The commands that the help for a command line lists: those of the topic that it names, or those without a topic when
 * it names none, apart from topics below. All where it is not clear.
 */
export function commandsShown(argv: readonly string[]): readonly string[] {
  const words = argv.filter((word, index) => !word.startsWith('-') && argv[index - 1] !== '--lang');
  for (let length = words.length; length >= Math.min(words.length, 1); length -= 1) {
    const topic = words
      .slice(0, length)
      .map((word) => `${word}:`)
      .join('');
    const under = COMMAND_IDS.filter((id) => id.startsWith(topic) && !id.slice(topic.length).includes(':'));
    if (under.length > 0) return under;
  }
  return COMMAND_IDS;
}
