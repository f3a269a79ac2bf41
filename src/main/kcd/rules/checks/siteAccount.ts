import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { ownersOf, serviceAccounts } from '../spnOwners.ts'
import { attributeOf, enumerate } from '../wording.ts'

/** 18: by the HOST entry the ticket is for the computer. Which account the site runs as is nowhere in the directory. */
export function checkAliasOwner({ facts, application }: Subjects['application']): readonly Outcome[] {
  return whenRead(ownersOf(facts, application.spn), `Who owns ${application.spn}`, (owners) => {
    const read = [`servicePrincipalName=${application.spn}`, 'CN=Directory Service,CN=Windows NT,CN=Services sPNMappings']
    const services = serviceAccounts(owners)
    if (services.length === 0) return []
    if (owners.some((owner) => owner.by === 'explicit')) return [passed(`${application.spn} is registered as such on ${enumerate(services.map((service) => service.accountName))}.`, read)]
    const names = enumerate(services.map((service) => service.accountName))
    return [found({
      message: `${application.spn} is covered only by the HOST entry of ${names}: that is right while ${application.name} runs as the computer, and a ticket for the wrong account when its pool runs as a user.`,
      remedy: `Ask which account the application pool of ${application.name} runs as. If it is a user or a managed account: setspn -S ${application.spn} <that account>`, read
    })]
  })
}

/** 19: a site that runs as a user must decrypt tickets with that user's key. The setting is in IIS, not in the directory. */
export function checkPoolAccount({ application, service }: Subjects['serviceAccount']): readonly Outcome[] {
  const read = attributeOf(service, 'objectClass')
  if (service.objectClass === 'computer') return [passed(`${application.spn} belongs to the computer ${service.accountName}, as IIS expects it.`, read)]
  return [found({
    message: `${application.spn} is owned by ${service.accountName}, which is no computer: on IIS, ${application.name} then needs useAppPoolCredentials. That cannot be read from here.`,
    remedy: `Ask whether ${application.name} runs on IIS. If so, set useAppPoolCredentials="true" under system.webServer/security/authentication/windowsAuthentication; another web server needs a keytab of ${service.accountName}.`, read
  })]
}
