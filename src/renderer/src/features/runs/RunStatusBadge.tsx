import { Badge, type BadgeProps } from '@fluentui/react-components'
import { ArrowSyncRegular, CheckmarkCircleRegular, DismissCircleRegular, RecordStopRegular, WarningRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { RunStatus } from '../../../../shared/domain/run.ts'
import { texts } from '../../texts.ts'

type Look = { readonly color: NonNullable<BadgeProps['color']>; readonly icon: ReactElement }

const looks: Readonly<Record<RunStatus, Look>> = {
  running: { color: 'brand', icon: <ArrowSyncRegular /> },
  succeeded: { color: 'success', icon: <CheckmarkCircleRegular /> },
  completedWithErrors: { color: 'warning', icon: <WarningRegular /> },
  completedWithDrift: { color: 'warning', icon: <WarningRegular /> },
  stopped: { color: 'informative', icon: <RecordStopRegular /> },
  failed: { color: 'danger', icon: <DismissCircleRegular /> },
  interrupted: { color: 'danger', icon: <RecordStopRegular /> },
}

/** How a run ended: colour, icon and word. */
export function RunStatusBadge({ status }: { readonly status: RunStatus }): ReactNode {
  const { color, icon } = looks[status]
  return <Badge appearance="tint" shape="rounded" color={color} icon={icon}>{texts.runs.statuses[status]}</Badge>
}
