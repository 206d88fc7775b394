/**
 * Sentences in English with their Chinese. `{name}` stands for any text. On the Chinese side it is taken over as it is;
 * `{~name}` is looked up in the book too, and taken over where it is not there; so is `{^name}`, unless it is a single
 * word, which may be a name that somebody gave; `{!name}` has to be in the book, or the sentence is another one.
 */
export type Phrases = Readonly<Record<string, string>>;

/** Looks up the Chinese of an English sentence; nothing when the book has none. */
export type PhraseBook = (english: string) => string | undefined;

interface Phrase {
  /** What stands around the gaps: one more than there are gaps. */
  pieces: readonly string[];
  gaps: readonly Gap[];
  chinese: string;
  /** A piece that only few sentences have. */
  mark: string;
}

interface Gap {
  name: string;
  /** Whether what stands there is looked up, with the mark of the Chinese side. */
  how: '' | '~' | '^' | '!';
  /** Whether it stands in quotes or in a command. */
  isOwn: boolean;
}

/** Gaps in which one word stands. */
const ONE_WORD: ReadonlySet<string> = new Set(['count', 'extension', 'index', 'word']);

/** One text in quotes, and nothing else. */
const WRITTEN = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`)$/;

/** A sentence that is longer holds a document, which nobody translates. */
const MAX_CHARACTERS = 2_000;

/** Parts of a sentence that are looked up; one with more of them is none that a program of ours says. */
const MAX_TRIES = 20_000;

/** Ends looking up a sentence whose parts fit everywhere. */
class TooManyTries extends Error {}

/** What was found for a sentence. */
interface Said {
  text: string;
  /** Whether words of English are left in it, which another phrase may have. */
  isRough: boolean;
  /** Whether nothing of it is in the book. */
  isForeign?: boolean;
}

/** Looks up a sentence or a part of one. */
type LookUp = (english: string) => Said | undefined;

/** A word that stands alone and is no name. */
const NO_NAME =
  /^(?:an?|and|are|as|at|be|by|for|from|in|is|its?|not?|of|on|one|or|that|the|them|this|to|was|with)$/;

/** Makes one book of several; the more of a phrase is not a gap, the earlier it is tried. */
export function createPhraseBook(tables: readonly Phrases[]): PhraseBook {
  const known = new Map<string, Said | undefined>();
  let tries = 0;
  const lookUp: LookUp = (english) => {
    if (english.length > MAX_CHARACTERS) return undefined;
    tries += 1;
    if (tries > MAX_TRIES) throw new TooManyTries();
    if (!known.has(english)) {
      if (known.size > 5_000) known.clear();
      known.set(english, find(english));
    }
    return known.get(english);
  };
  const whole = new Map<string, string>();
  const open: Phrase[] = [];
  for (const [english, chinese] of tables.flatMap((table) => Object.entries(table))) {
    if (/\{\w+\}/.test(english)) open.push(readPhrase(english, chinese));
    else whole.set(english, chinese);
  }
  // A sentence that begins with words of its own is told by them from those that begin with any place or name; the more
  // gaps it has, the more others look like it.
  const weight = ({ pieces, gaps }: Phrase) =>
    pieces.join('').length + (pieces[0] === '' ? 0 : 10) - gaps.length;
  open.sort((a, b) => weight(b) - weight(a));

  function find(english: string): Said | undefined {
    const found = whole.get(english);
    if (found !== undefined) return { text: found, isRough: false };
    let rough: Said | undefined;
    for (const phrase of open) {
      const said = english.includes(phrase.mark) ? sayAs(phrase, english, lookUp) : undefined;
      if (said?.isRough === false) return said;
      rough ??= said;
    }
    return rough;
  }
  return (english) => {
    tries = 0;
    try {
      return lookUp(english)?.text;
    } catch (error) {
      if (error instanceof TooManyTries) return undefined;
      throw error;
    }
  };
}

function readPhrase(english: string, chinese: string): Phrase {
  const pieces = english.split(/\{\w+\}/);
  const gaps = [...english.matchAll(/\{(\w+)\}/g)].map(({ 1: name, index }): Gap => {
    const [, how] = new RegExp(`\\{([~!^]?)${name}\\}`).exec(chinese) ?? [];
    const before = english.slice(0, index);
    const isQuoted = ['"', '`'].some((quote) => before.split(quote).length % 2 === 0);
    return {
      name: name!,
      how: (how ?? '') as Gap['how'],
      isOwn: isQuoted || /cozecut [\w{} ]*$/.test(before),
    };
  });
  const mark = pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
  return { pieces, gaps, chinese, mark };
}

function sayAs({ pieces, gaps, chinese }: Phrase, english: string, lookUp: LookUp): Said | undefined {
  if (!english.startsWith(pieces[0]!)) return undefined;
  const values = fillGaps(
    english.slice(pieces[0]!.length),
    pieces.slice(1),
    gaps,
    lookUp,
    pieces[0] === '' || gaps.length > 1,
  );
  if (values === undefined) return undefined;
  const byName = new Map(gaps.map(({ name }, index) => [name, values[index]!]));
  const text = chinese
    .split(/(\{[~!^]?\w+\})/)
    .map((part) => byName.get(/^\{[~!^]?(\w+)\}$/.exec(part)?.[1] ?? '')?.text ?? part)
    .reduce(joined);
  const isRough = values.some((value) => value.isRough);
  // Gaps alone fit every sentence: what it is about, and what is taken over as it is, are names or in the book.
  const isAny = !/[a-z]/i.test(pieces.join(''));
  const isOther = values.some(({ isForeign }, at) => isForeign && (at === 0 || gaps[at]!.how === ''));
  return isAny && isOther ? undefined : { text, isRough };
}

/** Chinese stands next to Chinese without a blank, and next to a Latin word or a number with one. */
function joined(left: string, right: string): string {
  if (/\p{Script=Han} ?$/u.test(left) && /^ ?\p{Script=Han}/u.test(right))
    return left.trimEnd() + right.trimStart();
  if (/\p{Script=Han}$/u.test(left) && /^[a-z\d]/i.test(right)) return `${left} ${right}`;
  if (/[a-z\d\]]$/i.test(left) && /^\p{Script=Han}/u.test(right)) return `${left} ${right}`;
  return left + right;
}

/** What stands in the gaps, in Chinese: the longest texts that the book has, the shortest ones of those it has not. */
function fillGaps(
  rest: string,
  [piece, ...pieces]: readonly string[],
  [gap, ...gaps]: readonly Gap[],
  lookUp: LookUp,
  isFirst = false,
): Said[] | undefined {
  if (piece === undefined || gap === undefined) return rest === '' ? [] : undefined;
  const ends = (pieces.length === 0 ? lastEnd(rest, piece) : allEnds(rest, piece)).filter(
    (end) =>
      isWhole(rest.slice(0, end), isFirst || gap.how === '^') &&
      !(gap.how === '^' && end === 0) &&
      // A number of things is one word, and so are an index and an extension.
      !(ONE_WORD.has(gap.name) && rest.slice(0, end).includes(' ')),
  );
  const fill = (end: number, said: Said | undefined) => {
    const others =
      said === undefined ? undefined : fillGaps(rest.slice(end + piece.length), pieces, gaps, lookUp);
    return others && [said!, ...others];
  };
  if (gap.how !== '') {
    for (const end of ends.toReversed()) {
      const text = rest.slice(0, end);
      // What somebody wrote is in quotes; it stays, also where it happens to be a word of the book.
      const isWritten = WRITTEN.test(text) && gap.how !== '!';
      const isName = gap.how === '^' && !text.includes(' ');
      const found = isWritten || isName ? undefined : fill(end, lookUp(text));
      if (found !== undefined) return found;
    }
    if (gap.how === '!') return undefined;
  }
  for (const end of ends) {
    const text = rest.slice(0, end);
    const found = fill(end, gap.isOwn ? { text, isRough: false } : asItIs(text, lookUp));
    if (found !== undefined) return found;
  }
  return undefined;
}

function lastEnd(rest: string, piece: string): number[] {
  return rest.endsWith(piece) ? [rest.length - piece.length] : [];
}

function allEnds(rest: string, piece: string): number[] {
  const ends: number[] = [];
  for (let end = 0; end <= rest.length; end++) if (rest.startsWith(piece, end)) ends.push(end);
  return ends;
}

/** A text that stays, unless it is words of the book that stand there without quotes. */
function asItIs(text: string, lookUp: LookUp): Said {
  const isRough = hasWords(text);
  const said =
    listed(text, lookUp) ??
    (text.includes(' ') || isRough ? (lookUp(text) ?? enumerated(text, lookUp)) : undefined);
  return said ?? { text, isRough, isForeign: isRough };
}

/** Names and words of the book one after the other, `a, b or c`, are joined as Chinese does. */
function listed(text: string, lookUp: LookUp): Said | undefined {
  const [tail, word, last] = / (or|and) ([^,]+)$/.exec(text) ?? [];
  if (tail === undefined || text.length > 500) return undefined;
  const items = [...text.slice(0, -tail.length).split(', '), last!];
  const isName = (item: string) => /^[^\s"]+$/.test(item);
  const isNames = items.every(isName);
  const said = items.map((item) => {
    const found = isNames || WRITTEN.test(item) ? undefined : lookUp(item);
    return found ?? (isName(item) || WRITTEN.test(item) ? { text: item, isRough: false } : undefined);
  });
  if (!said.every((item) => item !== undefined)) return undefined;
  const texts = said.map((item) => item.text);
  return {
    text: `${texts.slice(0, -1).join('、')} ${word === 'or' ? '或' : '和'} ${texts.at(-1)}`,
    isRough: said.some((item) => item.isRough),
  };
}

/** Things one after the other, `a, b, c`, of which the book has some and the others are names. */
function enumerated(text: string, lookUp: LookUp): Said | undefined {
  const items = text.split(', ');
  if (items.length < 2) return undefined;
  const said = items.map((item) => (hasWords(item) ? lookUp(item) : { text: item, isRough: false }));
  if (!said.every((item) => item !== undefined)) return undefined;
  return { text: said.map((item) => item.text).join(', '), isRough: said.some((item) => item.isRough) };
}

/** Whether there are words of a sentence outside of quotes; a single word is a name. */
function hasWords(text: string): boolean {
  const words = withoutQuotes(text).split(/[\s,;:()]+/);
  const isSentence = words.filter((word) => /^[A-Za-z]?[a-z']+$/.test(word)).length > 1;
  return isSentence || words.some((word) => NO_NAME.test(word));
}

/**
 * Whether a text may stand in a gap: every bracket that it opens is closed in it, and the place or the thing that a
 * sentence is about ends with a colon.
 */
function isWhole(text: string, isSubject: boolean): boolean {
  const bare = withoutQuotes(text);
  let depth = 0;
  for (const [mark] of bare.matchAll(/[()]/g)) {
    depth += mark === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0 && !(isSubject && /:(?: |$)/.test(bare));
}

/** A text without what stands in quotes. */
function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/`[^`]*`/g, '``');
}
