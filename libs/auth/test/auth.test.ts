import { expect, test } from 'vitest';
import {
  createAuthenticator,
  createHeaderCheck,
  createSharedTokenCheck,
  hasScope,
  resolveSecret,
} from '../src/index.ts';

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

test('only a known token passes, whatever the case of the scheme', async () => {
  const caller = (id: string) => ({ id, owner: id, scopes: ['tools:call'] });
  const check = createAuthenticator([
    createSharedTokenCheck([
      { ...caller('coze'), token: 'first-token' },
      { ...caller('ops'), token: 'second-token' },
    ]),
    async (token) => (token === 'other' ? caller('other') : undefined),
  ]);
  expect(await check('Bearer second-token')).toEqual(caller('ops'));
  expect(await check('bearer first-token')).toEqual(caller('coze'));
  expect(await check('Bearer other')).toEqual(caller('other'));
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic first-token',
    'Bearer first-token2',
    'Bearer first-token second-token',
    'first-token',
  ]) {
    expect(await check(wrong)).toBeUndefined();
  }
  expect(await createAuthenticator([createSharedTokenCheck([])])('Bearer ')).toBeUndefined();
});

test('a scope is held by name or by *', () => {
  const caller = { id: 'a', owner: 'a', scopes: ['tools:call'] };
  expect([hasScope(caller, 'tools:call'), hasScope(caller, 'admin')]).toEqual([true, false]);
  expect(hasScope({ ...caller, scopes: ['*'] }, 'admin')).toBe(true);
});

test('a gateway is known by its secret and speaks for the hosts it may', () => {
  const check = createHeaderCheck({ token: 'secret', hosts: ['a.example.com'], scopes: ['tools:call'] });
  expect(check({ htysudoertoken: 'secret', htyhost: 'a.example.com' })).toEqual({
    id: 'gateway',
    owner: 'gateway:a.example.com',
    scopes: ['tools:call'],
  });
  for (const headers of [
    {},
    { htysudoertoken: 'secret' },
    { htyhost: 'a.example.com' },
    { htysudoertoken: 'other', htyhost: 'a.example.com' },
    { htysudoertoken: 'secret', htyhost: 'b.example.com' },
    { htysudoertoken: ['secret', 'secret'], htyhost: 'a.example.com' },
  ]) {
    expect(check(headers)).toBeUndefined();
  }
  const any = createHeaderCheck({ token: 'secret', hosts: [], scopes: [] });
  expect(any({ htysudoertoken: 'secret', htyhost: 'b.example.com' })).toMatchObject({
    owner: 'gateway:b.example.com',
  });
  expect(any({ htysudoertoken: 'secret', htyhost: 'b c' })).toBeUndefined();
});
