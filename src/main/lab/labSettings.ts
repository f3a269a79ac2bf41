import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readTextFile, writeTextFile } from './labFiles.ts'
import type { LabFiles } from './labFiles.ts'
import { chooseFreePort, isPortFree } from './ports.ts'

const port = z.int().min(1).max(65_535)
const onOrOff = z.enum(['on', 'off'])
const settingsSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  ports: z.strictObject({ graph: port, signIn: port, ldaps: port, ldap: port, globalCatalog: z.exactOptional(port), control: port, dns: z.exactOptional(port) }),
  tenantId: z.uuid(),
  clientId: z.uuid(),
  clientSecret: z.string().min(16),
  domainSid: z.string().regex(/^S-1-5-21(?:-\d{1,10}){3}$/),
  accountPassword: z.string().min(16),
  administratorPassword: z.string().min(16),
  controlToken: z.string().min(32),
  /** Whether a global catalog can be asked about names of the forest. */
  globalCatalog: onOrOff.default('on'),
  /** Read at each start; what was on once stays on, as in a real forest. */
  recycleBin: onOrOff.default('off'),
})

/** `lab.json`: what was chosen by chance once and stays for the life of the lab. Its secrets are readable by the owner only. */
export type LabSettings = z.infer<typeof settingsSchema>
type Ports = Required<LabSettings['ports']>
/** As a running lab has them: every port is chosen. */
export type PreparedLabSettings = LabSettings & { readonly ports: Ports }

/** Null where the folder has no lab yet. Throws where the file cannot be understood: a lab with other secrets could not open its own files. */
export async function readLabSettings(files: LabFiles): Promise<LabSettings | null> {
  const text = await readTextFile(files.settings)
  if (text === null) return null
  const parsed = settingsSchema.safeParse(parseJson(text, files.settings))
  if (parsed.success) return parsed.data
  throw new Error(`${files.settings} is damaged: ${z.prettifyError(parsed.error)}\nRemove the folder ${files.folder} to begin with a new lab.`)
}

/** Reads or makes the settings, and replaces ports that a stranger has taken since. To be called under the lab's lock only. */
export async function prepareLabSettings(files: LabFiles): Promise<PreparedLabSettings> {
  const known = await readLabSettings(files)
  const ports = await chooseFreePorts(known?.ports ?? {})
  if (known !== null && portNames.every((name) => ports[name] === known.ports[name])) return { ...known, ports }
  const prepared: PreparedLabSettings = { ...(known ?? makeSettings()), ports }
  await writeTextFile(files.settings, `${JSON.stringify(prepared, null, 2)}\n`, 'private')
  return prepared
}

function makeSettings(): Omit<LabSettings, 'ports'> {
  const subAuthorities = Array.from({ length: 3 }, () => randomInt(2 ** 28, 2 ** 32 - 1))
  return {
    version: 1,
    id: randomUUID(),
    tenantId: randomUUID(),
    clientId: randomUUID(),
    clientSecret: randomBytes(30).toString('base64url'),
    domainSid: ['S-1-5-21', ...subAuthorities].join('-'),
    accountPassword: makePassword(),
    administratorPassword: makePassword(),
    controlToken: randomBytes(32).toString('base64url'),
    globalCatalog: 'on',
    recycleBin: 'off',
  }
}

/** 24 random characters and one of each class that Active Directory's policy counts. */
function makePassword(): string {
  return `Lab-9a${randomBytes(18).toString('base64url')}`
}

const portNames = ['graph', 'signIn', 'ldaps', 'ldap', 'globalCatalog', 'control', 'dns'] as const satisfies readonly (keyof Ports)[]

async function chooseFreePorts(wished: Partial<LabSettings['ports']>): Promise<Ports> {
  const taken = new Set<number>()
  const choose = async (name: keyof Ports): Promise<number> => {
    const port = wished[name]
    const isStillFree = port !== undefined && !taken.has(port) && (await isPortFree(port))
    const chosen = isStillFree ? port : await chooseFreePort(taken)
    taken.add(chosen)
    return chosen
  }
  return {
    graph: await choose('graph'), signIn: await choose('signIn'), ldaps: await choose('ldaps'), ldap: await choose('ldap'),
    globalCatalog: await choose('globalCatalog'), control: await choose('control'), dns: await choose('dns'),
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error })
  }
}
