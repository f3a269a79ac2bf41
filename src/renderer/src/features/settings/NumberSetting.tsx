import { Field, Input } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConfigurationFault } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'

type NumberSettingProps = {
  readonly label: string
  readonly hint?: string
  readonly unit: string
  /** What was typed stays, even if it is no number. */
  readonly value: string | number | null
  readonly fault: ConfigurationFault | undefined
  readonly onChange: (typed: string) => void
}

/** A number with its unit; what the workspace's schema has against it stands below. */
export function NumberSetting({ label, hint, unit, value, fault, onChange }: NumberSettingProps): ReactNode {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(fault === undefined ? {} : { validationState: 'error' as const, validationMessage: texts.settings.fault(fault.message, fault.allowed) })}>
      <Input inputMode="decimal" value={value === null ? '' : String(value)} contentAfter={unit} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  )
}
