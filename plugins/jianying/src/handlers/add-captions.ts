import { addTrack } from '../add-track.ts';
import { halfCanvas, timed } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Where captions stand when nobody says: near the lower edge, as the editor places them. */
const BOTTOM = -0.8;

/** Captions on a new text track. */
export const addCaptions: ToolHandler<'add_captions'> = (input, context) =>
  addTrack(
    input.draft_id,
    'text',
    ({ canvas }) =>
      input.captions.map((caption) => ({
        text: caption.text,
        ...timed(caption),
        style: {
          size: caption.font_size ?? input.font_size,
          color: caption.text_color ?? input.text_color,
          opacity: input.alpha,
          bold: input.bold,
          italic: input.italic,
          underline: input.underline,
          align: input.alignment,
          letterSpacing: input.letter_spacing,
          lineSpacing: input.line_spacing,
          autoWrap: true,
          ...(input.border_color === undefined ? {} : { border: { color: input.border_color } }),
          ...(input.background_color === undefined ? {} : { background: { color: input.background_color } }),
        },
        transform: {
          x: halfCanvas(input.transform_x, canvas.width),
          y: input.transform_y === undefined ? BOTTOM : halfCanvas(input.transform_y, canvas.height),
          scale: input.scale,
        },
      })),
    context,
  );
