/** What the example needs to know; all from the environment. */
export interface Settings {
  port: number
  backend: string
  /** The one origin that pictures are fetched from. */
  picturesFrom: string
  redis: string
  secret: string
  /** Longest wait for an answer of the backend, in milliseconds. */
  patienceMs: number
}

export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const needed = (name: string) => {
    const value = env[name]
    if (!value) throw new Error(`${name} is missing`)
    return value
  }
  return {
    port: Number(env['PORT'] ?? 0),
    backend: needed('BACKEND'),
    picturesFrom: new URL(needed('PICTURES_FROM')).origin,
    redis: needed('VAULT'),
    secret: needed('COOKIE_SECRET'),
    patienceMs: Number(env['PATIENCE_MS'] ?? 7000),
  }
}
