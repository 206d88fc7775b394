import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed, N skipped` as the last line; a file or a hook that failed outside a test counts as one. */
export default class TotalReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const total = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) total.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        total[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    // After the default reporter's own summary, which is printed in the same tick.
    process.on('exit', () => {
      console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
    });
  }
}
