import { type Caller, hasScope, type OauthAnswer, type OauthQuestion } from '@cozecut/auth';
import { OAUTH_PATHS } from '@cozecut/manifest';
import express, { type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { send } from '../http/answer.ts';
import type { Authorise } from '../http/caller.ts';

/**
 * The OAuth 2.0 endpoints that a plugin of Coze is connected with. Who owns something says so with an API token, typed
 * into our own page; the client never sees it.
 */
export function oauthRoutes({ oauth, log }: ServerContext, authorise: Authorise | undefined): Router {
  const router = Router();
  if (oauth === undefined || authorise === undefined) return router;
  // Coze sends JSON, everybody else forms.
  const body = [express.urlencoded({ extended: false, limit: 16_384 }), express.json({ limit: 16_384 })];

  router.get(OAUTH_PATHS.authorize, async (request, response) => {
    const asked = await oauth.question(request.query);
    if ('refused' in asked) return answer(response, asked.refused);
    page(response, 200, asked.question, request.originalUrl, '');
  });

  router.post(OAUTH_PATHS.authorize, ...body, async (request, response) => {
    // A form of a foreign page may not decide for a person.
    if (!['same-origin', undefined].includes(request.get('sec-fetch-site')))
      return void response.status(403).end();
    const asked = await oauth.question(request.query);
    if ('refused' in asked) return answer(response, asked.refused);
    const { decision, token } = request.body as { decision?: unknown; token?: unknown };
    if (decision === 'deny') return answer(response, await oauth.decide(request.query, 'denied'));
    const caller = await authorise({
      authorization: `Bearer ${typeof token === 'string' ? token.trim() : ''}`,
    });
    if (caller === undefined) {
      return page(response, 401, asked.question, request.originalUrl, 'This token is not valid. 令牌无效。');
    }
    if (!mayAllow(caller, asked.question)) {
      const why = 'This token does not allow all of this itself. 此令牌自身没有以上全部权限。';
      return page(response, 403, asked.question, request.originalUrl, why);
    }
    log.info('a client was allowed', { client: asked.question.clientId, owner: caller.owner });
    answer(response, await oauth.decide(request.query, { owner: caller.owner }));
  });

  router.post(OAUTH_PATHS.token, ...body, async (request, response) => {
    response.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    answer(
      response,
      await oauth.token((request.body ?? {}) as Record<string, unknown>, request.get('authorization')),
    );
  });

  router.post('/oauth/revoke', ...body, async (request, response) => {
    const { token } = (request.body ?? {}) as { token?: unknown };
    if (typeof token === 'string') await oauth.revoke(token);
    response.status(200).end();
  });
  return router;
}

function answer(response: Response, { status, headers, body }: OauthAnswer): void {
  if (status === 302) return void response.set(headers).status(302).end();
  send(response, { status, headers, body });
}

/** Nobody gives away what is not theirs: a program that was allowed something, or a token with fewer scopes. */
function mayAllow(caller: Caller, { scopes }: OauthQuestion): boolean {
  return caller.isDelegated !== true && scopes.every((scope) => hasScope(caller, scope));
}

/** The question as a page; it works without a script. */
function page(
  response: Response,
  status: number,
  question: OauthQuestion,
  action: string,
  mistake: string,
): void {
  const scopes = question.scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join('');
  const alert = mistake === '' ? '' : `<p role="alert">${mistake}</p>`;
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      // After the answer the browser goes on to the client.
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' ${new URL(question.redirectUri).origin}`,
    })
    .type('html')
    .send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>cozecut</title><style>body{font:16px/1.5 system-ui;max-width:32rem;margin:10vh auto;padding:0 1rem}
input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem}button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}
:root{color-scheme:light dark}</style>
<h1>${escaped(question.clientId)}</h1>
<p>asks to act for you at <b>${escaped(new URL(question.redirectUri).host)}</b>. 请求以你的身份进行以下操作：</p><ul>${scopes}</ul>${alert}
<form method="post" action="${escaped(action)}"><label>API token 访问令牌
<input name="token" type="password" autocomplete="off" required></label>
<button name="decision" value="allow">Allow 允许</button><button name="decision" value="deny" formnovalidate>Deny 拒绝</button>
</form></html>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
