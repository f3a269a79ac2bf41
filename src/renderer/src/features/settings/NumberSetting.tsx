import { Field, Input, makeStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConfigurationFault } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'

// A field is as wide as its column, not as wide as twenty letters.
const useStyles = makeStyles({ input: { width: '100%', minWidth: 0 } })

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
  const styles = useStyles()
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(fault === undefined ? {} : { validationState: 'error' as const, validationMessage: texts.settings.fault(fault.message, fault.allowed) })}>
      <Input className={styles.input} inputMode="decimal" value={value === null ? '' : String(value)} contentAfter={unit} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  )
}
