import type { ReactNode } from 'react'
import { useRoute } from '../../app/route.ts'
import { ChoosePerson } from './ChoosePerson.tsx'
import { PreviewOfOne } from './PreviewOfOne.tsx'

/** Why one person gets what it gets: the story of the object that the address names, or the way to choose one. */
export function Preview(): ReactNode {
  const id = useRoute((state) => state.route.parameters['id'])
  return id === undefined ? <ChoosePerson /> : <PreviewOfOne key={id} id={id} />
}
