import { createHash } from 'node:crypto'
import { hashChange, startPlanHash } from '../src/main/runs/planHash.ts'
import type { PlanHeader } from '../src/shared/domain/plan.ts'
import { compare } from './compare.ts'
import { sampleChanges } from './samplePlan.ts'

const changes = sampleChanges(20_000)
const header: PlanHeader = {
  format: 'guestbridge-plan', version: 1, workspace: 'bench', tenant: 'bench', domainSid: 'S-1-5-21-1-2-3',
  runs: { synchronization: 3, adImport: 1, entraImport: 2 }, rulesHash: '00', plannedAt: '2026-02-01T09:00:00.000Z',
}

compare({
  name: 'plan hash',
  measures: 'RFC 8785 form and SHA-256 of 20,000 changes, then the hash of the plan',
  against: 'JSON.stringify and SHA-256 of the same changes',
  measured: () => {
    const hash = startPlanHash(header)
    for (const change of changes) hash.add(hashChange(change))
    return hash.digest()
  },
  reference: () => changes.map((change) => createHash('sha256').update(JSON.stringify(change)).digest('hex')),
})
