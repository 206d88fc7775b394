const quote = /["'`/]/;
const half = 4 / 2; // export function four() {}
const nested = `${[`export const four = ${half}`].join('}')} export { four }`;
/* export { four } */
export function one() {
  return quote.test(nested);
}
export type four = string;
export { one as two };
export const three = async () => 1 / half / 2;
