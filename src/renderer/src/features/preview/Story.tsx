import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Explanation } from '../../../../shared/domain/decision.ts'
import { refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { StoryStep } from './StoryStep.tsx'

const useStyles = makeStyles({
  card: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, padding: tokens.spacingHorizontalL, minWidth: 0 },
  title: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase400 },
  steps: { listStyle: 'none', margin: 0, padding: 0 },
})

/** The first step that is not green is open: it answers "why not?" without a click. Which are open stands in the address. */
export function Story({ steps }: { readonly steps: Explanation['steps'] }): ReactNode {
  const styles = useStyles()
  const asked = useRoute((state) => state.route.parameters['open'])
  const open = asked === undefined ? firstOpen(steps) : asked.split('.').filter((part) => part !== 'none').map(Number)
  const toggle = (index: number): void => {
    const next = open.includes(index) ? open.filter((other) => other !== index) : [...open, index].toSorted((left, right) => left - right)
    refine({ open: next.length === 0 ? 'none' : next.join('.') })
  }
  return (
    <section className={styles.card} aria-labelledby="story">
      <h2 id="story" className={styles.title}>{texts.preview.story}</h2>
      <ol className={styles.steps}>{steps.map((step, index) => (
        <StoryStep key={`${step.kind}-${index}`} step={step} isOpen={open.includes(index)} isLast={index === steps.length - 1} onToggle={() => toggle(index)} />
      ))}</ol>
    </section>
  )
}

/** A guest without account is "not found" there before anything went wrong: such a step counts only where nothing else stopped. */
function firstOpen(steps: Explanation['steps']): readonly number[] {
  const stopped = steps.flatMap(({ kind, state }, index) => (state === 'done' ? [] : [{ kind, index }]))
  const first = stopped.find(({ kind }) => kind !== 'notFound') ?? (steps.at(-1)?.state === 'done' ? undefined : stopped[0])
  return first === undefined ? [] : [first.index]
}
