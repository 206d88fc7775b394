import { diskFiles, readTexts } from '@cozecut/manifest/loader';
import { type PlainCommand, sayPhase } from '../../plain/command.ts';
import { MANIFEST_FLAGS } from '../../plain/flags.ts';
import { readManifest } from '../../services/manifest.ts';
import { shownPath } from '../../shown-path.ts';

/** What `tool list` gives. */
export interface ToolsOutput {
  tools: { name: string; summary: string; method: string; path: string; modes: string[] }[];
}

/** `tool list`: the one that people ask first, and often. */
export const TOOL_LIST = {
  flags: MANIFEST_FLAGS,
  arguments: 0,
  async run({ flags }, voice): Promise<ToolsOutput> {
    const { environment, texts, say, log } = voice;
    const onLong = (file: string) => sayPhase(voice, texts.phaseReading, shownPath(file));
    const plugin = readManifest({ ...flags, needs: 'names', onLong }, environment, process.cwd());
    const tools = plugin.tools
      .filter((tool) => tool.enabled)
      .map(({ name, summary, http, modes }) => ({
        name,
        summary,
        method: http.method,
        path: http.path,
        modes,
      }));
    const width = Math.max(...tools.map((tool) => tool.name.length));
    say(`${texts.tools} ${plugin.name} ${plugin.version}`);
    const inWords = readTexts(plugin, texts.language, diskFiles);
    for (const tool of tools) log(`${tool.name.padEnd(width)}  ${inWords(tool.summary)}`);
    return { tools };
  },
} satisfies PlainCommand<typeof MANIFEST_FLAGS>;
