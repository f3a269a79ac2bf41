import { inputs, type CallName, type CallOptions, type Input, type Outputs, type WorkspaceDescription } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { readGuestPage } from '../runs/guestRows.ts'
import { decideDisconnect, decideJoin, decideLeaveAlone, forgetDecision } from './decisionHandlers.ts'
import { fileProblemOf } from './fileProblem.ts'
import { exportApprovedDelegation } from './delegationExportHandler.ts'
import { showDelegationOfGuest } from './delegationOfGuest.ts'
import { planDelegation, planUndoOfDelegation, showDelegationPlan } from './delegationPlanHandlers.ts'
import { checkWorkspaceDelegation, findConnectorAccounts, showDelegation } from './delegationHandlers.ts'
import { proveDelegation, readProofAnswer, renderProofScript } from './delegationProofHandlers.ts'
import { listDisconnectors } from './disconnectorHandlers.ts'
import { listObjectsOfRun, listRuns, purgePerson, searchMetaverse, verifyTrail } from './evidenceHandlers.ts'
import { excludePersons } from './excludePersons.ts'
import { showHistory } from './historyHandler.ts'
import { excludePerson, listHolds, releaseHold } from './holdHandlers.ts'
import { administerLabOfSession } from './labHandlers.ts'
import { renderLdifOfOne, renderPlanPage } from './planRendering.ts'
import { previewObject, showObject } from './objectHandlers.ts'
import { exportPlanFile, provisionOne, readPlanPage, summarizePlan, writePlan } from './planHandlers.ts'
import { editWorkspaceConfiguration, saveConfiguration } from './configurationEditing.ts'
import { compareRulesText, readVocabulary, tryRules, validateRules } from './rulesEditing.ts'
import { listRulesVersions, readRulesVersion, saveRules } from './rulesSaving.ts'
import { listSecretsOf, removeSecretOf, setSecretOf } from './secretHandlers.ts'
import { showSettings } from './showSettings.ts'
import { applyRemedy, checkReadiness, showReadiness, showRemedy } from './readinessHandlers.ts'
import { compareWithSet, replayRun, testOnObject } from './ruleHandlers.ts'
import { showRun, startRuns } from './runHandlers.ts'
import { connectHandlers } from './connect/connectHandlers.ts'
import { connectSessionOf } from './connect/connectSession.ts'
import { awaitGuest } from './invitations/awaitGuest.ts'
import { setGuestEnabled } from './invitations/changeGuest.ts'
import { resetRedemption } from './invitations/resetRedemption.ts'
import { judgeList, sendList } from './invitations/inviteList.ts'
import { findGuests, sendInvitation } from './invitations/inviteOne.ts'
import { runUnattended } from './unattended/runUnattended.ts'
import { installScheduleOf, removeScheduleOf, showScheduleOf } from './unattended/scheduleHandlers.ts'
import { showStatus } from './unattended/showStatus.ts'
import { giveStandingApproval, showStandingApproval, withdrawStandingApproval } from './unattended/standingApprovals.ts'
import { readTrail } from './readTrail.ts'
import { listProfiles } from './runProfileHandlers.ts'
import { readApplicationProxy } from './proxyHandlers.ts'
import { planUndoOfRun } from './undoHandlers.ts'
import { exportUndo } from './undoExport.ts'
import { closeView, exportCurrent, findInView, listAudit, openView, readConfigurationText, readRulesText, readView, showOverview } from './windowHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

type Handlers = { readonly [Name in CallName]: (session: WorkspaceSession, input: Input<Name>, options: CallOptions) => Promise<Result<Outputs[Name], Problem>> }

const handlers: Handlers = {
  'workspace.describe': async (session) => succeed(await describe(session)),
  'runs.start': startRuns,
  'runs.list': async (session, input) => succeed(await listRuns(session, input)),
  'runs.show': showRun,
  'runs.objects': listObjectsOfRun,
  'guests.page': async (session, { after, limit }) => succeed(await readGuestPage(session.reader, after, limit)),
  'objects.show': (session, { id }) => showObject(session, id),
  'preview': (session, { id }, options) => previewObject(session, id, options),
  'plan.summary': async (session) => succeed(await summarizePlan(session)),
  'plan.page': async (session, input) => succeed(await readPlanPage(session, input)),
  'plan.write': writePlan,
  'plan.export': exportPlanFile,
  'plan.provision': provisionOne,
  'plan.replay': replayRun,
  'plan.undo': planUndoOfRun,
  'holds.list': async ({ reader }) => succeed(await listHolds(reader)),
  'holds.exclude': excludePerson,
  'holds.release': releaseHold,
  'decisions.list': async ({ reader }) => succeed(await reader.joinDecisions()),
  'decisions.join': decideJoin,
  'decisions.disconnect': decideDisconnect,
  'decisions.leaveAlone': decideLeaveAlone,
  'decisions.forget': forgetDecision,
  'metaverse.search': async (session, input) => succeed(await searchMetaverse(session, input)),
  'rules.test': testOnObject,
  'rules.compare': compareWithSet,
  'audit.verify': async (session) => succeed(await verifyTrail(session)),
  'persons.purge': purgePerson,
  'lab.administer': administerLabOfSession,
  'views.open': openView,
  'views.rows': readView,
  'views.find': findInView,
  'views.close': closeView,
  'overview.show': showOverview,
  'objects.history': showHistory,
  'disconnectors.page': listDisconnectors,
  'plan.exportCurrent': exportCurrent,
  'plan.render': renderPlanPage,
  'plan.ldifOfOne': renderLdifOfOne,
  'holds.excludeSeveral': excludePersons,
  'audit.list': listAudit,
  'audit.read': readTrail,
  'undo.export': exportUndo,
  'runs.profiles': listProfiles,
  'configuration.read': readConfigurationText,
  'rules.read': readRulesText,
  'rules.validate': validateRules,
  'rules.try': tryRules,
  'rules.compareText': compareRulesText,
  'rules.save': saveRules,
  'rules.versions': listRulesVersions,
  'rules.version': readRulesVersion,
  'rules.vocabulary': readVocabulary,
  'configuration.edit': editWorkspaceConfiguration,
  'configuration.save': saveConfiguration,
  'settings.show': showSettings,
  'secrets.list': listSecretsOf,
  'secrets.set': setSecretOf,
  'secrets.remove': removeSecretOf,
  'readiness.check': checkReadiness,
  'readiness.show': showReadiness,
  'readiness.plan': showRemedy,
  'readiness.apply': applyRemedy,
  'delegation.check': checkWorkspaceDelegation,
  'delegation.show': showDelegation,
  'delegation.guest': showDelegationOfGuest,
  'delegation.readProxy': readApplicationProxy,
  'delegation.connectors': findConnectorAccounts,
  'delegation.prove': proveDelegation,
  'delegation.proofScript': renderProofScript,
  'delegation.proofAnswer': readProofAnswer,
  'delegation.plan': planDelegation,
  'delegation.planFile': showDelegationPlan,
  'delegation.undoPlan': planUndoOfDelegation,
  'delegation.export': exportApprovedDelegation,
  'invitations.find': findGuests,
  'invitations.send': sendInvitation,
  'invitations.await': awaitGuest,
  'invitations.resetRedemption': resetRedemption,
  'invitations.setEnabled': setGuestEnabled,
  'invitations.judgeList': judgeList,
  'invitations.sendList': sendList,
  'unattended.run': runUnattended,
  'standing.show': showStandingApproval,
  'standing.give': giveStandingApproval,
  'standing.withdraw': withdrawStandingApproval,
  'schedule.show': showScheduleOf,
  'schedule.install': installScheduleOf,
  'schedule.remove': removeScheduleOf,
  'status.show': showStatus,
  'connect.show': (session, input, options) => connectHandlers['connect.show'](connectSessionOf(session), input, options),
  'connect.findTenant': (session, input, options) => connectHandlers['connect.findTenant'](connectSessionOf(session), input, options),
  'connect.keepSecret': (session, input, options) => connectHandlers['connect.keepSecret'](connectSessionOf(session), input, options),
  'connect.signIn': (session, input, options) => connectHandlers['connect.signIn'](connectSessionOf(session), input, options),
  'connect.makeCertificate': (session, input, options) => connectHandlers['connect.makeCertificate'](connectSessionOf(session), input, options),
  'connect.bringCertificate': (session, input, options) => connectHandlers['connect.bringCertificate'](connectSessionOf(session), input, options),
  'connect.findControllers': (session, input, options) => connectHandlers['connect.findControllers'](connectSessionOf(session), input, options),
  'connect.fetchCertificate': (session, input, options) => connectHandlers['connect.fetchCertificate'](connectSessionOf(session), input, options),
  'connect.browse': (session, input, options) => connectHandlers['connect.browse'](connectSessionOf(session), input, options),
  'connect.test': (session, input, options) => connectHandlers['connect.test'](connectSessionOf(session), input, options),
  'connect.save': (session, input, options) => connectHandlers['connect.save'](connectSessionOf(session), input, options),
}

/** The one place where input from outside becomes typed: what the schema refuses never reaches a handler. */
export async function handleCall<Name extends CallName>(session: WorkspaceSession, name: Name, raw: unknown, options: CallOptions): Promise<Result<Outputs[Name], Problem>> {
  const parsed = inputs[name].safeParse(raw)
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    return fail({ kind: 'usage', message: `"${name}" was asked with input that it does not take: ${issues.join('; ')}.`, remedy: 'Correct the value that is named.' })
  }
  try {
    return await handlers[name](session, parsed.data as Input<Name>, options)
  } catch (error) {
    const problem = fileProblemOf(error)
    if (problem === null) throw error
    return fail(problem)
  }
}

async function describe({ folder, configuration, reader }: WorkspaceSession): Promise<WorkspaceDescription> {
  const { id, name, purpose, entra, activeDirectory, rules } = configuration
  const lastRun = (await reader.runs(1))[0] ?? null
  return {
    id, name, purpose, folder, lastRun,
    tenant: entra.tenantId, cloud: entra.cloud, servers: activeDirectory.servers, guestOu: activeDirectory.guestOu,
    rules: typeof rules.set === 'string' ? rules.set : rules.set.file,
  }
}
