import { type DocumentPart, flag, inPath, list, object, oneOf, operation, ref, text } from './words.ts';

/** `routes/editor.ts` */
export const editor: DocumentPart = {
  feature: 'install',
  schemas: {},
  paths: {
    '/v1/drafts/{id}/install': {
      post: operation({
        id: 'installDraft',
        tag: 'Drafts',
        summary:
          'Puts a draft into the editor on the machine of the server, where the feature `install` is there',
        parameters: [inPath('id', 'Id of the draft')],
        body: object({
          'replace?': flag('Whether a draft of this name makes way'),
          'force?': flag('Whether to do so while the app is running'),
        }),
        answers: {
          200: object({
            draft_id: text('Id'),
            folder_path: text('Folder of the draft in the editor'),
            app: oneOf(['jianying', 'capcut'], 'App that lists it'),
            findings: list(ref('Finding'), 'What is worth knowing'),
          }),
        },
      }),
    },
  },
};
