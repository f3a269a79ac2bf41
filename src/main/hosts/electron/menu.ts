import type { MenuItemConstructorOptions } from 'electron'

/** Standard commands only, by their roles: the system names them in its language and gives them its keys. */
export function menuTemplate(platform: NodeJS.Platform, installation: 'packaged' | 'workingCopy'): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = installation === 'packaged' ? [] : [{ type: 'separator' }, { role: 'toggleDevTools' }]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : [{ role: 'fileMenu' } satisfies MenuItemConstructorOptions]),
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [{ role: 'reload' }, { type: 'separator' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }, ...tools],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] },
  ]
}
