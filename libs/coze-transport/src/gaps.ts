/** A number that was skipped or came twice. */
export interface Gap {
  /** `stream`: the number of the event. `node`: the number of a piece within its node. */
  of: 'stream' | 'node';
  /** Title of the node; blank for the stream. */
  node: string;
  expected: number;
  /** Less than expected when a number came again. */
  got: number;
}

/** Finds gaps in one stream. */
export interface GapTracker {
  /** Notes the id of an event; one without a number says nothing. */
  event(id: string | undefined): Gap[];
  /** Notes a piece of what a node says. */
  node(piece: NodePiece): Gap[];
}

interface NodePiece {
  nodeTitle: string;
  nodeId: string;
  nodeExecuteUuid: string;
  seq: number | undefined;
  isLast: boolean;
}

/** A tracker for one stream, in which all numbers begin with 0. */
export function trackGaps(): GapTracker {
  let nextId = 0;
  const nextSeqs = new Map<string, number>();
  return {
    event(id) {
      const got = id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
      if (got === undefined) return [];
      const expected = nextId;
      nextId = got + 1;
      return got === expected ? [] : [{ of: 'stream', node: '', expected, got }];
    },
    node({ nodeTitle, nodeId, nodeExecuteUuid, seq, isLast }) {
      if (seq === undefined) return [];
      const key = nodeExecuteUuid || nodeId || nodeTitle;
      const expected = nextSeqs.get(key) ?? 0;
      // A node in a loop speaks again, from 0.
      if (isLast) nextSeqs.delete(key);
      else nextSeqs.set(key, seq + 1);
      return seq === expected ? [] : [{ of: 'node', node: nodeTitle, expected, got: seq }];
    },
  };
}
