import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AddCircleRegular, ArrowMoveRegular, ArrowUndoRegular, CheckmarkCircleRegular, DeleteRegular, EditRegular, LinkAddRegular, PauseCircleRegular, RenameRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { ChangeKind } from '../../../shared/domain/change.ts'

const words: Readonly<Record<ChangeKind, string>> = {
  create: 'create', update: 'change', adopt: 'adopt', rename: 'rename', move: 'move', enable: 'enable', disable: 'disable', delete: 'delete', restore: 'restore',
}
const icons: Readonly<Record<ChangeKind, ReactElement>> = {
  create: <AddCircleRegular />, update: <EditRegular />, adopt: <LinkAddRegular />, rename: <RenameRegular />, move: <ArrowMoveRegular />,
  enable: <CheckmarkCircleRegular />, disable: <PauseCircleRegular />, delete: <DeleteRegular />, restore: <ArrowUndoRegular />,
}

const useStyles = makeStyles({
  badge: { minWidth: '84px', justifyContent: 'flex-start' },
  create: { backgroundColor: tokens.colorPaletteGreenBackground1, color: tokens.colorPaletteGreenForeground1 },
  update: { backgroundColor: tokens.colorPaletteBlueBackground2, color: tokens.colorPaletteBlueForeground2 },
  adopt: { backgroundColor: tokens.colorPaletteBlueBackground2, color: tokens.colorPaletteBlueForeground2 },
  rename: { backgroundColor: tokens.colorPalettePurpleBackground2, color: tokens.colorPalettePurpleForeground2 },
  move: { backgroundColor: tokens.colorPalettePurpleBackground2, color: tokens.colorPalettePurpleForeground2 },
  enable: { backgroundColor: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  restore: { backgroundColor: tokens.colorPaletteTealBackground2, color: tokens.colorPaletteTealForeground2 },
  disable: { backgroundColor: tokens.colorPaletteMarigoldBackground2, color: tokens.colorPaletteMarigoldForeground2 },
  delete: { backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorPaletteRedForeground1 },
})

/** Colour means something, and never alone: every kind has its icon and its word. */
export function KindBadge({ kind }: { readonly kind: ChangeKind }): ReactNode {
  const styles = useStyles()
  return <Badge appearance="tint" shape="rounded" icon={icons[kind]} className={mergeClasses(styles.badge, styles[kind])}>{words[kind]}</Badge>
}

export function wordOfKind(kind: ChangeKind): string {
  return words[kind]
}

export function iconOfKind(kind: ChangeKind): ReactElement {
  return icons[kind]
}
