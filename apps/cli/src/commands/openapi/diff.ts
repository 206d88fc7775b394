import type { Change, ChangeKind, OpenapiDiff as Diff, OpenapiProfile } from '@cozecut/manifest';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { type Teller, tellerIn } from '../../messages/teller.ts';
import type { Texts } from '../../text.ts';

const STEPS = {
  major: 'bumpMajor',
  minor: 'bumpMinor',
  patch: 'bumpPatch',
  none: 'bumpNone',
  lower: 'bumpLower',
  unknown: 'bumpUnknown',
} as const satisfies Record<Diff['versions']['bump'], keyof Texts>;

/** The gate of a release: what changed for callers, and whether the version says so. */
export default class OpenapiDiff extends BaseCommand {
  static override summary = 'Compare an OpenAPI document with the manifest or another document';
  static override description =
    'Tells what breaks callers, what is new and what only reads differently. Exit code 3 when something was removed ' +
    'or narrowed and the version in NEW is not a new major one.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> openapi/coze.yaml',
    '<%= config.bin %> <%= command.id %> old.yaml new.yaml --json',
  ];
  static override args = {
    old: Args.string({ description: 'document of the last release', required: true }),
    new: Args.string({ description: 'document of the next one (default: exported from the manifest)' }),
  };
  static override flags = {
    ...manifestFlags,
    profile: Flags.string({
      description: 'profile that is exported for NEW (default: that of OLD)',
      options: ['coze', 'local', 'full'],
    }),
  };

  async run(): Promise<Diff> {
    const { args, flags } = await this.parse(OpenapiDiff);
    const { diffOpenapiFiles } = await import('../../services/diff-openapi.ts');
    const diff = diffOpenapiFiles({
      old: args.old,
      now: args.new,
      profile: flags.profile as OpenapiProfile | undefined,
      manifest: flags.manifest,
      deployment: flags.deployment,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    const teller = await tellerIn(this.texts.language);
    for (const kind of ['breaking', 'additive', 'documentation'] as const)
      this.list(kind, diff.changes, teller);
    const { counts, versions } = diff;
    const { from = this.texts.versionMissing, to = this.texts.versionMissing, bump } = versions;
    const version = `version ${from} -> ${to} (${this.texts[STEPS[bump]]})`;
    const { breaking, additive, documentation } = counts;
    this.log(
      teller.text(`${breaking} breaking, ${additive} additive, ${documentation} documentation; ${version}`),
    );
    if (!diff.isAllowed) {
      process.exitCode = EXIT.findings;
      this.say(`${this.texts.majorNeeded} ${diff.needed ?? 'x.0.0'}`);
    }
    return diff;
  }

  private list(kind: ChangeKind, changes: readonly Change[], teller: Teller): void {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length > 0) this.log(teller.text(kind));
    for (const { operation, place, code, message, warning } of own) {
      this.log(
        `  ${[operation, place, teller.text(message)].filter((part) => part !== undefined).join(' ')} [${code}]`,
      );
      if (warning !== undefined) this.log(`    ${teller.words.warning}: ${teller.text(warning)}`);
    }
  }
}
