/** What a person has put in: a text, where it comes from, and how it is to be read. Empty means not said. */
export interface Input {
  content: string;
  fileName: string;
  from: string;
  timeUnit: 'auto' | 's' | 'ms' | 'us';
  profile: string;
}

/** Nothing yet. */
export const NO_INPUT: Input = { content: '', fileName: '', from: '', timeUnit: 'auto', profile: '' };

/** Input of the tool behind the draft API. */
export function requestOf({ content, fileName, from, timeUnit, profile }: Input) {
  return {
    content,
    time_unit: timeUnit,
    ...(fileName !== '' && { file_name: fileName }),
    ...(from !== '' && { from }),
    ...(profile !== '' && { profile }),
  };
}

/** Something to begin with; no media, so that it works anywhere. */
export const EXAMPLE = `{
  "drafts": [
    {
      "project": { "name": "cozecut", "width": 1080, "height": 1920, "fps": 30 },
      "tracks": [
        {
          "track_type": "text",
          "segments": [
            { "type": "text", "content": "你好", "time_range": { "start": 0, "end": 1.5 } },
            { "type": "text", "content": "Hello", "time_range": { "start": 1.5, "end": 3 } }
          ]
        }
      ]
    }
  ]
}
`;
