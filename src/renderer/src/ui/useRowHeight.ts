import { useAppearance } from '../app/theme.ts'

/** A compact row keeps so much of its height: two lines of text still fit into the lowest one. */
const compactShare = 0.78

/** Height of a list's rows in pixels for the density that the person chose. */
export function useRowHeight(comfortable: number): number {
  const density = useAppearance((state) => state.density)
  return density === 'compact' ? Math.round(comfortable * compactShare) : comfortable
}
