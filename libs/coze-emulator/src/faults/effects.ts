import { actionFault } from './actions.ts';
import { cutAfter, cutInsideCharacter, endBeforeDone, inChunks, withoutFinalNewline } from './bytes.ts';
import { dataFault } from './data.ts';
import type { FaultEffect } from './effect.ts';
import {
  flood,
  numberGap,
  otherFields,
  otherSpelling,
  otherTransport,
  silence,
  unknownThings,
} from './framing.ts';
import { replyFault } from './replies.ts';
import { stateFault } from './state.ts';
import type { Fault } from './types.ts';

/** What a fault does to a request that it hits. */
export function effectOf(fault: Fault): FaultEffect {
  switch (fault.id) {
    case 'F01': {
      const { afterBytes } = fault;
      if (afterBytes === undefined) return { wrapSink: cutInsideCharacter };
      return { wrapSink: (sink) => cutAfter(afterBytes, sink, () => sink.reset()), isForJson: true };
    }
    case 'F02': {
      const { afterBytes } = fault;
      if (afterBytes === undefined) return { wrapSink: endBeforeDone };
      return { wrapSink: (sink) => cutAfter(afterBytes, sink, () => sink.end()), isForJson: true };
    }
    case 'F03':
      return { wrapSink: withoutFinalNewline };
    case 'F04':
      return {
        wrapSink: (sink, chunkLeft) => inChunks(fault.chunkBytes ?? 1, sink, chunkLeft),
        isForJson: true,
      };
    case 'F05':
      return otherSpelling(fault);
    case 'F06':
      return otherFields(fault);
    case 'F07':
      return unknownThings();
    case 'F08': {
      const { afterBytes } = fault;
      if (afterBytes === undefined) return silence(fault);
      return { wrapSink: (sink) => cutAfter(afterBytes, sink, () => {}) };
    }
    case 'F27':
      return numberGap(fault);
    case 'F29':
      return otherTransport(fault);
    case 'F34':
      return flood(fault);
    case 'F09':
    case 'F10':
    case 'F11':
    case 'F12':
    case 'F13':
    case 'F14':
    case 'F15':
    case 'F22':
      return replyFault(fault);
    case 'F17':
    case 'F18':
    case 'F19':
    case 'F20':
      return actionFault(fault);
    case 'F24':
    case 'F25':
    case 'F26':
    case 'F28':
      return dataFault(fault);
    default:
      return stateFault(fault);
  }
}
