import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/index.ts';
import { BACKENDS, type Backend } from './backends.ts';

/** What a test of every engine uses. */
export interface Subject {
  backend: Backend;
  /** Opened for each test. */
  store: Store;
}

/** The same tests on every engine: both must behave alike. */
export function onEachBackend(tests: (subject: Subject) => void): void {
  for (const [name, start] of Object.entries(BACKENDS)) {
    describe(name, () => {
      const subject = {} as Subject;
      beforeAll(async () => {
        subject.backend = await start();
      });
      beforeEach(async () => {
        subject.store = await subject.backend.open();
      });
      afterEach(() => subject.backend.reset());
      afterAll(() => subject.backend.end());
      tests(subject);
    });
  }
}
