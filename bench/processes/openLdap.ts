import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DomainController } from '../../test/fixtures/domainController.ts'

export type LdapClient = {
  readonly run: (program: 'ldapsearch' | 'ldapmodify', args: readonly string[], input: string) => Promise<void>
  readonly close: () => void
}

/** OpenLDAP's programs against the controller, signed in as the account that synchronises. What they print is thrown away. */
export function openLdapClient(directory: DomainController): LdapClient {
  const folder = mkdtempSync(join(tmpdir(), 'guestbridge-bench-'))
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, directory.caPem)
  const bind = ['-x', '-H', `ldaps://${directory.ip}`, '-D', directory.sync.account, '-w', directory.sync.password]
  const run: LdapClient['run'] = async (program, args, input) => {
    const child = spawn(program, [...bind, ...args], { stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, LDAPTLS_CACERT: authority } })
    child.stdin.end(input)
    const [code]: unknown[] = await once(child, 'exit')
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}`)
  }
  return { run, close: () => rmSync(folder, { recursive: true }) }
}
