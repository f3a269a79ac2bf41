import { makeStyles } from '@fluentui/react-components'

/** For a button in one line with fields: level with what is typed, below the height of Fluent's label. */
export const useBesideField = makeStyles({ line: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', columnGap: '12px', rowGap: '8px' }, button: { marginTop: '26px' } })
