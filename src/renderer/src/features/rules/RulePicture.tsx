import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useMemo, useState, type ReactNode } from 'react'
import type { OutlinedFlow, OutlinedRule } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'
import { FlowPath } from './FlowPath.tsx'
import { layoutRule, picture, type SourceNode } from './layoutRule.ts'

const useStyles = makeStyles({
  frame: { overflowX: 'auto', maxWidth: '100%' },
  picture: { width: '100%', minWidth: '680px', maxWidth: '1080px', height: 'auto', display: 'block' },
  heading: { fill: tokens.colorNeutralForeground2, fontSize: '13px', fontWeight: 600 },
  box: { fill: tokens.colorNeutralBackground2, stroke: tokens.colorNeutralStroke1 },
  special: { strokeDasharray: '3 3' },
  lit: { stroke: tokens.colorBrandStroke1, strokeWidth: '2px' },
  name: { fill: tokens.colorNeutralForeground1, fontSize: '13px', fontFamily: tokens.fontFamilyMonospace },
})

type RulePictureProps = { readonly rule: OutlinedRule; readonly chosen: number | null; readonly onChoose: (flow: number) => void }

/** Attributes left and right, each flow a line between them. A flow under the pointer or with the focus is lit, the others step back. */
export function RulePicture({ rule, chosen, onChoose }: RulePictureProps): ReactNode {
  const styles = useStyles()
  const layout = useMemo(() => layoutRule(rule), [rule])
  const [pointed, setPointed] = useState<readonly number[] | null>(null)
  const lit = pointed ?? (chosen === null ? null : [chosen])
  const [left, right] = sidesOf(rule)
  return (
    <div className={styles.frame}>
      <svg className={styles.picture} viewBox={`0 0 ${picture.width} ${layout.height}`} role="group" aria-label={texts.rules.pictureOf(rule.name)}>
        <text className={styles.heading} x={2} y={16}>{left}</text>
        <text className={styles.heading} x={picture.width - picture.box} y={16}>{right}</text>
        {layout.sources.map((source) => (
          <g key={source.key} aria-hidden onPointerEnter={() => setPointed(source.flows)} onPointerLeave={() => setPointed(null)}>
            <rect className={mergeClasses(styles.box, source.kind !== 'attribute' && styles.special, lit !== null && source.flows.some((flow) => lit.includes(flow)) && styles.lit)} x={1} y={source.y - picture.boxHeight / 2} width={picture.box - 2} height={picture.boxHeight} rx={5} />
            <text className={styles.name} x={11} y={source.y + 4.5}>{labelOf(source)}</text>
          </g>
        ))}
        {layout.lines.map((line) => (
          <FlowPath key={line.index} line={line} name={describeFlow(line.flow)} state={lit === null ? 'plain' : lit.includes(line.index) ? 'lit' : 'behind'} isChosen={chosen === line.index}
            onPoint={(isPointed) => setPointed(isPointed ? [line.index] : null)} onChoose={() => onChoose(line.index)} />
        ))}
      </svg>
    </div>
  )
}

/** A flow as a sentence: what the picture says, for those who do not see it. */
export function describeFlow({ to, kind, source, initialOnly }: OutlinedFlow): string {
  const from = kind === 'generated' ? texts.rules.generated : source
  return `${to} ← ${from}, ${texts.rules.kinds[kind]}${initialOnly ? `, ${texts.rules.initialOnly}` : ''}`
}

function sidesOf({ direction, connector, objectType, metaverseType }: OutlinedRule): readonly [string, string] {
  const [system, metaverse] = [`${texts.rules.systems[connector]} · ${objectType}`, `${texts.rules.metaverse} · ${metaverseType}`]
  return direction === 'inbound' ? [system, metaverse] : [metaverse, system]
}

function labelOf({ kind, label }: SourceNode): string {
  const text = kind === 'generated' ? texts.rules.generated : label
  return text.length > 32 ? `${text.slice(0, 31)}…` : text
}
