import { expect, test } from 'vitest';
import { createBearerCheck, resolveSecret } from '../src/index.ts';

const sources = (env: Record<string, string>, files: Record<string, string> = {}) => ({
  env,
  readFile: (path: string) => {
    if (files[path] === undefined) throw new Error('ENOENT');
    return files[path];
  },
});

test('a secret comes from the variable, or from the file that NAME_FILE names', () => {
  expect(resolveSecret('secret:TOKEN', sources({ TOKEN: 'a', TOKEN_FILE: '/f' }))).toBe('a');
  expect(resolveSecret('secret:TOKEN', sources({ TOKEN_FILE: '/f' }, { '/f': 'b\n' }))).toBe('b');
});

test('a place says where a secret is kept instead', () => {
  const places = { TOKEN: 'env:OTHER', KEY: 'file:/run/key' };
  const from = { ...sources({ TOKEN: 'no', OTHER_FILE: '/f' }, { '/f': 'b\n', '/run/key': ' c\n' }), places };
  expect(resolveSecret('secret:TOKEN', from)).toBe('b');
  expect(resolveSecret('secret:KEY', from)).toBe('c');
  expect(() => resolveSecret('secret:TOKEN', { ...sources({ TOKEN: 'no' }), places })).toThrow(
    expect.objectContaining({ code: 'SECRET_MISSING', hint: expect.stringContaining('OTHER_FILE') }),
  );
  expect(() => resolveSecret('secret:KEY', { ...sources({ KEY: 'no' }), places })).toThrow(
    expect.objectContaining({ code: 'SECRET_MISSING', message: expect.stringContaining('/run/key') }),
  );
  expect(() => resolveSecret('secret:toString', { ...sources({}), places })).toThrow('is not set');
});

test.each([
  ['not set', 'secret:TOKEN', sources({}), 'SECRET_MISSING'],
  ['blank', 'secret:TOKEN', sources({ TOKEN: ' ' }), 'SECRET_MISSING'],
  ['a file that is not there', 'secret:TOKEN', sources({ TOKEN_FILE: '/nope' }), 'SECRET_MISSING'],
  ['a value where a reference belongs', 'pat_0123456789', sources({}), 'SECRET_INVALID'],
])('%s is an error that does not show the value', (_name, reference, from, code) => {
  try {
    resolveSecret(reference, from);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code });
    expect((error as Error).message).not.toContain('pat_');
  }
});

test('only a known token passes, whatever the case of the scheme', () => {
  const check = createBearerCheck([
    { id: 'coze', token: 'first-token' },
    { id: 'ops', token: 'second-token' },
  ]);
  expect(check('Bearer second-token')).toBe('ops');
  expect(check('bearer first-token')).toBe('coze');
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic first-token',
    'Bearer first-token2',
    'first-token',
  ]) {
    expect(check(wrong)).toBeUndefined();
  }
  expect(createBearerCheck([])('Bearer ')).toBeUndefined();
});
