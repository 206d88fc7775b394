import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWords } from '../src/count-words.ts';

const count = (text: string) => countWords({ text, words_per_minute: 120 });

test('punctuation does not count', () => {
  assert.deepEqual(count('One, two - three!'), { words: 3, seconds: 1.5 });
});

test('a text without a word takes no time', () => {
  assert.deepEqual(count(' … '), { words: 0, seconds: 0 });
});
