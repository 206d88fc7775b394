import type { BotBinding } from '@cozecut/manifest';

export const BOT: BotBinding = {
  name: 'editor',
  region: 'cn',
  botId: '7400000000000000777',
  tools: ['read_file', 'list_files', 'screenshot', 'slow'],
  onRequiresAction: { submitTimeoutMs: 100_000, onUnknownTool: 'report', maxRounds: 10 },
};
