import type { Refusal } from './refusal.ts';
import type { EmulatorSettings } from './settings.ts';

/** Which service is played: the Chinese cloud, the overseas cloud, or a self-hosted Coze Studio. */
export type DialectName = 'coze-cn' | 'coze-com' | 'studio';

/** What is different between the services. */
export interface Dialect {
  name: DialectName;
  /** Host that a JWT names as its audience. */
  apiHost: string;
  /** Host of pages for people. */
  webHost: string;
  isStudio: boolean;
  /** Status word of a chat that was cancelled. */
  canceled: 'canceled' | 'cancelled';
  /** HTTP status and code of a refusal. */
  refuse(refusal: Refusal, settings: EmulatorSettings): { status: number; code: number };
}

function cloud(name: DialectName, domain: string): Dialect {
  return {
    name,
    apiHost: `api.${domain}`,
    webHost: `www.${domain}`,
    isStudio: false,
    canceled: 'canceled',
    refuse: plainRefusal,
  };
}

function plainRefusal({ code, status }: Refusal, { errorStyle }: EmulatorSettings) {
  return { code, status: status ?? (errorStyle === 'http4xx' ? 400 : 200) };
}

/** Codes of the cloud, and what a self-hosted service answers instead. */
const STUDIO_REFUSALS: Readonly<Record<number, { status: number; code: number }>> = {
  4000: { status: 400, code: 400 },
  4003: { status: 400, code: 400 },
  4004: { status: 400, code: 400 },
  4005: { status: 400, code: 400 },
  4007: { status: 400, code: 400 },
  4100: { status: 200, code: 700012006 },
  4104: { status: 400, code: 103200005 },
  4200: { status: 200, code: 6031 },
};

const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  'coze-cn': cloud('coze-cn', 'coze.cn'),
  'coze-com': cloud('coze-com', 'coze.com'),
  studio: {
    name: 'studio',
    apiHost: 'localhost',
    webHost: 'localhost',
    isStudio: true,
    canceled: 'cancelled',
    refuse: (refusal, settings) => STUDIO_REFUSALS[refusal.code] ?? plainRefusal(refusal, settings),
  },
};

/** The dialect of that name. */
export function dialectOf(name: DialectName = 'coze-cn'): Dialect {
  return DIALECTS[name];
}
