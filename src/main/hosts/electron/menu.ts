import type { BaseWindow, BrowserWindow, MenuItemConstructorOptions, NavigationHistory } from 'electron'

/** Standard commands, by their roles where there are some: the system names them in its language and gives them its keys. */
export function menuTemplate(platform: NodeJS.Platform, installation: 'packaged' | 'workingCopy'): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = installation === 'packaged' ? [] : [{ type: 'separator' }, { role: 'toggleDevTools' }]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : [{ role: 'fileMenu' } satisfies MenuItemConstructorOptions]),
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [{ role: 'reload' }, { type: 'separator' }, { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }, ...tools],
    },
    { label: 'Go', submenu: [goItem('Back', platform === 'darwin' ? 'Command+[' : 'Alt+Left', (history) => history.goBack()), goItem('Forward', platform === 'darwin' ? 'Command+]' : 'Alt+Right', (history) => history.goForward())] },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] },
  ]
}

/** There is no role for the way through the screens that were seen. Where there is none before or after, Electron does nothing. */
function goItem(label: string, accelerator: string, go: (history: NavigationHistory) => void): MenuItemConstructorOptions {
  return { label, accelerator, click: (_item, window) => { if (window !== undefined && showsPage(window)) go(window.webContents.navigationHistory) } }
}

function showsPage(window: BaseWindow): window is BrowserWindow {
  return 'webContents' in window
}
