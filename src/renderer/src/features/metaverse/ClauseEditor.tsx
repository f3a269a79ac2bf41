import { Button, Combobox, Dropdown, Input, InteractionTag, InteractionTagPrimary, InteractionTagSecondary, makeStyles, Option, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useMemo, useState, type ReactNode } from 'react'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { needsValue, operators, writeClauses, type Clause, type Operator } from './clauses.ts'

const useStyles = makeStyles({
  editor: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS}`, flexShrink: 0 },
  field: { minWidth: '80px', flex: '1 1 110px', fontFamily: tokens.fontFamilyMonospace },
  operator: { minWidth: '80px', flex: '1 1 110px' },
  tags: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, width: '100%', maxHeight: '96px', overflowY: 'auto' },
  tag: { maxWidth: '100%' },
  code: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
})

/** As many persons tell which attributes there are; any other name can be typed. */
const sample = { clauses: [], text: null, after: null, limit: 50 }

/** Conditions that must all hold: attribute, condition, value. */
export function ClauseEditor({ clauses, onChange }: { readonly clauses: readonly Clause[]; readonly onChange: (clauses: readonly Clause[]) => void }): ReactNode {
  const styles = useStyles()
  const names = useAttributeNames()
  const [attribute, setAttribute] = useState('')
  const [operator, setOperator] = useState<Operator>('equals')
  const [value, setValue] = useState('')
  const isReady = /^\S+$/.test(attribute.trim()) && (!needsValue(operator) || value.trim() !== '')
  const add = (): void => {
    if (!isReady) return
    onChange([...clauses, { attribute: attribute.trim(), operator, value: needsValue(operator) ? value.trim() : null }])
    setValue('')
  }
  const proposed = names.filter((name) => name.toLowerCase().includes(attribute.trim().toLowerCase()))
  return (
    <div className={styles.editor} role="group" aria-label={texts.metaverse.conditions}>
      <Combobox size="small" freeform className={styles.field} value={attribute} selectedOptions={[attribute]} placeholder={texts.metaverse.attribute} aria-label={texts.metaverse.attribute}
        onChange={(event) => setAttribute(event.target.value)} onOptionSelect={(_event, data) => setAttribute(data.optionValue ?? attribute)}>
        {(proposed.length > 0 ? proposed : names).map((name) => <Option key={name} value={name}>{name}</Option>)}
      </Combobox>
      <Dropdown size="small" className={styles.operator} value={texts.metaverse.operators[operator]} selectedOptions={[operator]} aria-label={texts.metaverse.operator}
        onOptionSelect={(_event, data) => setOperator(operators.find((known) => known === data.optionValue) ?? operator)}>
        {operators.map((known) => <Option key={known} value={known}>{texts.metaverse.operators[known]}</Option>)}
      </Dropdown>
      {needsValue(operator) && <Input size="small" className={styles.field} value={value} placeholder={texts.metaverse.value} aria-label={texts.metaverse.value} onChange={(_event, data) => setValue(data.value)} onKeyDown={(event) => { if (event.key === 'Enter') add() }} />}
      <Button size="small" icon={<AddRegular />} disabledFocusable={!isReady} onClick={add}>{texts.metaverse.add}</Button>
      {clauses.length > 0 && <div className={styles.tags}>{clauses.map((clause, index) => (
        <InteractionTag key={writeClauses([clause])} size="small" className={styles.tag}>
          <InteractionTagPrimary hasSecondaryAction onClick={() => { setAttribute(clause.attribute); setOperator(clause.operator); setValue(clause.value ?? '') }}><bdi className={styles.code}>{wordsOf(clause)}</bdi></InteractionTagPrimary>
          <InteractionTagSecondary aria-label={texts.metaverse.remove(wordsOf(clause))} onClick={() => onChange(clauses.toSpliced(index, 1))} />
        </InteractionTag>
      ))}</div>}
    </div>
  )
}

function useAttributeNames(): readonly string[] {
  const answer = useAnswer('metaverse.search', sample)
  const objects = answer.status === 'ready' || answer.status === 'refreshing' ? answer.value.objects : null
  return useMemo(() => [...new Set((objects ?? []).flatMap((object) => Object.keys(object.attributes)))].toSorted(), [objects])
}

function wordsOf({ attribute, operator, value }: Clause): string {
  return [attribute, texts.metaverse.operators[operator], value].filter((part) => part !== null).join(' ')
}
