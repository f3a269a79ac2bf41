import { session } from 'electron'
import type { HostServices } from '../worker/hostServices.ts'

/** Chromium knows the settings of every system, and runs their scripts in its own sandbox. Only after Electron is ready. */
export const electronServices: HostServices = {
  resolveProxy: (url) => session.defaultSession.resolveProxy(url),
}
