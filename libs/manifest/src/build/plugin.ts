import { dirname, resolve } from 'node:path';
import type { Problem } from '@cozecut/problems';
import { DEFAULT_SCOPES } from '../schema/auth.ts';
import type { RawManifest } from '../schema/manifest.ts';
import type {
  BotBinding,
  CozeAuth,
  Deployment,
  OpenapiProfile,
  OverlayFile,
  Plugin,
  ProfileSettings,
  ServerAuth,
  Tool,
  WorkflowBinding,
} from '../types.ts';
import { durationMs } from './duration.ts';
import { describe } from './tool.ts';

type Bindings = NonNullable<RawManifest['bindings']>;

/** Time in which a result must be handed to Coze when the binding does not say. */
const SUBMIT_TIMEOUT_MS = 240_000;
const MAX_ROUNDS = 10;

/** Builds the plugin from a valid manifest and its resolved parts. */
export function buildPlugin(
  raw: Omit<RawManifest, 'tools' | 'deployments'>,
  parts: {
    file: string;
    tools: Tool[];
    deployment: Deployment;
    deployments: string[];
    overlays: OverlayFile[];
    problems: Problem[];
  },
): Plugin {
  const { metadata, bindings, auth } = raw;
  const title =
    typeof metadata.title === 'string' ? { en: metadata.title } : (metadata.title ?? { en: metadata.name });
  const mainTitle = title.en ?? Object.values(title)[0] ?? metadata.name;
  const info = raw.openapi?.info;
  const version =
    info?.version === undefined || info.version === '@metadata.version' ? metadata.version : info.version;
  const contactUrl = info?.contact?.url;
  const description = info?.description;
  return {
    file: parts.file,
    folder: dirname(parts.file),
    name: metadata.name,
    version: metadata.version,
    title,
    description: describe(metadata.description, mainTitle),
    texts: Object.fromEntries(
      Object.entries(raw.texts ?? {}).map(([language, file]) => [
        language,
        resolve(dirname(parts.file), file),
      ]),
    ),
    tools: parts.tools,
    bots: (bindings?.bots ?? []).map((bot) => buildBot(bot, parts.tools)),
    workflows: (bindings?.workflows ?? []).map(buildWorkflow),
    serverAuth: (auth?.server ?? []).map(buildServerAuth),
    cozeAuth: auth?.coze as CozeAuth | undefined,
    openapi: {
      // Coze shows the title as the name of the plugin, in which it wants no hyphen.
      title: info?.title ?? (metadata.title === undefined ? metadata.name.replaceAll('-', ' ') : mainTitle),
      version,
      ...(description === undefined ? {} : { description }),
      ...(contactUrl === undefined ? {} : { contactUrl }),
      profiles: buildProfiles(raw.openapi?.profiles ?? {}),
      overlays: parts.overlays,
    },
    deployment: parts.deployment,
    deployments: parts.deployments,
    problems: parts.problems,
  };
}

function buildServerAuth(entry: NonNullable<NonNullable<RawManifest['auth']>['server']>[number]): ServerAuth {
  const scopes = entry.scopes ?? [...DEFAULT_SCOPES];
  switch (entry.type) {
    case 'bearer':
      return { ...entry, scopes };
    case 'jwt':
      return {
        ...entry,
        ownerClaim: entry.ownerClaim ?? 'sub',
        scopesClaim: entry.scopesClaim ?? 'scope',
        scopes,
      };
    case 'oauth':
      return { ...entry, redirectUrls: entry.redirectUrls ?? [], scopes };
  }
}

function buildProfiles(
  raw: NonNullable<NonNullable<RawManifest['openapi']>['profiles']>,
): Partial<Record<OpenapiProfile, ProfileSettings>> {
  const built = Object.entries(raw).map(([name, { openapi, dropKeywords, include }]) => [
    name,
    {
      ...(openapi === undefined ? {} : { openapi }),
      dropKeywords: dropKeywords ?? [],
      ...(include?.modes === undefined ? {} : { includeModes: include.modes }),
    },
  ]);
  return Object.fromEntries(built) as Partial<Record<OpenapiProfile, ProfileSettings>>;
}

function buildBot(bot: NonNullable<Bindings['bots']>[number], tools: readonly Tool[]): BotBinding {
  const { submitTimeout, onUnknownTool, maxRounds } = bot.onRequiresAction ?? {};
  return {
    name: bot.name,
    region: bot.region,
    ...(bot.baseUrl === undefined ? {} : { baseUrl: bot.baseUrl }),
    botId: bot.botId,
    tools: bot.tools ?? tools.map(({ name }) => name),
    onRequiresAction: {
      submitTimeoutMs: submitTimeout === undefined ? SUBMIT_TIMEOUT_MS : durationMs(submitTimeout),
      onUnknownTool: onUnknownTool ?? 'report',
      maxRounds: maxRounds ?? MAX_ROUNDS,
    },
  };
}

function buildWorkflow(workflow: NonNullable<Bindings['workflows']>[number]): WorkflowBinding {
  return {
    name: workflow.name,
    region: workflow.region,
    ...(workflow.baseUrl === undefined ? {} : { baseUrl: workflow.baseUrl }),
    workflowId: workflow.workflowId,
    parameters: workflow.parameters ?? {},
    output: workflow.output ?? {},
    onInterrupt: workflow.onInterrupt ?? 'fail',
  };
}
