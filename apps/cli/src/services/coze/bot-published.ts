import type { CozeClient } from '@cozecut/coze-transport';

/** A bot as Coze knows it. */
export interface KnownBot {
  name: string;
  /** Whether it is published to the API; nothing where the service does not tell. */
  isPublished: boolean | undefined;
}

/** Asks Coze about a bot. @throws CozeError when there is none, or when the token may not know. */
export async function askForBot(client: CozeClient, botId: string, signal?: AbortSignal): Promise<KnownBot> {
  const call = signal === undefined ? {} : { signal };
  const { name, raw } = await client.bots.retrieve(botId, call);
  const isPublished = raw.is_published === false ? false : await isListed(client, botId, call);
  return { name, isPublished };
}

/** Whether a bot is among those that are published; nothing where the service does not tell. */
async function isListed(
  client: CozeClient,
  botId: string,
  call: { signal?: AbortSignal },
): Promise<boolean | undefined> {
  try {
    const { items: workspaces } = await client.workspaces.list({ pageSize: 50 }, call);
    let isUnpublished = false;
    for (const { id: workspaceId } of workspaces) {
      for (let page = 1; ; page++) {
        const bots = await client.bots.list({ workspaceId, publishStatus: 'all', page, pageSize: 50 }, call);
        const found = bots.items.find(({ id }) => id === botId);
        if (found?.isPublished) return true;
        isUnpublished ||= found !== undefined;
        if (!bots.hasMore) break;
      }
    }
    return isUnpublished ? false : undefined;
  } catch {
    return undefined;
  }
}
