import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { KeyboardEvent, ReactNode } from 'react'
import type { FlowKind } from '../../../../shared/api/rulesEditing.ts'
import { texts } from '../../texts.ts'
import { picture, type FlowLine } from './layoutRule.ts'

const useStyles = makeStyles({
  // Its box would be the whole width of the picture: the outline is around the target instead.
  flow: { cursor: 'pointer', outlineStyle: 'none', ':focus-visible > rect': { outlineStyle: 'solid', outlineWidth: '2px', outlineOffset: '2px', outlineColor: tokens.colorStrokeFocus2, '@media (forced-colors: active)': { outlineColor: 'Highlight' } } },
  behind: { opacity: 0.28 },
  line: { fill: 'none', strokeWidth: '1.6px' },
  hit: { fill: 'none', stroke: 'transparent', strokeWidth: '14px' },
  direct: { stroke: tokens.colorBrandStroke1 },
  expression: { stroke: tokens.colorPalettePurpleForeground2, strokeDasharray: '9 4' },
  constant: { stroke: tokens.colorPaletteTealForeground2, strokeDasharray: '2 3' },
  generated: { stroke: tokens.colorPaletteTealForeground2, strokeDasharray: '2 3' },
  litLine: { strokeWidth: '3px' },
  box: { fill: tokens.colorNeutralBackground2, stroke: tokens.colorNeutralStroke1 },
  lit: { stroke: tokens.colorBrandStroke1, strokeWidth: '2.5px' },
  chosen: { fill: tokens.colorBrandBackground2 },
  label: { fill: tokens.colorNeutralBackground1, stroke: tokens.colorPalettePurpleForeground2 },
  name: { fill: tokens.colorNeutralForeground1, fontSize: '13px', fontFamily: tokens.fontFamilyMonospace },
  small: { fill: tokens.colorNeutralForeground1, fontSize: '12px', fontFamily: tokens.fontFamilyMonospace },
  tag: { fill: tokens.colorNeutralForeground2, fontSize: '11px' },
})

type FlowPathProps = {
  readonly line: FlowLine
  readonly name: string
  readonly state: 'plain' | 'lit' | 'behind'
  readonly isChosen: boolean
  readonly onPoint: (isPointed: boolean) => void
  readonly onChoose: () => void
}

const [start, middle, end] = [picture.box, picture.width / 2, picture.width - picture.box]

/** One flow: its lines, its expression in the middle, and its target. Reached by Tab, chosen by Enter or Space. */
export function FlowPath({ line: { flow, y, label, sources }, name, state, isChosen, onPoint, onChoose }: FlowPathProps): ReactNode {
  const styles = useStyles()
  const meets = label === null ? end : middle - label.width / 2
  const paths = [...sources.map((from) => curve(start, from, meets, y)), ...(label === null ? [] : [`M${middle + label.width / 2} ${y}H${end}`])]
  const choose = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onChoose()
  }
  return (
    <g className={mergeClasses(styles.flow, state === 'behind' && styles.behind)} role="button" tabIndex={0} aria-pressed={isChosen} onKeyDown={choose} onClick={onChoose}
      onPointerEnter={() => onPoint(true)} onPointerLeave={() => onPoint(false)} onFocus={() => onPoint(true)} onBlur={() => onPoint(false)}>
      {/* The name for screen readers too: what is drawn may be cut short. */}
      <title>{name}</title>
      {paths.map((path) => <path key={`hit ${path}`} className={styles.hit} d={path} />)}
      {paths.map((path) => <path key={path} className={mergeClasses(styles.line, styles[flow.kind satisfies FlowKind], state === 'lit' && styles.litLine)} d={path} />)}
      {label !== null && <rect className={mergeClasses(styles.label, state === 'lit' && styles.lit)} x={middle - label.width / 2} y={y - 11} width={label.width} height={22} rx={11} />}
      {label !== null && <text aria-hidden className={styles.small} x={middle} y={y + 4} textAnchor="middle">{label.text}</text>}
      <rect className={mergeClasses(styles.box, isChosen && styles.chosen, state === 'lit' && styles.lit)} x={end + 1} y={y - picture.boxHeight / 2} width={picture.box - 3} height={picture.boxHeight} rx={5} />
      <text aria-hidden className={styles.name} x={end + 11} y={y + 4.5}>{flow.to}</text>
      {flow.initialOnly && <text aria-hidden className={styles.tag} x={picture.width - 12} y={y + 4} textAnchor="end">{texts.rules.initialOnly}</text>}
    </g>
  )
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
  const bend = (toX - fromX) / 2
  return `M${fromX} ${fromY}C${fromX + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`
}
