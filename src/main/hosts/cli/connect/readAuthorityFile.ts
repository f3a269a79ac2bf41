import { X509Certificate } from 'node:crypto'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'
import { readGivenFile } from './readGivenFile.ts'

/** PEM of the authorities in a file: PEM with any number of certificates, or one as DER, as Windows exports it. */
export async function readAuthorityFile(context: Pick<CommandContext, 'currentFolder'>, file: string): Promise<Result<string, Problem>> {
  const content = await readGivenFile(context, file)
  if (!content.ok) return content
  try {
    const first = new X509Certificate(content.value)
    const text = content.value.toString('utf8')
    return succeed(text.includes('-----BEGIN CERTIFICATE-----') ? text : first.toString())
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return fail({ kind: 'usage', message: `The file ${file} holds no certificate.`, remedy: 'Export the certificate of the authority (X.509, .cer or .pem).', detail: { why } })
  }
}
