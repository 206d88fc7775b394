import type { BotEvent } from '../bot-events.ts';
import type { RunEvent } from '../workflow/run-events.ts';

/** What became of a draft that a tool wrote. */
export type DraftEvent =
  /** The draft is in the draft folder of the app and in its list. */
  | { type: 'draft.installed'; name: string; folder: string; app: 'jianying' | 'capcut' }
  /** The draft was written, but the app does not list it. */
  | {
      type: 'draft.not_installed';
      name: string;
      folder: string;
      code: string;
      message: string;
      hint?: string;
    };

/** Everything that `listen` tells, with the name of the bot or workflow that it is about. */
export type ListenEvent =
  | ({ bot: string } & BotEvent)
  | ({ workflow: string } & (RunEvent | BotEvent))
  | DraftEvent;
