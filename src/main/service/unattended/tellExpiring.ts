import { succeed } from '../../../shared/domain/result.ts'
import type { ExpiringSecret } from '../../../shared/api/connectCalls.ts'
import type { NotSent } from '../../unattended/notify/notice.ts'
import { findExpiringSecrets } from '../connect/expiringSecrets.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** What somebody was told of last: each secret 30 days before its end, once more in its last week, and when it is over. */
const toldWatermark = 'unattended.toldExpiring'
const lastWeek = 7

export async function tellExpiring(session: WorkspaceSession): Promise<readonly NotSent[]> {
  const { folder, configuration, environment, now, reader, notify } = session
  const expiring = await findExpiringSecrets({ folder, configuration, environment, now: now() })
  const told = expiring.map(spellStage).join('\n')
  if (told === ((await reader.watermark(toldWatermark)) ?? '')) return []
  const [first] = expiring
  const notSent = first === undefined ? [] : await notify({
    kind: 'secretExpires', at: now(), workspace: { id: configuration.id, name: configuration.name, folder }, planHash: null,
    title: first.state === 'expired' ? 'A secret has ended' : `A secret ends in ${first.daysLeft} days`,
    text: expiring.map(({ sentence }) => sentence).join('\n'),
  })
  // Whoever could not be told is told by the next cycle.
  if (notSent.length === 0) await remember(session, told)
  return notSent
}

function spellStage({ what, endsAt, state, daysLeft }: ExpiringSecret): string {
  return `${what} ${endsAt} ${state === 'expired' ? 'over' : daysLeft < lastWeek ? 'lastWeek' : 'soon'}`
}

async function remember(session: WorkspaceSession, told: string): Promise<void> {
  await session.asWriter('remembering who was told', { signal: AbortSignal.timeout(30_000), report: () => undefined }, async ({ store }) => {
    await store.setWatermark(toldWatermark, told)
    return succeed(null)
  })
}
