import { join } from 'node:path'

/** Where the project lies, whatever the current folder is. */
export const projectFolder = join(import.meta.dirname, '..', '..')
