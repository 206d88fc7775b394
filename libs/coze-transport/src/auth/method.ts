/** A name for a secret, such as `secret:COZE_API_TOKEN`; never the secret itself. */
export type SecretReference = string;

/** How this client proves who it is. */
export type CozeAuthMethod =
  /** A personal or service token. */
  | { type: 'pat'; secret: SecretReference }
  /** A person signs in on another screen. */
  | { type: 'oauth-device'; clientId: string; workspaceId?: string }
  /** A person signs in in the browser of this machine; for apps that cannot keep a secret. */
  | { type: 'oauth-pkce'; clientId: string; redirectUrl: string; workspaceId?: string }
  /** The same for a web app that keeps a secret. */
  | {
      type: 'oauth-web';
      clientId: string;
      clientSecret: SecretReference;
      redirectUrl: string;
      workspaceId?: string;
    }
  /** A service signs with a key; nobody signs in. */
  | {
      type: 'oauth-jwt';
      appId: string;
      /** Fingerprint of the key. */
      keyId: string;
      /** Key in PEM. */
      privateKey: SecretReference;
      /** Separates conversations per person: everything that is made with one name is seen with that name only. */
      sessionName?: string;
      /** Life of a token in seconds, 900 (default) to 86 399. */
      durationSeconds?: number;
      /** Of an enterprise. */
      accountId?: string;
    };

/** The methods in which a person signs in. */
export type SignInMethod = Extract<CozeAuthMethod, { type: 'oauth-device' | 'oauth-pkce' | 'oauth-web' }>;
