/** Controls that the server honours (MS-ADTS 3.1.1.3.4.1). */
export const control = {
  pagedResults: '1.2.840.113556.1.4.319',
  showDeleted: '1.2.840.113556.1.4.417',
  showRecycled: '1.2.840.113556.1.4.2064',
  treeDelete: '1.2.840.113556.1.4.805',
  permissiveModify: '1.2.840.113556.1.4.1413',
  domainScope: '1.2.840.113556.1.4.1339',
  descriptorParts: '1.2.840.113556.1.4.801',
  dirSync: '1.2.840.113556.1.4.841',
  lazyCommit: '1.2.840.113556.1.4.619',
} as const
export const supportedControls: readonly string[] = Object.values(control)

export const extension = { startTls: '1.3.6.1.4.1.1466.20037', whoAmI: '1.3.6.1.4.1.4203.1.11.3' } as const
export const supportedExtensions: readonly string[] = Object.values(extension)
