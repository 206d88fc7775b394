import type { Plugin, Tool } from '@cozecut/manifest';
import { type PlainCommand, sayPhase } from '../../plain/command.ts';
import { MANIFEST_FLAGS, type PlainFlag, type PlainFlags } from '../../plain/flags.ts';
import { readJsonInput } from '../../services/json-input.ts';
import { type ManifestChoice, readManifest } from '../../services/manifest.ts';
import type { Environment } from '../../settings.ts';
import type { Language } from '../../text.ts';

interface Property {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  default?: unknown;
}

/** A plugin that was read to run one of its tools. */
export interface ToolSource {
  plugin: Plugin;
  /** Whether so much was read that what works with it takes its time, too. */
  isLong: boolean;
}

/** Reads the plugin of a tool. */
export function readToolSource(choice: ManifestChoice, env: Environment, folder: string): ToolSource {
  let isLong = false;
  const onLong = () => {
    isLong = true;
  };
  return { plugin: readManifest({ ...choice, onLong }, env, folder), isLong };
}

/** Which manifest is meant; flags are not parsed yet when the commands are made. */
export function manifestChoice(argv: readonly string[]): ManifestChoice {
  return { manifest: flagValue(argv, 'manifest'), deployment: flagValue(argv, 'deployment') };
}

function flagValue(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = argv[at];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : at < 0 ? undefined : argv[at + 1];
}

/**
 * The command of a tool, made from its schema.
 *
 * @param of.plugin - Where the tool is from.
 * @param of.isLong - Whether it is so long that one has to wait for what works with it.
 * @param language - What is noted behind the descriptions is in it; the descriptions are those of the tool.
 */
export function toolCommand(
  tool: Tool,
  { plugin, isLong }: ToolSource,
  language: Language = 'en',
): PlainCommand {
  const properties = Object.entries((tool.input.properties ?? {}) as Record<string, Property>);
  const required = new Set((tool.input.required ?? []) as string[]);
  const flags: PlainFlags = {
    ...Object.fromEntries(
      properties.map(([name, property]) => [name, flagFor(name, property, required.has(name), language)]),
    ),
    ...MANIFEST_FLAGS,
    input: { description: 'whole input as JSON text, @FILE, or - for standard input; flags win' },
  };
  return {
    flags,
    arguments: 0,
    run: async (words, voice) => {
      const { environment, texts, isForPrograms, say, draw, log } = voice;
      let isSaid = false;
      const sayRunning = () => {
        if (!isSaid) sayPhase(voice, texts.phaseRunning, tool.name);
        isSaid = true;
      };
      // A function of a small plugin has mostly ended before anybody wonders.
      if (isLong || !['file', 'package'].includes(tool.handler.kind)) sayRunning();
      const said = words.flags as Record<string, unknown>;
      const given = properties.flatMap(([name]) => (said[name] === undefined ? [] : [[name, said[name]]]));
      const { runTool } = await import('../../services/run-tool.ts');
      const { progressShow } = await import('../../services/progress.ts');
      const { terminalAnswerer } = await import('../../services/terminal-answerer.ts');
      // Most runs say what they say as it is, and need nothing more to be loaded.
      const tell =
        texts.language === 'en'
          ? (text: string) => text
          : (await (await import('../../messages/teller.ts')).tellerIn(texts.language)).text;
      const output = await runTool({
        plugin,
        tool: tool.name,
        input: { ...readJsonInput(said.input as string | undefined), ...Object.fromEntries(given) },
        env: environment,
        folder: process.cwd(),
        answerer: terminalAnswerer(process, tell),
        tell,
        onWait: sayRunning,
        progress: progressShow(draw, say, tell),
      }).catch(async (error: unknown) => {
        if (isForPrograms) throw error;
        throw (await import('../../services/plugin-words.ts')).inPluginWords(error, plugin, texts.language);
      });
      log(JSON.stringify(output, null, 2));
      return output;
    },
  };
}

function flagFor(name: string, property: Property, isRequired: boolean, language: Language): PlainFlag {
  const types = [property.type ?? 'string'].flat();
  const isJson = types.includes('array') || types.includes('object');
  const description =
    (property.description ?? '') + NOTES[language](property.default, { isRequired, isJson });
  const kebab = name.replaceAll('_', '-');
  const base = {
    description: description.trim(),
    ...(kebab === name ? {} : { aliases: [kebab] }),
  };
  if (types.includes('boolean')) return { ...base, type: 'boolean', allowNo: true };
  const options = property.enum?.map(String);
  // Numbers stay text here: the host reads them by the schema, and one validator answers for all apps.
  return { ...base, ...(options === undefined ? {} : { options }) };
}

/** What is worth knowing about a flag besides what it is for. */
type Notes = (fallback: unknown, is: { isRequired: boolean; isJson: boolean }) => string;

const NOTES: Readonly<Record<Language, Notes>> = {
  en: (fallback, { isRequired, isJson }) =>
    (isRequired ? ' (required)' : '') +
    (fallback === undefined ? '' : ` (default: ${JSON.stringify(fallback)})`) +
    (isJson ? ' (JSON)' : ''),
  zh: (fallback, { isRequired, isJson }) => {
    const notes = [
      ...(isRequired ? ['必填'] : []),
      ...(fallback === undefined ? [] : [`默认 ${JSON.stringify(fallback)}`]),
      ...(isJson ? ['JSON'] : []),
    ];
    return notes.length === 0 ? '' : `（${notes.join('，')}）`;
  },
};
