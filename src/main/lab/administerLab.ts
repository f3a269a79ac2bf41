import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { z } from 'zod'
import type { LabEndpoints } from './labEndpoints.ts'
import type { TenantCommandInput, TenantOutcome } from './tenant/administration/tenantCommand.ts'

export type LabCommand = TenantCommandInput
export type LabOutcome = TenantOutcome

/** A command is done in milliseconds. */
const patience = 10_000
const doneSchema = z.object({ id: z.string().nullable() })
const refusedSchema = z.object({ error: z.string() })

/**
 * Makes something happen in a running lab: a change in the tenant, a fault of its service (docs/lab.md lists the commands). `refused`
 * says in a sentence what is wrong with the command or does not fit the state of the lab. Rejects where the lab does not answer.
 */
export async function administerLab(endpoints: LabEndpoints, command: LabCommand): Promise<LabOutcome> {
  const { status, text } = await post(endpoints, JSON.stringify(command))
  const answer: unknown = JSON.parse(text)
  if (status === 200) return { kind: 'done', id: doneSchema.parse(answer).id }
  return { kind: 'refused', message: refusedSchema.parse(answer).error }
}

async function post(endpoints: LabEndpoints, body: string): Promise<{ readonly status: number; readonly text: string }> {
  const { administrationUrl: url, administrationToken: token } = endpoints
  const ca = await readFile(endpoints.caFile, 'utf8')
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    // 127.0.0.1, as the lab listens there alone; the certificate is one for localhost.
    const address = { host: '127.0.0.1', port: new URL(url).port, path: '/commands', servername: 'localhost' }
    const asking = request({ ...address, method: 'POST', ca, timeout: patience, agent: false, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
    })
    asking.on('timeout', () => asking.destroy(new Error(`The lab at ${url} does not answer`)))
    asking.on('error', reject)
    asking.end(body)
  })
}
