import type { KeyboardEvent } from 'react';

/** What Safari gives the key that ends the choice of a Chinese word; by then it says of the choice that it is over. */
const OF_INPUT_METHOD = 229;

/** Whether a key sends what was typed: Enter, unless it begins a new line or ends the choice of a Chinese word. */
export function isSend({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  const isChoosing = nativeEvent.isComposing || nativeEvent.keyCode === OF_INPUT_METHOD;
  return key === 'Enter' && !shiftKey && !isChoosing;
}
