import { texts } from '../../texts.ts'

/** Between two instants (ISO 8601), in the two largest units that matter. */
export function formatDuration(startedAt: string, endedAt: string): string {
  const milliseconds = Math.max(0, Date.parse(endedAt) - Date.parse(startedAt))
  if (milliseconds < 1000) return texts.runs.milliseconds(milliseconds)
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return texts.runs.seconds(seconds)
  if (seconds < 3600) return texts.runs.minutes(Math.floor(seconds / 60), seconds % 60)
  return texts.runs.hours(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
}
