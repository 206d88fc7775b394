import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';

const MAX_TITLE = 30;
const MAX_DESCRIPTION = 600;
const TITLE = /^[\w\s\u4e00-\u9fa5]+$/;

/** Title and description fit into the form of the Coze cloud. */
export const cz007 = defineRule(
  {
    id: 'CZ007',
    title: 'Title and description of the plugin fit into the form',
    stage: 'form',
    severity: by('off', 'warning', 'warning'),
  },
  {
    info({ node, path }, { report }) {
      const title = textAt(node, 'title');
      const description = textAt(node, 'description');
      if ([...title].length > MAX_TITLE) {
        const message = `info.title must have at most ${MAX_TITLE} characters (got ${[...title].length})`;
        report({ path: [...path, 'title'], message });
      }
      if (title !== '' && !TITLE.test(title)) {
        const message = `info.title must be letters, digits, _, spaces and Chinese characters (got ${JSON.stringify(title)})`;
        report({ path: [...path, 'title'], message });
      }
      if ([...description].length > MAX_DESCRIPTION) {
        const message = `info.description must have at most ${MAX_DESCRIPTION} characters (got ${[...description].length})`;
        report({ path: [...path, 'description'], message });
      }
    },
  },
);
