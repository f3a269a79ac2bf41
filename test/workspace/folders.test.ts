import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findUserWorkspaceFolder, isUncPath, networkFileSystemName, refuseNetworkFolder } from '../../src/main/workspace/folders.ts'

test.each([
  ['win32', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'C:\\Users\\ada\\AppData\\Roaming\\Guestbridge'],
  ['win32', { USERPROFILE: 'C:\\Users\\ada' }, 'C:\\Users\\ada\\AppData\\Roaming\\Guestbridge'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Guestbridge'],
  ['linux', { HOME: '/home/ada' }, '/home/ada/.local/share/guestbridge'],
  ['linux', { HOME: '/home/ada', XDG_DATA_HOME: '/data' }, '/data/guestbridge'],
  ['linux', { HOME: '/home/ada', XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/guestbridge'],
] as const)('on %s with %j the workspace of the user is %s', (platform, environment, expected) => {
  expect(findUserWorkspaceFolder(environment, platform)).toEqual({ ok: true, value: expected })
})

test.each([['win32', 'APPDATA'], ['darwin', 'HOME'], ['linux', 'HOME']] as const)('on %s without %s the user has to name a folder', (platform, variable) => {
  expect(findUserWorkspaceFolder({}, platform)).toMatchObject({ ok: false, problem: { kind: 'usage', detail: { variable } } })
})

test.each([
  ['\\\\server\\share\\guestbridge', true], ['//server/share', true], ['\\\\?\\UNC\\server\\share', true], ['\\\\.\\unc\\server\\share', true],
  ['C:\\guestbridge', false], ['\\\\?\\C:\\guestbridge', false], ['\\\\.\\C:\\x', false], ['\\guestbridge', false],
])('%s is on a share: %s', (folder, expected) => {
  expect(isUncPath(folder)).toBe(expected)
})

test.each([[0x6969, 'NFS'], [0xff534d42, 'CIFS'], [0xff534d42 - 2 ** 32, 'CIFS'], [0xfe534d42, 'SMB2'], [0xef53, null], [0x794c7630, null]])('file system %i is %s', (type, name) => {
  expect(networkFileSystemName(type)).toBe(name)
})

test('refuses a share on Windows with a remedy', async () => {
  expect(await refuseNetworkFolder('\\\\server\\share', 'win32')).toMatchObject({ kind: 'configurationInvalid', remedy: 'Put the workspace on a disk of this computer.' })
})

test('accepts a folder on a disk of this computer, although it does not exist yet', async () => {
  expect(await refuseNetworkFolder(join(tmpdir(), 'not', 'yet', 'there'))).toBeNull()
})
