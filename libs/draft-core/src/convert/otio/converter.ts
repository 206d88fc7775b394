import type { Converter } from '../converter.ts';
export const otioTimeline: Converter = {
  id: 'otio',
  title: 'otio',
  detect: () => false,
  read: () => {
    throw new Error('todo');
  },
};
