import type { LocalChoices, LocalState } from './port.ts';

/** A state as callers see it. */
export function publicState({ status, target, conversationId, error, question }: LocalState) {
  return {
    status,
    ...(target === undefined
      ? {}
      : {
          target: {
            kind: target.kind,
            name: target.name,
            id: target.id,
            region: target.region,
            base_url: target.baseUrl,
          },
        }),
    ...(conversationId === undefined ? {} : { conversation_id: conversationId }),
    ...(error === undefined
      ? {}
      : {
          error: {
            code: error.code,
            message: error.message,
            ...(error.hint === undefined ? {} : { hint: error.hint }),
            ...(error.logId === undefined ? {} : { log_id: error.logId }),
          },
        }),
    ...(question === undefined ? {} : { question }),
  };
}

/** What can be started, as callers see it. */
export function publicChoices({ bots, workflows, hasToken }: LocalChoices) {
  const choice = ({ name, region, id, baseUrl }: LocalChoices['bots'][number]) => ({
    name,
    region,
    ...(id === undefined ? {} : { id }),
    ...(baseUrl === undefined ? {} : { base_url: baseUrl }),
  });
  return { bots: bots.map(choice), workflows: workflows.map(choice), has_token: hasToken };
}
