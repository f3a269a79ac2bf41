import { Button, makeStyles, Menu, MenuButton, MenuItem, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger, tokens } from '@fluentui/react-components'
import { memo, type ReactNode } from 'react'
import type { OpenedView } from '../../../shared/api/views.ts'
import { formatNumber, texts } from '../texts.ts'

const useStyles = makeStyles({ bar: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS}` } })

type FacetsProps = {
  readonly names: readonly string[]
  readonly facets: OpenedView['facets']
  readonly chosen: Readonly<Record<string, readonly string[]>>
  readonly onChoose: (name: string, values: readonly string[]) => void
}

/** What the rows can be narrowed down by, with how many each value would leave. Drawn anew with other counts, not with each letter. */
export const Facets = memo(function Facets({ names, facets, chosen, onChoose }: FacetsProps): ReactNode {
  const styles = useStyles()
  const isFiltered = Object.values(chosen).some((values) => values.length > 0)
  return (
    <div className={styles.bar} role="group" aria-label={texts.facets.label}>
      {names.map((name) => {
        const values = facets[name] ?? []
        const own = chosen[name] ?? []
        return (
          <Menu key={name} checkedValues={{ [name]: [...own] }} onCheckedValueChange={(_event, data) => onChoose(name, data.checkedItems)}>
            <MenuTrigger disableButtonEnhancement><MenuButton size="small" appearance={own.length > 0 ? 'primary' : 'outline'}>{own.length > 0 ? `${texts.facets.names[name] ?? name}: ${own.map((value) => texts.facets.values[value] ?? value).join(', ')}` : (texts.facets.names[name] ?? name)}</MenuButton></MenuTrigger>
            <MenuPopover><MenuList>{values.length === 0 && <MenuItem disabled>{texts.facets.nothing}</MenuItem>}{values.map(({ value, count }) => <MenuItemCheckbox key={value} name={name} value={value} secondaryContent={formatNumber(count)}>{texts.facets.values[value] ?? value}</MenuItemCheckbox>)}</MenuList></MenuPopover>
          </Menu>
        )
      })}
      {isFiltered && <Button size="small" appearance="transparent" onClick={() => names.forEach((name) => onChoose(name, []))}>{texts.facets.clear}</Button>}
    </div>
  )
})
