import { inner } from './inner.ts';

export async function one() {}
export const two = () => undefined;
export class three {}
export { inner as four };
export const { five } = { five: inner };
export * from './inner.ts';
export default function seven() {}
