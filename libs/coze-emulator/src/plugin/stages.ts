import type { PluginProblem } from './types.ts';

/** What stops an import besides findings without a stage; `form` are rules of the cloud that a self-hosted service lacks. */
const STOPS = [undefined, 'import', 'crash', 'form'];

/** Whether a plugin is refused for a problem. */
export function stopsImport(problem: PluginProblem): boolean {
  return problem.severity === 'error' && STOPS.includes(problem.stage) && !panicsLater(problem);
}

/** Whether a plugin is taken in spite of a problem, and its tools cannot be listed because of it. */
export function breaksListing(problem: PluginProblem): boolean {
  return problem.severity === 'error' && (problem.stage === 'tools' || panicsLater(problem));
}

/** A crash whose words begin with `panic:` comes when the tools are listed; others come when the plugin is read. */
function panicsLater({ stage, predicted }: PluginProblem): boolean {
  return stage === 'crash' && predicted?.startsWith('panic:') === true;
}
