import { randomUUID } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Where everything of a lab lives: `<folder>/lab/`. */
export type LabFiles = {
  readonly folder: string
  readonly settings: string
  readonly lock: string
  readonly authority: string
  readonly authorityKey: string
  readonly serverCertificate: string
  readonly serverKey: string
  readonly clientCertificate: string
  readonly tenant: string
  readonly directory: string
}

export function labFilesOf(workspaceFolder: string): LabFiles {
  const folder = join(workspaceFolder, 'lab')
  const file = (name: string) => join(folder, name)
  return {
    folder,
    settings: file('lab.json'),
    lock: file('lock.sqlite'),
    authority: file('ca.pem'),
    authorityKey: file('ca-key.pem'),
    serverCertificate: file('server.pem'),
    serverKey: file('server-key.pem'),
    clientCertificate: file('client.pem'),
    tenant: file('tenant.sqlite'),
    directory: file('directory.sqlite'),
  }
}

/** Null where there is no such file. */
export async function readTextFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Whole or not at all, and on disk when it returns. `private` files can be read by their owner only. */
export async function writeTextFile(file: string, text: string, audience: 'private' | 'public'): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', audience === 'private' ? 0o600 : 0o644)
  try {
    await handle.writeFile(text, 'utf8')
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}
