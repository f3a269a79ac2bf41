import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  box: { fill: tokens.colorNeutralBackground2, stroke: tokens.colorNeutralStroke1, '@media (forced-colors: active)': { fill: 'Canvas', stroke: 'CanvasText' } },
  line: { stroke: tokens.colorNeutralForeground3, strokeWidth: '2px', fill: 'none', '@media (forced-colors: active)': { stroke: 'CanvasText' } },
  head: { fill: tokens.colorNeutralForeground3, '@media (forced-colors: active)': { fill: 'CanvasText' } },
  title: { fill: tokens.colorNeutralForeground1, fontSize: '16px', fontWeight: 600, '@media (forced-colors: active)': { fill: 'LinkText' } },
  detail: { fill: tokens.colorNeutralForeground2, fontSize: '13px', '@media (forced-colors: active)': { fill: 'CanvasText' } },
  count: { fill: tokens.colorBrandForegroundLink, fontSize: '20px', fontWeight: 600, '@media (forced-colors: active)': { fill: 'LinkText' } },
  link: { outlineOffset: '2px', ':hover': { textDecorationLine: 'underline' } },
})

/** A system with how much it holds. */
export function NodeBox({ x, y, width, height, title, detail, route }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly title: string; readonly detail: string; readonly route: string }): ReactNode {
  const styles = useStyles()
  return (
    <a href={route} className={styles.link}>
      <rect className={styles.box} x={x} y={y} width={width} height={height} rx={8} />
      <text><tspan className={styles.title} x={x + 16} y={y + 38}>{title}</tspan> <tspan className={styles.detail} x={x + 16} y={y + 64}>{detail}</tspan></text>
    </a>
  )
}

/** One text, so that it is read as it is seen: "28 without account". */
export function CountLink({ x, y, anchor, count, label, route }: { readonly x: number; readonly y: number; readonly anchor: 'middle' | 'start'; readonly count: string; readonly label: string; readonly route: string }): ReactNode {
  const styles = useStyles()
  return <a href={route} className={styles.link}><text textAnchor={anchor}><tspan className={styles.count} x={x} y={y}>{count}</tspan> <tspan className={styles.detail} x={x} y={y + 18}>{label}</tspan></text></a>
}

export function Arrow({ from, to }: { readonly from: readonly [number, number]; readonly to: readonly [number, number] }): ReactNode {
  const styles = useStyles()
  const isAcross = from[1] === to[1]
  const [x, y] = to
  const head = isAcross ? `M${x} ${y}l-9 -5v10z` : `M${x} ${y}l-5 -9h10z`
  return <g aria-hidden><path className={styles.line} d={`M${from.join(' ')}L${isAcross ? x - 8 : x} ${isAcross ? y : y - 8}`} /><path className={styles.head} d={head} /></g>
}
