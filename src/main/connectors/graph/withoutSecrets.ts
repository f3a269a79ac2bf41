/** Text of a server that may quote what we sent: tokens (JSON Web Tokens) and the given secrets are struck out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const struck = secrets.filter((secret) => secret !== '').reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
  return struck.replaceAll(/eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]')
}
