import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../src/main/hosts/electron/menu.ts'

type Press = (item: unknown, window: unknown) => void

function goItems(platform: NodeJS.Platform): readonly { readonly label?: string; readonly accelerator?: string; readonly click?: unknown }[] {
  const submenu = menuTemplate(platform, 'packaged').find(({ label }) => label === 'Go')?.submenu
  if (!Array.isArray(submenu)) throw new Error('There is no menu to go back and forward')
  return submenu
}

describe('the menu of the desktop window', () => {
  it('leads back and forward through the screens that were seen, in the window that is in front', () => {
    const went: string[] = []
    const window = { webContents: { navigationHistory: { goBack: () => void went.push('back'), goForward: () => void went.push('forward') } } }
    for (const item of goItems('win32')) (item.click as Press)(item, window)
    expect(went).toEqual(['back', 'forward'])
    // No window is in front, as on macOS when all are closed.
    for (const item of goItems('darwin')) expect(() => (item.click as Press)(item, undefined)).not.toThrow()
  })

  it.each([['win32', ['Alt+Left', 'Alt+Right']], ['linux', ['Alt+Left', 'Alt+Right']], ['darwin', ['Command+[', 'Command+]']]] as const)('has the keys of %s for it', (platform, keys) => {
    expect(goItems(platform).map(({ accelerator }) => accelerator)).toEqual(keys)
  })

  it('offers the tools of developers in a working copy only', () => {
    const offers = (installation: 'packaged' | 'workingCopy'): boolean => JSON.stringify(menuTemplate('linux', installation)).includes('toggleDevTools')
    expect([offers('workingCopy'), offers('packaged')]).toEqual([true, false])
  })
})
