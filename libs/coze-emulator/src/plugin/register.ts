import { textOf } from '../text-of.ts';
import { toolsOf } from './document.ts';
import { authOf, commonOf } from './manifest.ts';
import { PluginRefusal } from './plugin-refusal.ts';
import { stopsImport } from './stages.ts';
import type { PluginFiles, PluginProblem, PluginServices, RegisteredPlugin } from './types.ts';

const MANIFEST_REFUSED = 109000004;
const OPENAPI_REFUSED = 109000003;

/**
 * Registers a plugin by code: the manifest is looked at first, then the document; the first error that stops an
 * import refuses it. Findings without a stage stop an import, and those about the form, which the rules of the cloud
 * have and a self-hosted service has not. What breaks later does not: see `shownTools`.
 *
 * @param id - Id of the plugin.
 * @throws PluginRefusal 109000004 about the manifest, 109000003 about the document, with the predicted words.
 */
export function registerPlugin(files: PluginFiles, services: PluginServices, id = '1'): RegisteredPlugin {
  const aboutManifest = services.lint(files.aiPlugin, 'aiPlugin');
  refuse(aboutManifest, MANIFEST_REFUSED, 'invalid plugin manifest');
  const aboutOpenapi = services.lint(files.openapi, 'openapi');
  refuse(aboutOpenapi, OPENAPI_REFUSED, 'invalid plugin openapi3 document');
  const manifest = services.parse(files.aiPlugin) as Record<string, unknown>;
  const document = services.parse(files.openapi) as Record<string, unknown>;
  const [server] = Array.isArray(document.servers) ? document.servers : [];
  return {
    id,
    name: textOf(manifest.name_for_model),
    serverUrl: textOf(server?.url),
    auth: authOf(manifest),
    common: commonOf(manifest),
    tools: toolsOf(document),
    problems: [...aboutManifest, ...aboutOpenapi],
  };
}

function refuse(problems: readonly PluginProblem[], code: number, kind: string): void {
  const first = problems.find(stopsImport);
  if (first) throw new PluginRefusal(code, `[${code}] ${kind} : ${first.predicted ?? first.message}`);
}
