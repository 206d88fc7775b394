import {
  addressOf,
  documentOfRequests,
  mediaTypeOf,
  NotConverted,
  pathOf,
  readForm,
  readJsonText,
  type SampleRequest,
} from './requests.ts';

/** The options that the import takes, by their long names. Anything else is not converted. */
const LONG: Readonly<Record<string, string>> = {
  '--request': '-X',
  '--get': '-G',
  '--header': '-H',
  '--cookie': '-b',
  '--referer': '-e',
  '--user-agent': '-A',
  '--data': '-d',
  '--url': '--url',
  '--data-urlencode': '--data-urlencode',
};
const SHORT = new Set(['-X', '-G', '-H', '-b', '-e', '-A', '-d']);
/** Options that are a header of their own. */
const HEADER_OF: Readonly<Record<string, string>> = { '-b': 'Cookie', '-e': 'Referer', '-A': 'User-Agent' };

/**
 * Turns a curl command into an OpenAPI document with one tool.
 *
 * @throws NotConverted for a command that cannot be read, or with an option that the import does not take.
 */
export function curlToOpenapi(text: string): Record<string, unknown> {
  const request = readCurl(shellWords(text).slice(1));
  return documentOfRequests('curl_import', 'curl_import', [request]);
}

function readCurl(words: readonly string[]): SampleRequest {
  let method: string | undefined;
  let isGet = false;
  let address: string | undefined;
  const headers: [string, string][] = [];
  const data: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    if (!word.startsWith('-') || word === '-') {
      if (address !== undefined) throw new NotConverted('more than one address');
      address = word;
      continue;
    }
    const { option, attached } = splitOption(word);
    if (option === '-G') {
      isGet = true;
      continue;
    }
    const value = attached ?? words[++at];
    if (value === undefined) throw new NotConverted(`${option} without a value`);
    if (option === '-X') method = value.toUpperCase();
    else if (option === '--url') address = value;
    else if (option === '-H') headers.push(splitHeader(value));
    else if (option === '-d') data.push(value);
    else if (option === '--data-urlencode') data.push(encodeData(value));
    else headers.push([HEADER_OF[option]!, value]);
  }
  if (address === undefined) throw new NotConverted('no address');
  const url = addressOf(address);
  const sent = data.join('&');
  const hasBody = data.length > 0 && !isGet;
  return {
    method: method ?? (hasBody ? 'POST' : 'GET'),
    url,
    path: pathOf(url),
    query: [...url.searchParams, ...(isGet ? new URLSearchParams(sent) : [])],
    headers,
    body: hasBody ? bodyOf(sent, mediaTypeOf(headers)) : undefined,
  };
}

/** A short option may have its value attached, as in `-XPOST`. */
function splitOption(word: string): { option: string; attached: string | undefined } {
  if (word.startsWith('--')) {
    const option = Object.hasOwn(LONG, word) ? LONG[word] : undefined;
    if (option === undefined) throw new NotConverted(`${word} is not converted`);
    return { option, attached: undefined };
  }
  const option = word.slice(0, 2);
  if (!SHORT.has(option)) throw new NotConverted(`${option} is not converted`);
  return { option, attached: word.length > 2 ? word.slice(2) : undefined };
}

function splitHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new NotConverted(`no header: ${text}`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function encodeData(text: string): string {
  const equals = text.indexOf('=');
  return equals === -1
    ? encodeURIComponent(text)
    : `${text.slice(0, equals)}=${encodeURIComponent(text.slice(equals + 1))}`;
}

function bodyOf(text: string, declared: string | undefined): SampleRequest['body'] {
  const json = readJsonText(text);
  const mediaType =
    declared ?? (json === undefined ? 'application/x-www-form-urlencoded' : 'application/json');
  if (mediaType === 'application/x-www-form-urlencoded') return { mediaType, value: readForm(text) };
  return { mediaType, value: json === undefined ? text : json.value };
}

/** The words of a command line: blanks, both quotes, backslashes, and lines that go on. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'" || character === '"') {
      const end = quoteEnd(text, at + 1, character);
      const inside = text.slice(at + 1, end);
      word = (word ?? '') + (character === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside);
      at = end;
    } else if (character === '\\') {
      at += 1;
      if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
      else if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}

function quoteEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  throw new NotConverted('a quote is not closed');
}
