/** That this browser has kept a database before: told by something that does not lie in it, so that a browser that lost it does not look like a new one. */

const keyOf = (databaseName: string): string => `${databaseName}/kept`

const place = (): Storage | null => {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage
  } catch {
    // Forbidden.
    return null
  }
}

export const wasKept = (databaseName: string): boolean => place()?.getItem(keyOf(databaseName)) === 'yes'

export function rememberKept(databaseName: string): void {
  try {
    place()?.setItem(keyOf(databaseName), 'yes')
  } catch {
    // Full: a loss would then not be told.
  }
}
