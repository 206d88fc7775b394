/** What a made-up template of texts is called. */
export interface SampleTemplate {
  name: string;
  /** Digits. */
  id: string;
  /** Words that the draft shows in its texts. */
  texts: readonly string[];
  app?: 'jianying' | 'capcut';
}

/**
 * The timeline document of a draft in which a clip of two seconds shows a template of texts, in the form in which the
 * editors write one. The template is made up: no editor has it.
 */
export function makeTemplateDraft({ name, id, texts, app = 'jianying' }: SampleTemplate): object {
  const platform = {
    jianying: { app_id: 3704, app_source: 'lv' },
    capcut: { app_id: 359289, app_source: 'cc' },
  };
  return {
    platform: platform[app],
    materials: {
      text_templates: [
        {
          id: 'template',
          type: 'text_template',
          name,
          effect_id: id,
          resource_id: id,
          path: `C:/Cache/artistEffect/${id}`,
          text_info_resources: texts.map((_, index) => ({
            id: `layer-${index}`,
            text_material_id: `text-${index}`,
            extra_material_refs: [`animation-${index}`],
            attach_info: {
              start_time: 0,
              duration: 2_000_000,
              original_size_width: 300,
              original_size_height: 80,
              clip: {
                scale: { x: 1, y: 1 },
                rotation: 0,
                transform: { x: 0, y: 60 - 120 * index },
                flip: {},
              },
            },
          })),
          non_text_info_resources: [],
        },
      ],
      texts: texts.map((text, index) => ({
        id: `text-${index}`,
        // The app lays words into a template by this name.
        name: `@layer-${index}`,
        type: 'text',
        content: JSON.stringify({ text, styles: [{ range: [0, text.length], size: 15 }] }),
      })),
      material_animations: texts.map((_, index) => ({
        id: `animation-${index}`,
        type: 'sticker_animation',
        animations: [
          { id: '', type: 'in', start: 0, duration: 500_000, resource_id: '1', material_type: 'sticker' },
        ],
      })),
    },
    tracks: [
      {
        type: 'text',
        segments: [
          {
            id: 'segment',
            material_id: 'template',
            target_timerange: { start: 0, duration: 2_000_000 },
            extra_material_refs: texts.map((_, index) => `animation-${index}`),
          },
        ],
      },
    ],
  };
}
