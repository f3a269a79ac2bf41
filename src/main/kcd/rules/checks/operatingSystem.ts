import type { Outcome, Subjects } from '../check.ts'
import { found, notChecked, passed } from '../outcome.ts'
import { attributeOf } from '../wording.ts'

/** 5: connectors run on Windows Server 2012 R2 (6.3) or later. A service account has no operating system. */
export function checkOperatingSystem({ account }: Subjects['connectorAccount']): readonly Outcome[] {
  if (account.objectClass !== 'computer') return []
  const read = attributeOf(account, 'operatingSystemVersion')
  const parts = /^(\d+)\.(\d+)/.exec(account.operatingSystemVersion ?? '')
  if (parts === null) return [notChecked(`Which operating system ${account.accountName} has`, 'its account has no operatingSystemVersion that could be read', read)]
  const [major, minor] = [Number(parts[1]), Number(parts[2])]
  if (major > 6 || (major === 6 && minor >= 3)) return [passed(`${account.accountName} has an operating system that connectors support (${account.operatingSystemVersion ?? ''}).`, read)]
  return [found({
    message: `${account.accountName} runs a system older than Windows Server 2012 R2 (${account.operatingSystemVersion ?? ''}).`,
    remedy: `Install the connector on a supported Windows Server, and take ${account.accountName} out of its group afterwards.`, read
  })]
}
