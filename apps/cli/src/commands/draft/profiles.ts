import type { Profile } from '@cozecut/draft-core';
import { BaseCommand } from '../../base-command.ts';
import { type Teller, tellerIn } from '../../messages/teller.ts';

/** What the table says of each profile. */
const COLUMNS: readonly (readonly [title: string, cell: (profile: Profile, teller: Teller) => string])[] = [
  ['ID', ({ id }) => id],
  ['APP', ({ app }) => app],
  ['OS', ({ os }) => os],
  ['BUILDS', ({ builds }) => builds],
  ['FILE', ({ primaryName }) => primaryName],
  ['SEED', ({ seeding }) => seeding],
  ['EVIDENCE', ({ evidence, evidenceNote }, { text }) => `${evidence}  ${text(evidenceNote)}`],
];

/** The app families that drafts can be written for. */
export default class DraftProfiles extends BaseCommand {
  static override summary = 'List the app families a draft can be written for';
  static override description =
    'The evidence says how well the values of a profile are known, from E1 (our inference) to E5 (a draft of this ' +
    'form was opened, saved, opened again and played or exported, on record).';
  static override examples = ['<%= config.bin %> <%= command.id %> --json'];

  async run(): Promise<{ profiles: readonly Profile[] }> {
    await this.parse(DraftProfiles);
    const { listProfiles } = await import('@cozecut/draft-core');
    const profiles = listProfiles();
    const teller = await tellerIn(this.texts.language);
    const rows = [
      COLUMNS.map(([title]) => teller.text(title)),
      ...profiles.map((profile) => COLUMNS.map(([, cell]) => cell(profile, teller))),
    ];
    const { alignRows } = await import('../../services/catalog/rows.ts');
    for (const row of alignRows(rows)) this.log(row);
    for (const { id, olderBuilds } of profiles)
      if (olderBuilds !== undefined) this.say(`${id}: ${this.texts.olderBuilds} ${olderBuilds}`);
    return { profiles };
  }
}
