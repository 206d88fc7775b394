import type { Converter } from '../converter.ts';
import { jsonInput } from '../json-input.ts';
import { unwrapText } from '../parse-content.ts';
import { buildPlan, looksLikePlan } from './plan.ts';

/** Reads plans of jianying-cli and of the headless renderer. */
export const jianyingPlan: Converter = {
  id: 'jianying-plan',
  title: 'plan of jianying-cli',
  detect: looksLikePlan,
  read(value) {
    const plan = unwrapText(value);
    return jsonInput('jianying-plan', [(options, findings) => buildPlan(plan, options, findings)]);
  },
};
