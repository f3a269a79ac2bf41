import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { writeRoute } from '../../app/route.ts'
import { formatAgo, formatNumber, texts } from '../../texts.ts'
import { useWidth } from '../../ui/useWidth.ts'
import type { TrendBar, TrendSeries } from './trendOf.ts'

const forced = { '@media (forced-colors: active)': { fill: 'Canvas', stroke: 'CanvasText', backgroundColor: 'CanvasText' } } as const
const series = (color: string) => ({ fill: color, backgroundColor: color, stroke: tokens.colorNeutralBackground1, ...forced })

const useStyles = makeStyles({
  // A picture that waits for its new width must not widen the page.
  frame: { minWidth: 0, overflow: 'hidden' },
  picture: { display: 'block' },
  total: { fill: tokens.colorNeutralForeground1, fontSize: '12px', fontWeight: 600, '@media (forced-colors: active)': { fill: 'CanvasText' } },
  run: { fill: tokens.colorBrandForegroundLink, fontSize: '12px', '@media (forced-colors: active)': { fill: 'LinkText' } },
  axis: { stroke: tokens.colorNeutralStroke1 },
  legend: { listStyleType: 'none', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, margin: 0, padding: 0, fontSize: tokens.fontSizeBase200 },
  key: { display: 'inline-block', width: '12px', height: '12px', marginInlineEnd: '6px', borderRadius: '2px', verticalAlign: '-1px' },
  delete: series(tokens.colorPaletteRedBorderActive), failed: series(tokens.colorPaletteDarkRedForeground2), disable: series(tokens.colorPaletteMarigoldBorderActive), rename: series(tokens.colorPalettePurpleBorderActive),
  adopt: series(tokens.colorPaletteLightTealBorderActive), update: series(tokens.colorPaletteBlueBorderActive), enable: series(tokens.colorPaletteTealBorderActive), restore: series(tokens.colorPaletteTealForeground2), create: series(tokens.colorPaletteGreenBorderActive),
})

const [height, top, bottom, slotAtMost] = [180, 22, 24, 88]

/** A bar a run, stacked by kind; each leads to its run and says its figures. */
export function TrendPicture({ bars }: { readonly bars: readonly TrendBar[] }): ReactNode {
  const styles = useStyles()
  const { ref, width } = useWidth<HTMLDivElement>(900)
  const slot = Math.min(slotAtMost, width / Math.max(1, bars.length))
  const scale = (height - top - bottom) / Math.max(1, ...bars.map(({ total }) => total))
  const used = [...new Set(bars.flatMap(({ parts }) => parts.map((part) => part.series)))]
  return (
    <div ref={ref} className={styles.frame}>
      <svg className={styles.picture} width={width} height={height} role="group" aria-label={texts.overview.trend}>
        <line className={styles.axis} x1={0} x2={width} y1={height - bottom} y2={height - bottom} />
        {bars.map((bar, index) => <Bar key={bar.run.id} bar={bar} x={index * slot} slot={slot} scale={scale} />)}
      </svg>
      <ul className={styles.legend}>{used.map((name) => <li key={name}><span aria-hidden className={mergeClasses(styles.key, styles[name])} />{texts.overview.series[name]}</li>)}</ul>
    </div>
  )
}

function Bar({ bar, x, slot, scale }: { readonly bar: TrendBar; readonly x: number; readonly slot: number; readonly scale: number }): ReactNode {
  const styles = useStyles()
  const width = Math.max(6, Math.min(44, slot - 12))
  const left = x + (slot - width) / 2
  const middle = x + slot / 2
  return (
    <g>
      <text aria-hidden className={styles.total} x={middle} y={height - bottom - bar.total * scale - 6} textAnchor="middle">{formatNumber(bar.total)}</text>
      <text aria-hidden className={styles.run} x={middle} y={height - 7} textAnchor="middle">{bar.run.id}</text>
      <a href={writeRoute({ screen: 'runs', parameters: { run: String(bar.run.id) } })} aria-label={sentenceOfBar(bar)}>
        {stack(bar, scale).map(({ name, y, size }) => <rect key={name} className={styles[name]} x={left} y={y} width={width} height={size} />)}
        <rect x={x} y={0} width={slot} height={height} fill="transparent"><title>{sentenceOfBar(bar)}</title></rect>
      </a>
    </g>
  )
}

function stack({ parts }: TrendBar, scale: number): readonly { readonly name: TrendSeries; readonly y: number; readonly size: number }[] {
  let floor = height - bottom
  return parts.toReversed().map(({ series: name, count }) => {
    const size = Math.max(1, count * scale)
    floor -= size
    return { name, y: floor, size }
  })
}

function sentenceOfBar({ run, parts, total }: TrendBar): string {
  const words = parts.map((part) => `${texts.overview.series[part.series]} ${formatNumber(part.count)}`).join(', ')
  return texts.overview.barOf(run.id, formatAgo(run.startedAt, Date.now()), total === 0 ? texts.overview.nothing : `${formatNumber(total)}: ${words}`)
}
