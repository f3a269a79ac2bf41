import { Badge, Card, makeStyles, Subtitle2, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { texts } from '../../texts.ts'
import type { ShownRule } from './readShownRules.ts'

const useStyles = makeStyles({
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  badges: { display: 'flex', gap: tokens.spacingHorizontalXS, flexWrap: 'wrap' },
})

/** One rule: who is in scope, how objects are joined, and every flow with its kind. */
export function RuleTable({ rule }: { readonly rule: ShownRule }): ReactNode {
  const styles = useStyles()
  return (
    <Card>
      <Subtitle2 as="h2">{rule.name}</Subtitle2>
      <div className={styles.badges}>
        <Badge appearance="outline">{texts.rules.directions[rule.direction]}</Badge>
        <Badge appearance="outline">{rule.connector}</Badge>
        {rule.creates && <Badge appearance="tint">{rule.direction === 'inbound' ? texts.rules.projects : texts.rules.creates}</Badge>}
      </div>
      {rule.description !== null && <div>{rule.description}</div>}
      <div>{texts.rules.scope} <span className={styles.mono}>{rule.scope.length === 0 ? texts.rules.everybody : rule.scope.map((group) => group.join(` ${texts.rules.and} `)).join(` ${texts.rules.or} `)}</span></div>
      {rule.join.length > 0 && <div>{texts.rules.join} <span className={styles.mono}>{rule.join.join(', ')}</span></div>}
      <Table size="small" aria-label={texts.rules.flowsOf(rule.name)}>
        <TableHeader><TableRow><TableHeaderCell>{texts.rules.from}</TableHeaderCell><TableHeaderCell>{texts.rules.to}</TableHeaderCell><TableHeaderCell>{texts.rules.kind}</TableHeaderCell></TableRow></TableHeader>
        <TableBody>{rule.flows.map((flow) => (
          <TableRow key={`${flow.from} ${flow.to}`}>
            <TableCell className={styles.mono}>{flow.from}</TableCell>
            <TableCell className={styles.mono}>{flow.to}</TableCell>
            <TableCell>{[texts.rules.kinds[flow.kind], ...(flow.isInitial ? [texts.rules.initial] : []), ...(flow.mayClear ? [texts.rules.mayClear] : [])].join(', ')}</TableCell>
          </TableRow>
        ))}</TableBody>
      </Table>
    </Card>
  )
}
