import { ArrowUploadRegular, CheckmarkCircleRegular, DeleteRegular, LinkRegular, LockClosedRegular, LockOpenRegular, QuestionCircleRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { spellName } from '../../../../shared/domain/spellName.ts'
import { texts } from '../../texts.ts'

const icons: Readonly<Record<string, ReactElement>> = {
  planApproved: <CheckmarkCircleRegular />, exportEnded: <ArrowUploadRegular />, smallerSourceAccepted: <CheckmarkCircleRegular />, personExcluded: <LockClosedRegular />, holdReleased: <LockOpenRegular />,
  joinDecided: <LinkRegular />, decisionForgotten: <LinkRegular />, personPurged: <DeleteRegular />,
}

/** An action of a later version has no words here yet: its name is spelled out. */
export function wordOfAction(action: string): string {
  return texts.audit.actions[action] ?? spellName(action)
}

export function iconOfAction(action: string): ReactElement {
  return icons[action] ?? <QuestionCircleRegular />
}
