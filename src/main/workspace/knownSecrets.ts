/** Which secret, as people name it. */
export const secretNames = ['entra', 'directory', 'resource', 'proxy', 'webhook', 'mail'] as const
export type SecretName = (typeof secretNames)[number]

/** Where each comes from when it is not in the keychain, and what it is called when somebody is asked for it. */
export const knownSecrets: Readonly<Record<SecretName, { readonly variable: string; readonly what: string }>> = {
  entra: { variable: 'GUESTBRIDGE_ENTRA_SECRET', what: 'client secret of the application (or password of its certificate)' },
  directory: { variable: 'GUESTBRIDGE_AD_PASSWORD', what: 'password of our account in the domain' },
  resource: { variable: 'GUESTBRIDGE_RESOURCE_AD_PASSWORD', what: 'password of our account in the domain of the applications' },
  proxy: { variable: 'GUESTBRIDGE_PROXY_PASSWORD', what: "password of the proxy's service account, for the proof" },
  webhook: { variable: 'GUESTBRIDGE_WEBHOOK_SECRET', what: 'key that signs what the webhook is told' },
  mail: { variable: 'GUESTBRIDGE_MAIL_PASSWORD', what: 'password of the mail server' },
}
