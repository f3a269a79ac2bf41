import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideSystemPackages, formatInstallCommand, withoutStartingServices } from '../../scripts/systemPackageInstallation.mjs'
import { describeMissing, findMissingPackages, isOnThisMachine, systemPackageGroups } from '../../scripts/systemPackages.mjs'

const debianRoot = { isDebian: true, isRoot: true, isDeclined: false }
const [directory] = systemPackageGroups

describe('missing system packages', () => {
  it('are none where every probe finds something', () => {
    expect(findMissingPackages(systemPackageGroups, () => true)).toEqual([])
  })

  it('are exactly those whose probes find nothing', () => {
    const missing = findMissingPackages(systemPackageGroups, (probe) => probe !== 'ldapsearch' && probe !== 'kvno')
    expect(missing.map(({ group, packages }) => [group.name, packages.map((found) => found.name)])).toEqual([['directory', ['ldap-utils']], ['kerberos', ['krb5-user']]])
  })

  it('do not include one of which another probe finds something', () => {
    expect(findMissingPackages(systemPackageGroups, (probe) => probe !== 'chromium')).toEqual([])
  })

  it('are said with what needs them and the command that installs them', () => {
    const [missing] = findMissingPackages(systemPackageGroups, (probe) => probe !== 'ldapsearch')
    expect(missing && describeMissing(missing)).toBe('tests against a real Active Directory domain controller need ldap-utils: apt-get install -y --no-install-recommends ldap-utils')
  })
})

describe('what is done about them', () => {
  const missing = findMissingPackages(systemPackageGroups, (probe) => probe !== 'ldapsearch' && probe !== 'kvno')

  it('is nothing where none is missing', () => {
    expect(decideSystemPackages([], debianRoot)).toEqual({ kind: 'complete' })
  })

  it('is to install them on Debian as root', () => {
    expect(decideSystemPackages(missing, debianRoot)).toEqual({ kind: 'install', packages: ['ldap-utils', 'krb5-user'] })
  })

  it.each([
    ['as another user', { ...debianRoot, isRoot: false }, 'only root may'],
    ['on another system', { ...debianRoot, isDebian: false }, 'this is not Debian'],
    ['when it is declined', { ...debianRoot, isDeclined: true }, 'GUESTBRIDGE_NO_SYSTEM_PACKAGES=1 declines it'],
  ])('is to name them %s', (_where, system, why) => {
    expect(decideSystemPackages(missing, system)).toEqual({ kind: 'leftOut', why, packages: ['ldap-utils', 'krb5-user'] })
  })

  it('is one command', () => {
    expect(formatInstallCommand(['ldap-utils', 'krb5-user'])).toBe('apt-get install -y --no-install-recommends ldap-utils krb5-user')
  })
})

describe('a probe', () => {
  it('finds a command on the path', () => {
    expect(isOnThisMachine('node')).toBe(true)
    expect(isOnThisMachine('no-such-command-of-guestbridge')).toBe(false)
  })

  it('finds a file, also in a folder of any name', () => {
    expect(isOnThisMachine(import.meta.filename)).toBe(true)
    expect(isOnThisMachine(join(import.meta.dirname, '..', '*', 'systemPackages.test.ts'))).toBe(true)
    expect(isOnThisMachine(join(import.meta.dirname, '..', '*', 'no-such-file.ts'))).toBe(false)
    expect(isOnThisMachine(join(import.meta.dirname, 'no-such-folder', '*', 'file.ts'))).toBe(false)
  })

  it('is written for every package of every group', () => {
    expect(directory?.packages.length).toBeGreaterThan(0)
    expect(systemPackageGroups.flatMap((group) => group.packages).filter((found) => found.probes.length === 0)).toEqual([])
  })
})

describe('while packages are installed, starts of services', () => {
  let folder = ''
  let policy = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guestbridge-policy-'))
    policy = join(folder, 'policy-rc.d')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are denied by a policy that can be run', async () => {
    await withoutStartingServices(policy, () => {
      expect(readFileSync(policy, 'utf8')).toMatch(/^#!\/bin\/sh\n[^]*exit 101\n$/)
      expect(statSync(policy).mode & 0o111).not.toBe(0)
      return Promise.resolve()
    })
    expect(existsSync(policy)).toBe(false)
  })

  it('are allowed again when the installation fails', async () => {
    await expect(withoutStartingServices(policy, () => Promise.reject(new Error('apt-get failed')))).rejects.toThrow('apt-get failed')
    expect(existsSync(policy)).toBe(false)
  })

  it('follow the policy that was there before, afterwards', async () => {
    writeFileSync(policy, 'policy of the machine', { mode: 0o755 })
    await withoutStartingServices(policy, () => {
      expect(readFileSync(policy, 'utf8')).toContain('exit 101')
      return Promise.resolve()
    })
    expect(readFileSync(policy, 'utf8')).toBe('policy of the machine')
  })

  it('follow it too when it was a link that led nowhere', async () => {
    symlinkSync(join(folder, 'missing'), policy)
    await withoutStartingServices(policy, () => Promise.resolve())
    writeFileSync(join(folder, 'missing'), 'where the link leads')
    expect(readFileSync(policy, 'utf8')).toBe('where the link leads')
  })

  it('follow it too when an earlier installation was killed half-way', async () => {
    writeFileSync(policy, 'policy of the machine')
    let denial = ''
    await withoutStartingServices(policy, () => {
      denial = readFileSync(policy, 'utf8')
      return Promise.resolve()
    })
    writeFileSync(`${policy}.kept-by-guestbridge`, 'policy of the machine')
    writeFileSync(policy, denial)
    await withoutStartingServices(policy, () => Promise.resolve())
    expect(readFileSync(policy, 'utf8')).toBe('policy of the machine')
    expect(existsSync(`${policy}.kept-by-guestbridge`)).toBe(false)
  })
})
