import { Link, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { ShieldCheckmarkRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { AuditState } from '../../../../shared/api/windowCalls.ts'
import { refine } from '../../app/route.ts'
import { texts } from '../../texts.ts'

const reasons: Readonly<Record<string, string>> = texts.audit.brokenWhy

/** Whether somebody changed the trail after it was written, and from which line on. */
export function ChainState({ verification, shown, newestLine }: { readonly verification: AuditState; readonly shown: number; readonly newestLine: number }): ReactNode {
  const older = newestLine > shown ? ` ${texts.audit.newest(shown, newestLine)}` : ''
  if (verification.kind === 'intact') {
    return <MessageBar intent="success" layout="multiline" icon={<ShieldCheckmarkRegular />}><MessageBarBody>{texts.audit.intact(verification.entries)}{verification.unfinishedBytes === undefined ? '' : ` ${texts.audit.unfinished(verification.unfinishedBytes)}`}{older}</MessageBarBody></MessageBar>
  }
  const { line, why } = verification
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        {texts.audit.broken(line, reasons[why] ?? why)}{older}{' '}
        <Link as="button" onClick={() => refine({ selected: String(line), action: null, actor: null, plan: null })}>{texts.audit.seeLine}</Link>
      </MessageBarBody>
    </MessageBar>
  )
}
