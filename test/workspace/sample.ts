import type { WorkspaceConfiguration } from '../../src/main/workspace/configuration.ts'

/** A configuration that is sound; tests break one thing of it. */
export const sample: WorkspaceConfiguration = {
  version: 1, id: '1b6f7d3c-40c4-4f0d-9f58-6c2f6f5d1c11', name: 'Contoso', purpose: 'production',
  entra: { cloud: 'global', tenantId: '6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69', clientId: '0c7a1a9c-1d5b-4c3e-8f7a-2b6d4e8f9a10', credential: { kind: 'secret' } },
  activeDirectory: { servers: ['ldaps://dc1.contoso.local'], security: 'ldaps', account: 'guestbridge@contoso.local', guestOu: 'OU=Guests,DC=contoso,DC=local' },
  rules: { set: 'guestbridge' },
  runProfiles: { 'ad full import': { step: 'fullImport', connector: 'ad' }, 'entra full import': { step: 'fullImport', connector: 'entra' }, sync: { step: 'fullSync' } },
  cycle: ['ad full import', 'entra full import', 'sync'],
  thresholds: { disableAndDelete: { count: 20, percent: 10 }, renameMoveAndUserPrincipalName: { count: 50 }, updateAdoptAndEnable: { count: 200 }, create: { count: 500 }, delegation: { count: 20 } },
  lifecycle: { createForPendingInvitations: false, smallerSourcePercent: 10, leavers: { action: 'disable' }, retentionDays: 180 },
}
