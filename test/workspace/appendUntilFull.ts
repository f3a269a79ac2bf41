import { appendAudit } from '../../src/main/workspace/audit.ts'

// A program of its own, which a limit of its environment ends in the middle of a write.
const [folder = ''] = process.argv.slice(2)
for (let number = 1; ; number += 1) await appendAudit(folder, { at: '2026-03-01T10:00:00.000Z', actor: 'ada@admin', action: 'exportEnded', planHash: null, details: { run: number, text: 'Zoë '.repeat(70) } })
