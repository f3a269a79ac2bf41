/** Whether path and query are percent-encoded as they should be: what reads them later may decode them without care. */
export function isDecodable(url: URL): boolean {
  try {
    decodeURIComponent(url.pathname)
    decodeURIComponent(url.search)
    return true
  } catch {
    return false
  }
}
