/** Key of join candidates: joins ignore case (MS-ADTS 3.1.1.2.2.4). No attribute name holds an equals sign. */
export function joinKey(metaverseAttribute: string, value: string): string {
  return `${metaverseAttribute}=${value.toLowerCase()}`
}
