import type { InstallStep } from '@cozecut/draft-core/node';
import type { Problem } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';

interface Output {
  dry_run: boolean;
  draft_id: string;
  name: string;
  folder_path: string;
  root_path: string;
  app: string;
  profile: string;
  steps: InstallStep[];
  problems: Problem[];
}

/** Puts a draft that is there into an app. */
export default class DraftInstall extends BaseCommand {
  static override summary = 'Put a draft into JianYing or CapCut';
  static override description =
    'DRAFT is a draft folder or a zip of one. It is copied into the draft folder of the app on this machine, with the ' +
    'paths of its new place, and put into the list that the app shows. The app must be closed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> my-draft.zip --dry-run',
    '<%= config.bin %> <%= command.id %> ./my-draft --app capcut --name "Second cut"',
    '<%= config.bin %> <%= command.id %> ./my-draft --root "D:\\JianyingPro Drafts" --replace',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder or zip', required: true }),
  };
  static override flags = {
    root: Flags.string({
      description: 'draft folder of the app (default: DRAFT_ROOT, else that of the app on this machine)',
    }),
    app: Flags.string({
      description: 'app that is to open it (default: the one that the draft names)',
      options: ['jianying', 'capcut'],
    }),
    name: Flags.string({ description: 'name of the draft in the app (default: that of the folder or zip)' }),
    replace: Flags.boolean({ description: 'replace a draft of this name' }),
    force: Flags.boolean({ description: 'go on with media that are missing, and while the app is running' }),
    'dry-run': Flags.boolean({ description: 'say what would be done and write nothing' }),
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftInstall);
    this.sayIfLarge(args.draft);
    const { installDraftAt } = await import('../../services/install-draft.ts');
    const { describeStep, nextStep, sizeText } = await import('../../services/describe-install.ts');
    const dryRun = flags['dry-run'] === true;
    const { draw } = this.voice();
    let drawn = -1;
    const installed = await installDraftAt({
      draft: args.draft,
      root: flags.root,
      app: flags.app as 'jianying' | 'capcut' | undefined,
      name: flags.name,
      replace: flags.replace,
      force: flags.force,
      dryRun,
      env: this.environment,
      folder: process.cwd(),
      onProgress: (bytes, total) => {
        const percent = total === 0 ? 100 : Math.floor((bytes / total) * 100);
        if (drawn === -1 && draw === undefined) this.say(this.texts.installCopying);
        const isNew = percent !== drawn;
        drawn = percent;
        if (!isNew) return;
        draw?.(
          `\r${this.texts.installCopying} ${String(percent).padStart(3)} % ${sizeText(bytes)} / ${sizeText(total)} `,
        );
      },
    }).finally(() => {
      if (drawn >= 0) draw?.('\n');
    });
    const { folder, draftId, name, root, profile, steps, problems } = installed;
    await this.sayProblems(problems);
    this.say(dryRun ? this.texts.installPlan : this.texts.installDone);
    if (dryRun) for (const step of steps) this.log(`- ${describeStep(step, this.texts)}`);
    else this.log(folder);
    this.say(dryRun ? this.texts.installDryRun : nextStep(profile.app, this.texts));
    return {
      dry_run: dryRun,
      draft_id: draftId,
      name,
      folder_path: folder,
      root_path: root,
      app: profile.app,
      profile: profile.id,
      steps,
      problems,
    };
  }
}
