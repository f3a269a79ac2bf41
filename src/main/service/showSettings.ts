import type { SettingsShown } from '../../shared/api/windowCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { LeaverConfiguration, Threshold } from '../workspace/configuration.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** The settings in force, defaults filled in; nothing of it is secret. */
export async function showSettings({ configuration, deciding }: WorkspaceSession): Promise<Result<SettingsShown, Problem>> {
  const { entra, activeDirectory, thresholds, lifecycle, cycle, deltaCycle } = configuration
  return succeed({
    entra: {
      cloud: entra.cloud, tenantId: entra.tenantId, clientId: entra.clientId, credential: entra.credential.kind,
      certificateFile: entra.credential.kind === 'certificate' ? entra.credential.file : null,
      filter: entra.filter ?? "userType eq 'Guest'", scopeGroup: entra.scopeGroup ?? null, caFile: entra.caFile ?? null,
    },
    directory: {
      servers: activeDirectory.servers, security: activeDirectory.security, account: activeDirectory.account, guestOu: activeDirectory.guestOu,
      managedOus: deciding.managedOus, globalCatalogs: activeDirectory.globalCatalogs ?? [], caFile: activeDirectory.caFile ?? null,
    },
    thresholds: {
      disableAndDelete: shownThreshold(thresholds.disableAndDelete), renameMoveAndUserPrincipalName: shownThreshold(thresholds.renameMoveAndUserPrincipalName),
      updateAdoptAndEnable: shownThreshold(thresholds.updateAdoptAndEnable), create: shownThreshold(thresholds.create),
      delegation: { count: thresholds.delegation.count },
    },
    lifecycle: {
      createForPendingInvitations: lifecycle.createForPendingInvitations, smallerSourcePercent: lifecycle.smallerSourcePercent, retentionDays: lifecycle.retentionDays,
      leavers: shownLeavers(lifecycle.leavers),
    },
    cycle, deltaCycle: deltaCycle ?? [],
  })
}

function shownThreshold({ count, percent }: Threshold): { readonly count: number; readonly percent: number | null } {
  return { count, percent: percent ?? null }
}

function shownLeavers(leavers: LeaverConfiguration): SettingsShown['lifecycle']['leavers'] {
  return {
    action: leavers.action, ou: leavers.action === 'disableAndMove' ? leavers.ou : null,
    deleteAfterDays: leavers.action === 'leave' ? null : (leavers.deleteAfterDays ?? null),
  }
}
