import { request } from 'node:https'
import { z } from 'zod'
import type { LabEndpoints } from './labEndpoints.ts'
import { labFilesOf, readTextFile } from './labFiles.ts'
import { readLabSettings } from './labSettings.ts'
import type { LabSettings } from './labSettings.ts'

const endpointsSchema = z.object({
  labId: z.string(), graphUrl: z.string(), signInUrl: z.string(), tenantId: z.string(), clientId: z.string(), clientSecret: z.string(),
  clientCertificateFile: z.string(), ldapsUrl: z.string(), ldapUrl: z.string(), globalCatalogUrl: z.string().nullable(), nameServer: z.string(),
  domain: z.object({ dnsName: z.string(), baseDn: z.string(), guestOu: z.string(), sid: z.string() }),
  account: z.string(), accountPassword: z.string(), administrator: z.string(), administratorPassword: z.string(),
  administrationUrl: z.string(), administrationToken: z.string(), caFile: z.string(), pid: z.number(),
}) satisfies z.ZodType<LabEndpoints>

/** Loopback answers in milliseconds; a lab that is busy with a large import may take longer. */
const patience = 3_000

/**
 * The lab of this folder that some process runs already; null where none answers. Whoever answers has a certificate of the
 * lab's own authority, has accepted the lab's token and states the lab's id.
 */
export async function findRunningLab(folder: string): Promise<LabEndpoints | null> {
  const files = labFilesOf(folder)
  const [settings, authority] = [await readLabSettings(files), await readTextFile(files.authority)]
  if (settings === null || authority === null) return null
  const answer = await askControl(settings, authority)
  if (answer === null) return null
  const parsed = endpointsSchema.safeParse(answer)
  return parsed.success && parsed.data.labId === settings.id ? parsed.data : null
}

/** The answer to GET /lab; null where nobody listens, or somebody who is not this lab. */
function askControl(settings: LabSettings, authority: string): Promise<unknown> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1', port: settings.ports.control, path: '/lab', ca: authority, servername: 'localhost', timeout: patience, agent: false,
      headers: { Authorization: `Bearer ${settings.controlToken}` },
    } as const
    const asking = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => resolve(null))
      response.on('end', () => resolve(response.statusCode === 200 ? parseJson(Buffer.concat(chunks).toString('utf8')) : null))
    })
    asking.on('timeout', () => asking.destroy(new Error('no answer in time')))
    // Refused, reset, not our certificate: this lab is not to be found there. Whoever asks then tries to start it and is told the truth by the lock.
    asking.on('error', () => resolve(null))
    asking.end()
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
