import type { Command } from '@oclif/core';
import CatalogHarvest from './commands/catalog/harvest.ts';
import CatalogImport from './commands/catalog/import.ts';
import CatalogList from './commands/catalog/list.ts';
import CatalogSearch from './commands/catalog/search.ts';
import CatalogShow from './commands/catalog/show.ts';
import DraftConvert from './commands/draft/convert.ts';
import DraftCreate from './commands/draft/create.ts';
import DraftShow from './commands/draft/show.ts';
import DraftTimeline from './commands/draft/timeline.ts';
import Lint from './commands/lint.ts';
import Listen from './commands/listen.ts';
import ManifestCheck from './commands/manifest/check.ts';
import ManifestPrint from './commands/manifest/print.ts';
import ManifestSchema from './commands/manifest/schema.ts';
import ManifestTypegen from './commands/manifest/typegen.ts';
import OpenapiDiff from './commands/openapi/diff.ts';
import OpenapiExport from './commands/openapi/export.ts';
import PluginExport from './commands/plugin/export.ts';
import Serve from './commands/serve.ts';
import ToolList from './commands/tool/list.ts';
import ToolRun from './commands/tool/run.ts';
import { toolCommands } from './commands/tool/tool-commands.ts';

/** Every command by its id; the tools of the manifest are commands too, loaded only when one of them is meant. */
export const COMMANDS: Record<string, Command.Class> = {
  'catalog:harvest': CatalogHarvest,
  'catalog:import': CatalogImport,
  'catalog:list': CatalogList,
  'catalog:search': CatalogSearch,
  'catalog:show': CatalogShow,
  'draft:convert': DraftConvert,
  'draft:create': DraftCreate,
  'draft:show': DraftShow,
  'draft:timeline': DraftTimeline,
  lint: Lint,
  listen: Listen,
  'manifest:check': ManifestCheck,
  'manifest:print': ManifestPrint,
  'manifest:schema': ManifestSchema,
  'manifest:typegen': ManifestTypegen,
  'openapi:diff': OpenapiDiff,
  'openapi:export': OpenapiExport,
  'plugin:export': PluginExport,
  serve: Serve,
  'tool:list': ToolList,
  'tool:run': ToolRun,
  ...(process.argv[2] === 'tool' ? toolCommands(process.argv.slice(3)) : {}),
};
