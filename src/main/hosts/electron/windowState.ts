import { app, screen, type BrowserWindow, type Rectangle } from 'electron'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export type WindowState = { readonly bounds: Rectangle; readonly isMaximized: boolean }

const stateSchema = z.object({ bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }), isMaximized: z.boolean() })

export const smallestWindow = { width: 1024, height: 700 }
const usualWindow = { width: 1440, height: 900 }
/** So much of a window has to lie on a screen that a person can take hold of it. */
const graspable = 80

/** Where the window stood last; null where that is not known, or no screen is there any more. */
export function readWindowState(): WindowState | null {
  const kept = parse(readKept())
  const isOnScreen = kept !== null && screen.getAllDisplays().some(({ workArea }) => overlaps(kept.bounds, workArea))
  return isOnScreen ? kept : null
}

export function boundsOf(state: WindowState | null): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  return state?.bounds ?? usualWindow
}

/** Kept when the window closes. That it cannot be is no reason to keep the window open. */
export function keepWindowState(window: BrowserWindow, onError: (message: string) => void): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(stateFile(), JSON.stringify(state))
    } catch (error) {
      onError(`The place of the window was not kept: ${String(error)}`)
    }
  })
}

function overlaps(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
  return width >= graspable && height >= graspable && bounds.y >= area.y
}

function stateFile(): string {
  return join(app.getPath('userData'), 'window.json')
}

function readKept(): string | null {
  try {
    return readFileSync(stateFile(), 'utf8')
  } catch {
    // The first start, or a folder that cannot be read: the usual size serves.
    return null
  }
}

function parse(text: string | null): WindowState | null {
  if (text === null) return null
  try {
    return stateSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // Cut off by a crash: the usual size serves.
    return null
  }
}
