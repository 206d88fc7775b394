import { Failure } from '../../api/failure.ts';
import { TEXTS } from './texts.ts';

/** A failure that an event or the state tells of, as the parts of the page show them. */
export function asFailure(told: { code: string; message: string; hint?: string | undefined }): Failure {
  const { code, message, hint } = told;
  return new Failure({ status: 409, code, message, ...(hint === undefined ? {} : { hint }) });
}

/** Key of the words for a code in the language of the page, where there are some. */
export function textKeyOf(code: string): keyof typeof TEXTS | undefined {
  return /^[A-Z_]+$/.test(code) && Object.hasOwn(TEXTS, code) ? (code as keyof typeof TEXTS) : undefined;
}
