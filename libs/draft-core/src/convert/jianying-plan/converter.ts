import type { Converter } from '../converter.ts';
export const jianyingPlan: Converter = {
  id: 'jianying-plan',
  title: 'jianying-plan',
  detect: () => false,
  read: () => {
    throw new Error('todo');
  },
};
