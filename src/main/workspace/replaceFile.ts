import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The file has either its old content or the whole new one, even if the power fails in between. For its owner alone. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`
  const opened = openSync(beside, 'w', 0o600)
  try {
    const bytes = Buffer.from(text, 'utf8')
    for (let written = 0; written < bytes.length;) written += writeSync(opened, bytes, written)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  renameSync(beside, file)
}

/** Numbers of the kept versions in a folder (`3.json`), oldest first; none where there is no folder yet. */
export async function listVersions(folder: string): Promise<readonly number[]> {
  const names = await namesIn(folder)
  return names.flatMap((name) => { const match = /^([1-9]\d*)\.json$/.exec(name); return match?.[1] === undefined ? [] : [Number(match[1])] }).sort((left, right) => left - right)
}

/** Keeps a text as the next version. A version that is there is never written over. */
export async function keepVersion(folder: string, text: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const version = ((await listVersions(folder)).at(-1) ?? 0) + 1
  await writeFile(versionFile(folder, version), text, { flag: 'wx', mode: 0o600 })
  return version
}

export function versionFile(folder: string, version: number): string {
  return join(folder, `${version}.json`)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new Error(`The versions in ${dirname(folder)} cannot be listed`, { cause: error })
  }
}
