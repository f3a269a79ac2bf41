import { Skeleton, SkeletonItem } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { OutlinedAttribute, RulesOutline } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'

const words = texts.rules.schema

/** The attributes of the metaverse: what they are, who contributes them, and who reads them. */
export function MetaverseSchema({ outline }: { readonly outline: RulesOutline | null }): ReactNode {
  if (outline === null) return <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /></Skeleton>
  return (
    <EvidenceTable label={words.title} headings={[words.attribute, words.type, words.contributors, words.readers]} monospaced={[0, 2, 3]}
      rows={outline.metaverse.map((attribute) => ({ key: `${attribute.objectType} ${attribute.name}`, cells: [`${attribute.objectType}.${attribute.name}`, typeOf(attribute), contributorsOf(attribute), readersOf(attribute)] }))} />
  )
}

function typeOf({ type, isMultiValued }: OutlinedAttribute): string {
  return isMultiValued ? words.several(words.types[type] ?? type) : (words.types[type] ?? type)
}

function contributorsOf({ contributors, isMerged }: OutlinedAttribute): ReactNode {
  if (contributors.length === 0) return words.nobody
  return contributors.join(isMerged ? ' + ' : ' > ')
}

function readersOf({ readBy }: OutlinedAttribute): ReactNode {
  if (readBy.length === 0) return words.unread
  return readBy.map(({ rule, to }) => <div key={`${rule} ${to}`}>{rule} → {to}</div>)
}
