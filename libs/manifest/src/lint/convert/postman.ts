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

type Data = Record<string, unknown>;

/** Folders inside of folders that are looked through. */
const MAX_DEPTH = 50;

/**
 * Turns a Postman collection (2.0 and 2.1) into an OpenAPI document with one tool for each request.
 *
 * @throws DuplicatedTool when two requests have the same method and path.
 * @throws NotConverted for a collection that cannot be read, or a body of another kind than raw and urlencoded.
 */
export function postmanToOpenapi(collection: unknown): Data {
  if (!isMap(collection)) throw new NotConverted('the collection must be a map');
  const info = isMap(collection.info) ? collection.info : {};
  const variables = variablesOf(collection.variable);
  const items = itemsIn(collection.item, 0);
  const requests = items.map((item) => requestOf(item, variables));
  return documentOfRequests(textOf(info.name) ?? '', descriptionOf(info.description) ?? '', requests);
}

/** The requests of a collection, through its folders. */
function itemsIn(items: unknown, depth: number): Data[] {
  if (depth > MAX_DEPTH) throw new NotConverted('folders are nested too deep');
  return listOf(items).flatMap((item) =>
    Array.isArray(item.item) ? itemsIn(item.item, depth + 1) : item.request === undefined ? [] : [item],
  );
}

function requestOf(item: Data, variables: ReadonlyMap<string, string>): SampleRequest {
  const request: Data = isMap(item.request) ? item.request : { url: item.request };
  const fill = (text: string) =>
    text.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => variables.get(name.trim()) ?? whole);
  const { url, path, query } = urlOf(request.url, fill);
  const headers = pairsOf(request.header).map(([name, value]): [string, string] => [name, fill(value)]);
  return {
    name: textOf(item.name),
    description: descriptionOf(request.description) ?? descriptionOf(item.description),
    method: (textOf(request.method) ?? 'GET').toUpperCase(),
    url,
    path,
    query,
    headers,
    body: isMap(request.body) ? bodyOf(request.body, mediaTypeOf(headers), fill) : undefined,
  };
}

/** An address is a text, or a map whose `raw` is that text. Path variables are written `:id`. */
function urlOf(
  written: unknown,
  fill: (text: string) => string,
): Pick<SampleRequest, 'url' | 'path' | 'query'> {
  const raw = isMap(written) ? (textOf(written.raw) ?? joinUrl(written)) : textOf(written);
  if (raw === undefined) throw new NotConverted('a request without an address');
  const url = addressOf(fill(raw));
  const path = pathOf(url)
    .split('/')
    .map((part) => part.replace(/^:(.+)$/, '{$1}'))
    .join('/');
  const query =
    isMap(written) && Array.isArray(written.query) ? pairsOf(written.query) : [...url.searchParams];
  return { url, path, query: query.map(([name, value]) => [name, fill(value)]) };
}

function joinUrl({ protocol, host, path }: Data): string {
  const join = (value: unknown, mark: string) =>
    Array.isArray(value) ? value.join(mark) : (textOf(value) ?? '');
  return `${textOf(protocol) ?? 'http'}://${join(host, '.')}/${join(path, '/')}`;
}

function bodyOf(
  body: Data,
  declared: string | undefined,
  fill: (text: string) => string,
): SampleRequest['body'] {
  const { mode } = body;
  if (mode === undefined || body.disabled === true) return undefined;
  if (mode === 'urlencoded') {
    const form = new URLSearchParams(
      pairsOf(body.urlencoded).map(([name, value]): [string, string] => [name, fill(value)]),
    );
    return { mediaType: 'application/x-www-form-urlencoded', value: readForm(form.toString()) };
  }
  if (mode !== 'raw') throw new NotConverted(`a body of mode ${String(mode)} is not converted`);
  const text = fill(textOf(body.raw) ?? '');
  if (text.trim() === '') return undefined;
  const json = readJsonText(text);
  return { mediaType: declared ?? 'application/json', value: json === undefined ? text : json.value };
}

/** Name and value of the entries that are switched on: maps, in 2.0 also `Name: value` in lines. */
function pairsOf(entries: unknown): [string, string][] {
  if (typeof entries === 'string') {
    const lines = entries.split('\n').map((line) => line.split(/:(.*)/s));
    return lines.flatMap(([name = '', value = '']) =>
      name.trim() === '' ? [] : [[name.trim(), value.trim()]],
    );
  }
  return listOf(entries).flatMap(({ key, value, disabled }): [string, string][] =>
    typeof key !== 'string' || key === '' || disabled === true
      ? []
      : [
          [
            key,
            typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value),
          ],
        ],
  );
}

function variablesOf(variables: unknown): Map<string, string> {
  return new Map(
    listOf(variables).flatMap(({ key, id, value }): [string, string][] => {
      const name = textOf(key) ?? textOf(id);
      return name === undefined || value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/** A description is a text, or a map that has it as `content`. */
function descriptionOf(written: unknown): string | undefined {
  return textOf(isMap(written) ? written.content : written);
}

function listOf(value: unknown): Data[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
