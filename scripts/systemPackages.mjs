import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * What the tests need from the operating system, by group. Package names are Debian's.
 *
 * A probe is a command, a file, or several of them of which one is enough. `*` stands for one folder, because
 * libraries lie in a folder of the processor's name.
 *
 * @typedef {{ readonly name: string, readonly probes: readonly string[] }} SystemPackage
 * @typedef {{ readonly name: GroupName, readonly neededBy: string, readonly packages: readonly SystemPackage[] }} SystemPackageGroup
 * @typedef {'directory' | 'kerberos' | 'keychain' | 'desktopSettings' | 'browser'} GroupName
 * @typedef {(probe: string) => boolean} Probe
 * @typedef {{ readonly group: SystemPackageGroup, readonly packages: readonly SystemPackage[] }} MissingGroup
 */

/** @type {readonly SystemPackageGroup[]} */
export const systemPackageGroups = [
  {
    name: 'directory',
    neededBy: 'tests against a real Active Directory domain controller',
    packages: [
      { name: 'samba', probes: ['smbd'] },
      { name: 'samba-ad-dc', probes: ['samba'] },
      { name: 'samba-ad-provision', probes: ['/usr/share/samba/setup/ad-schema'] },
      { name: 'samba-dsdb-modules', probes: ['/usr/lib/*/samba/ldb/dirsync.so'] },
      { name: 'samba-vfs-modules', probes: ['/usr/lib/*/samba/vfs/acl_xattr.so'] },
      { name: 'ldap-utils', probes: ['ldapsearch'] },
    ],
  },
  {
    name: 'kerberos',
    neededBy: 'tests that sign a guest in to a web site by constrained delegation',
    packages: [
      { name: 'krb5-user', probes: ['kvno'] },
      { name: 'curl', probes: ['curl'] },
      { name: 'apache2', probes: ['apache2'] },
      { name: 'libapache2-mod-auth-gssapi', probes: ['/usr/lib/apache2/modules/mod_auth_gssapi.so'] },
      { name: 'python3-gssapi', probes: ['/usr/lib/python3/dist-packages/gssapi'] },
    ],
  },
  {
    name: 'keychain',
    neededBy: 'tests that keep a secret in a real Secret Service',
    packages: [
      { name: 'dbus', probes: ['dbus-run-session'] },
      { name: 'gnome-keyring', probes: ['gnome-keyring-daemon'] },
    ],
  },
  {
    name: 'desktopSettings',
    neededBy: 'tests that take the proxy from the settings of GNOME',
    packages: [
      { name: 'libglib2.0-bin', probes: ['gsettings'] },
      { name: 'gsettings-desktop-schemas', probes: ['/usr/share/glib-2.0/schemas/org.gnome.system.proxy.gschema.xml'] },
    ],
  },
  {
    name: 'browser',
    neededBy: 'tests of the window in a browser',
    packages: [
      { name: 'chromium', probes: ['chromium', 'chromium-browser', 'google-chrome'] },
      // Guests have names in all scripts; without these (144 MB) pictures of the window show boxes.
      { name: 'fonts-noto-core', probes: ['/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'] },
      { name: 'fonts-noto-cjk', probes: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
      { name: 'fonts-noto-color-emoji', probes: ['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'] },
    ],
  },
]

/**
 * Groups of which at least one package is missing, with these packages.
 *
 * @param {readonly SystemPackageGroup[]} groups
 * @param {Probe} isThere
 * @returns {readonly MissingGroup[]}
 */
export function findMissingPackages(groups, isThere) {
  return groups
    .map((group) => ({ group, packages: group.packages.filter((systemPackage) => !systemPackage.probes.some(isThere)) }))
    .filter((missing) => missing.packages.length > 0)
}

/**
 * Sentence for a person: what is missing, for what, and the command that installs it.
 *
 * @param {MissingGroup} missing
 * @returns {string}
 */
export function describeMissing(missing) {
  const names = missing.packages.map((systemPackage) => systemPackage.name).join(' ')
  return `${missing.group.neededBy} need ${names}: apt-get install -y --no-install-recommends ${names}`
}

/**
 * Whether a probe finds something on this machine.
 *
 * @type {Probe}
 */
export function isOnThisMachine(probe) {
  return probe.startsWith('/') ? fileExists(probe) : commandExists(probe)
}

/** @type {Probe} */
function commandExists(command) {
  // Daemons lie in sbin, which is not on the path of ordinary accounts.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => folder !== '' && existsSync(join(folder, command)))
}

/** @type {Probe} */
function fileExists(pattern) {
  const [before, after] = pattern.split('/*/')
  if (before === undefined || after === undefined) return existsSync(pattern)
  if (!existsSync(before)) return false
  return readdirSync(before).some((folder) => existsSync(join(before, folder, after)))
}
