import { argv } from 'node:process'
import { accountOf, guestOf } from '../worlds/guestObjects.ts'
import { openGuestWorkspace } from '../worlds/guestWorkspace.ts'
import { say } from './say.ts'

// Imports guests and the accounts of the first of them. Arguments: the workspace folder, guests, accounts.
const [folder = '', guests = '0', accounts = '0'] = argv.slice(2)
const workspace = await openGuestWorkspace(folder)
await workspace.importAll('ad', Number(accounts), accountOf)
await workspace.importAll('entra', Number(guests), guestOf)
await workspace.store.close()
say({ guests, accounts })
