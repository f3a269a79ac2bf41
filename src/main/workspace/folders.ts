import { statfs } from 'node:fs/promises'
import type { PlatformPath } from 'node:path'
import { dirname, posix, resolve, win32 } from 'node:path'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { Environment } from './secrets.ts'

/**
 * The workspace of the user who names none: `%APPDATA%\Guestbridge`, `~/Library/Application Support/Guestbridge`, or
 * `$XDG_DATA_HOME/guestbridge` (XDG Base Directory 0.8, where a relative path is to be ignored).
 */
export function findUserWorkspaceFolder(environment: Environment, platform: NodeJS.Platform): Result<string, Problem> {
  if (platform === 'win32') {
    const base = environment['APPDATA'] || joinIfKnown(environment['USERPROFILE'], ['AppData', 'Roaming'], win32)
    return base === null ? fail(noHome('APPDATA')) : succeed(win32.join(base, 'Guestbridge'))
  }
  if (platform === 'darwin') {
    const base = joinIfKnown(environment['HOME'], ['Library', 'Application Support'], posix)
    return base === null ? fail(noHome('HOME')) : succeed(posix.join(base, 'Guestbridge'))
  }
  const configured = environment['XDG_DATA_HOME'] ?? ''
  const base = posix.isAbsolute(configured) ? configured : joinIfKnown(environment['HOME'], ['.local', 'share'], posix)
  return base === null ? fail(noHome('HOME')) : succeed(posix.join(base, 'guestbridge'))
}

/**
 * Why the folder cannot be a workspace; null where it can. The store's write-ahead log needs memory that all its users
 * share, which a network file system does not give (https://sqlite.org/wal.html). A folder that does not exist yet is
 * judged by the nearest one above it.
 */
export async function refuseNetworkFolder(folder: string, platform: NodeJS.Platform = process.platform): Promise<Problem | null> {
  if (platform === 'win32') return isUncPath(folder) ? onNetwork(folder, 'a network share') : null
  if (platform !== 'linux') return null
  const type = await readFileSystemType(resolve(folder))
  const name = networkFileSystemName(type)
  return name === null ? null : onNetwork(folder, name)
}

/** `f_type` of statfs(2), Linux. */
export function networkFileSystemName(type: number): string | null {
  return networkFileSystems.get(type >>> 0) ?? null
}

/** `\\server\share` and `\\?\UNC\server\share`, but neither `\\?\C:\` nor `\\.\`. */
export function isUncPath(folder: string): boolean {
  const path = folder.replaceAll('/', '\\')
  return /^\\\\[?.]\\UNC\\/i.test(path) || /^\\\\[^\\?.]/.test(path)
}

/** Magic numbers of linux/magic.h and of statfs(2). */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'], [0x517b, 'SMB'], [0xff534d42, 'CIFS'], [0xfe534d42, 'SMB2'], [0x5346414f, 'AFS'], [0x564c, 'NCP'], [0x73757245, 'Coda'], [0x01021997, '9P'],
  [0x00c36400, 'Ceph'], [0x0bd00bd0, 'Lustre'], [0x01161970, 'GFS2'], [0x7461636f, 'OCFS2'],
])

async function readFileSystemType(folder: string): Promise<number> {
  try {
    return (await statfs(folder)).type
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing || dirname(folder) === folder) throw error
    return readFileSystemType(dirname(folder))
  }
}

function joinIfKnown(base: string | undefined, parts: readonly string[], paths: PlatformPath): string | null {
  return base === undefined || base === '' ? null : paths.join(base, ...parts)
}

function noHome(variable: string): Problem {
  return {
    kind: 'usage', message: `The folder of this user is not known: ${variable} is not set.`,
    remedy: 'Name the workspace with --workspace.', detail: { variable },
  }
}

function onNetwork(folder: string, fileSystem: string): Problem {
  return {
    kind: 'configurationInvalid', message: `The folder ${folder} is on a network file system (${fileSystem}); a workspace there would be damaged.`,
    remedy: 'Put the workspace on a disk of this computer.', detail: { folder, fileSystem },
  }
}
