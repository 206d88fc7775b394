import type { ScriptedInterrupt, ScriptedWorkflow } from '../scenario/types.ts';
import type { Frame } from '../wire/frame.ts';
import type { RunRecord, World } from '../world.ts';
import { localPluginData } from './local-plugin-data.ts';
import { pause } from './pause.ts';

/**
 * Plays a run up to its end or its next question: changes the run and yields frames, numbered from 0.
 *
 * @param isResumed - Whether an answer of the client goes before.
 */
export async function* playWorkflow(
  world: World,
  run: RunRecord,
  script: ScriptedWorkflow,
  isResumed: boolean,
): AsyncGenerator<Frame> {
  let count = 0;
  const numbered = (event: string, data: object | string): Frame => ({ id: count++, event, data });
  const ping = () => numbered('PING', world.settings.heartbeatData === '' ? '' : {});
  const gap = () => pause(world, world.settings.interEventMs, ping);
  run.status = 'running';
  if (isResumed) yield* pause(world, world.settings.thinkMs, ping);

  for (const { title, parts } of script.messages ?? []) {
    const node = { title, uuid: world.nextId(), content: parts.join(''), isFinished: true };
    for (const [seq, part] of parts.entries()) {
      yield numbered('Message', nodeMessage(part, title, seq, seq === parts.length - 1));
      yield* gap();
    }
    run.nodes.push(node);
  }
  yield* gap();
  if ('fail' in script) {
    run.status = 'fail';
    run.error = script.fail;
    yield world.dialect.isStudio
      ? numbered('error', script.fail.msg)
      : numbered('Error', { error_code: script.fail.code, error_message: script.fail.msg });
  } else if ('interrupt' in script) {
    stop(world, run, script);
    yield numbered('Interrupt', interruptFrame(world, run));
  } else {
    run.output = jsonText(script.output);
    run.status = 'success';
    run.nodes.push({ title: 'End', uuid: world.nextId(), content: run.output, isFinished: true });
    yield numbered('Message', nodeMessage(run.output, '', 0, true));
    yield numbered('Done', world.dialect.isStudio ? { debug_url: debugUrl(world, run) } : {});
  }
}

/** The address of a page that shows the run to a person. */
export function debugUrl(world: World, run: RunRecord): string {
  return `https://${world.dialect.webHost}/work_flow?execute_id=${run.executeId}&workflow_id=${run.workflowId}`;
}

/** What a run asks, as it stands in an answer or a frame. */
export function interruptData(run: RunRecord): object | undefined {
  if (!run.waiting) return undefined;
  const { data, eventId, type, parameters } = run.waiting;
  return {
    data,
    event_id: eventId,
    type,
    ...(parameters === undefined ? {} : { required_parameters: parameters }),
  };
}

/** An object as JSON text, a text as it is. */
export function jsonText(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function nodeMessage(content: string, title: string, seq: number, isLast: boolean): object {
  return {
    content,
    content_type: 'text',
    node_is_finish: isLast,
    node_seq_id: String(seq),
    node_title: title,
  };
}

function interruptFrame(world: World, run: RunRecord): object {
  const interrupt = { interrupt_data: interruptData(run) };
  return world.dialect.isStudio
    ? { ...interrupt, debug_url: debugUrl(world, run) }
    : { ...interrupt, node_title: run.waiting?.title ?? '' };
}

function stop(world: World, run: RunRecord, script: Extract<ScriptedWorkflow, { interrupt: unknown }>): void {
  const { interrupt } = script;
  run.status = 'interrupted';
  run.next = script.next ?? { output: {} };
  run.waiting = {
    eventId: `${run.executeId}/${world.nextId()}`,
    type: interrupt.type === 'local_plugin' ? world.settings.localPluginInterrupt : interrupt.type,
    title: interrupt.nodeTitle ?? '',
    data: questionText(world, interrupt),
    ...(interrupt.requiredParameters === undefined ? {} : { parameters: interrupt.requiredParameters }),
  };
}

function questionText(world: World, { call, data = '' }: ScriptedInterrupt): string {
  if (call === undefined) return jsonText(data);
  return localPluginData(world.settings.localPluginData, { id: world.nextCallId(), ...call });
}
