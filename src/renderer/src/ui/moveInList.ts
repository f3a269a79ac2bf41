/** Where a key leads from the selected row; null where the key moves nothing. */
export function moveInList(key: string, selected: number | null, total: number, page: number): number | null {
  const from = selected ?? -1
  const clamp = (index: number): number => Math.min(total - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown': case 'j': return clamp(from + 1)
    case 'ArrowUp': case 'k': return clamp(from - 1)
    case 'PageDown': return clamp(from + page)
    case 'PageUp': return clamp(from - page)
    case 'Home': return 0
    case 'End': return total - 1
    default: return null
  }
}
