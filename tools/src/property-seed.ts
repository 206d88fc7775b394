import fc from 'fast-check';

/**
 * Property tests run the same cases every time, so that a change that is refused is refused for what it changed.
 * `PROPERTY_SEED=random npm test` looks for new cases; `PROPERTY_SEED=<number>` repeats what a failure printed.
 */
const wanted = process.env.PROPERTY_SEED ?? '20';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
