import type { LocalService, LocalStart } from '../../src/index.ts';

/** A service that only writes down what it is asked. */
export function noted() {
  const started: LocalStart[] = [];
  const said: string[] = [];
  const stopped: string[] = [];
  let closedMs: number | undefined;
  const service: LocalService = {
    choices: () => ({ bots: [], workflows: [], hasToken: false }),
    state: () => ({ status: 'off' }),
    start: (wanted) => void started.push(wanted),
    say: (text) => void said.push(text),
    run: () => {},
    answer: () => {},
    cancel: () => void stopped.push('turn'),
    stop: async () => void stopped.push('service'),
    async *watch({ signal }) {
      yield { id: 1, event: { type: 'service.state', status: 'off' } as { type: string } };
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    close: async (graceMs) => {
      closedMs = graceMs;
    },
  };
  return { service, started, said, stopped, closed: () => closedMs };
}
