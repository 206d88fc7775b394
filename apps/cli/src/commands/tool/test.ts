import * as Args from '@oclif/core/args';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { type Teller, tellerIn } from '../../messages/teller.ts';
import { fill } from '../../services/fill.ts';
import { readManifest } from '../../services/manifest.ts';
import type { ExampleResult } from '../../services/test-tools.ts';

/** Runs the examples of the manifest. */
export default class ToolTest extends BaseCommand {
  static override summary = 'Run the examples of tools and compare what comes out';
  static override description =
    'Each example of the manifest is called with its input; an `output` is compared as `match` says: `exact`, ' +
    '`shape` or `subset`. Examples run in the order of the manifest on a store that is thrown away. The exit code ' +
    'is 3 when one fails.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> count_words --manifest my-plugin/plugin.yaml',
  ];
  static override strict = false;
  static override args = { tools: Args.string({ description: 'names of the tools (default: all)' }) };
  static override flags = manifestFlags;

  async run(): Promise<{ passed: number; failed: number; untested: string[]; results: ExampleResult[] }> {
    const { flags, argv } = await this.parse(ToolTest);
    const plugin = readManifest({ ...flags, onLong: this.onLong }, this.environment, process.cwd());
    const teller = await tellerIn(this.texts.language);
    const { testTools } = await import('../../services/test-tools.ts');
    const results = await testTools({
      plugin,
      tools: argv as string[],
      env: this.environment,
      folder: process.cwd(),
      onResult: (result) => this.tell(result, teller),
    });
    const failed = results.filter(({ ok }) => !ok).length;
    const untested = plugin.tools
      .filter((tool) => tool.enabled && tool.examples.length === 0)
      .map((tool) => tool.name);
    this.say(fill(this.texts.examplesTold, { passed: results.length - failed, failed }));
    if (untested.length > 0) this.say(`${this.texts.toolsUntested} ${untested.join(', ')}`);
    if (failed > 0) process.exitCode = EXIT.findings;
    return { passed: results.length - failed, failed, untested, results };
  }

  private tell({ tool, example, ok, differences, error }: ExampleResult, teller: Teller): void {
    if (this.jsonEnabled()) return;
    this.log(`${ok ? '✓' : '✗'} ${tool}: ${example}`);
    if (error !== undefined) this.log(`    ${error.code}: ${teller.message(error.code, error.message)}`);
    for (const { message } of teller.problems(error?.problems ?? [])) this.log(`    ${message}`);
    for (const { pointer, message } of differences)
      this.log(`    ${pointer || '/'}: ${teller.text(message)}`);
  }
}
