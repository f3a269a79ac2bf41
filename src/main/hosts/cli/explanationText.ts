import { describeStep, type Evidence } from '../../../shared/domain/describeStep.ts'
import type { ExplanationStep } from '../../../shared/domain/decision.ts'
import { singleLine } from './table.ts'

/** A step of the story as a sentence and, below it, its evidence. */
export function linesOfStep(step: ExplanationStep): readonly string[] {
  const { sentence, evidence } = describeStep(step)
  return [singleLine(sentence), ...linesOfEvidence(evidence)]
}

/** Colour is never alone, and a terminal may have none: what holds and what fails has its sign. */
export function linesOfEvidence(evidence: readonly Evidence[]): readonly string[] {
  return evidence.map(({ mark, text }) => singleLine(mark === null ? text : `${mark === 'holds' ? '✓' : '✗'} ${text}`))
}
