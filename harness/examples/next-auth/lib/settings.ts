export interface Settings {
  conduitUrl: string
  redisUrl: string
  /** The one origin that files are fetched from. */
  storageOrigin: string
  secret: string
  /** The origin of the application in the browser. */
  origin: string
}

/** Read when first needed, for a build has no environment. Throws and names what is missing. */
export function settings(): Settings {
  return {
    conduitUrl: needed('CONDUIT_URL'),
    redisUrl: needed('REDIS_URL'),
    storageOrigin: new URL(needed('STORAGE_ORIGIN')).origin,
    secret: needed('NEXTAUTH_SECRET'),
    origin: new URL(needed('NEXTAUTH_URL')).origin,
  }
}

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing.`)
  return value
}
