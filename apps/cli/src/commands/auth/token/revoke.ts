import { UserError } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import { BaseCommand, manifestFlags } from '../../../base-command.ts';
import { existing, manifestStore, withStore } from '../../../services/store.ts';

/** Ends an API token. */
export default class AuthTokenRevoke extends BaseCommand {
  static override summary = 'End a token at once';
  static override args = { id: Args.string({ required: true, description: 'id of the token' }) };
  static override flags = manifestFlags;

  async run(): Promise<{ id: string }> {
    const { args, flags } = await this.parse(AuthTokenRevoke);
    const isEnded = await withStore(
      existing(manifestStore({ ...flags, onDatabase: this.onDatabase }, this.environment, process.cwd())),
      (store) => store.tokens.revoke(args.id),
    );
    if (!isEnded) {
      throw new UserError('TOKEN_NOT_FOUND', `there is no token ${JSON.stringify(args.id)}`, {
        hint: '`cozecut auth token list` names them',
      });
    }
    this.say(`${this.texts.tokenRevoked} ${args.id}`);
    return { id: args.id };
  }
}
