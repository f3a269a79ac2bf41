import { Option, type Command } from 'commander'
import { changeLab, faultOf, serveLab, type FaultArguments } from '../commands/lab.ts'
import { parseRunNumber, type Perform } from './arguments.ts'

export function addLabCommands(program: Command, perform: Perform): void {
  const lab = program.command('lab').description('the embedded lab')
  lab.command('serve').description('keep the lab running and print where it is').action(() => perform(serveLab))
  lab.command('change').description('make something happen in the tenant of the lab; docs/lab.md has the kinds')
    .argument('<kind>', 'for example blockUser, deleteUser, changeUser').argument('[member...]', 'name=value; a dot goes into a member: values.mail=ana@fabrikam.com')
    .action((kind: string, members: string[]) => perform((context) => changeLab(context, kind, members)))
  lab.command('fault').description('let requests to the tenant of the lab fail')
    .argument('[path]', 'path of the requests, for example /v1.0/users; with * at its end all that begin with it')
    .addOption(new Option('--method <method>', 'only these').choices(['GET', 'POST', 'PATCH', 'DELETE']))
    .option('--after <number>', 'let so many through before', parseRunNumber)
    .option('--times <number>', 'so many requests', parseRunNumber)
    .option('--status <code>', 'answer with this status', parseRunNumber)
    .option('--delay <seconds>', 'answer so much later', parseRunNumber)
    .option('--reset', 'close the connection without an answer')
    .option('--cut-off', 'stop in the middle of the answer')
    .option('--clear', 'no more faults')
    .action((path: string | undefined, options: FaultArguments) => perform((context) => faultOf(context, path ?? null, options)))
}
