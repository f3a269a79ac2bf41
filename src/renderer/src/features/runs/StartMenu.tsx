import { Button, Menu, MenuButton, MenuGroup, MenuGroupHeader, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { PlayRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useJobs } from '../../app/jobs.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

/** The cycle at one click, each profile of the configuration one more away. An export is not among them: it needs an approval. */
export function StartMenu({ onStart }: { readonly onStart: (profile: string) => void }): ReactNode {
  const answer = useAnswer('runs.profiles', {})
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  if (answer.status === 'failed') return <ProblemMessage problem={answer.problem} />
  const { cycles, profiles } = answer.status === 'loading' ? { cycles: [], profiles: [] } : answer.value
  return (
    <>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement><MenuButton disabledFocusable={isBusy || cycles.length === 0}>{texts.runs.startOther}</MenuButton></MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuGroup>
              <MenuGroupHeader>{texts.runs.cycles}</MenuGroupHeader>
              {cycles.map(({ name, steps }) => <MenuItem key={name} subText={steps.join(', ')} onClick={() => onStart(name)}>{name === 'cycle' ? texts.runs.cycle : texts.runs.deltaCycle}</MenuItem>)}
            </MenuGroup>
            <MenuGroup>
              <MenuGroupHeader>{texts.runs.profiles}</MenuGroupHeader>
              {profiles.map(({ name, step }) => <MenuItem key={name} subText={texts.runs.steps[step]} onClick={() => onStart(name)}>{name}</MenuItem>)}
            </MenuGroup>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Button appearance="primary" icon={<PlayRegular />} disabledFocusable={isBusy} onClick={() => onStart('cycle')}>{texts.runs.start}</Button>
    </>
  )
}
