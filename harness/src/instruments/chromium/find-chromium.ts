import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export const CHROMIUM_MISSING =
  'no Chromium on this machine; install it with: apt-get install -y chromium, or give --browser PATH'

/** The path of a Chromium: the given one, or the first on the PATH; undefined when there is none. */
export function findChromium(
  given?: string,
  path: string = process.env['PATH'] ?? '',
): string | undefined {
  if (given !== undefined) return existsSync(given) ? given : undefined
  return path
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file))
}

/** Why there is no browser; undefined when there is one. */
export function browserMissing(given?: string): string | undefined {
  if (findChromium(given) !== undefined) return undefined
  return given === undefined ? CHROMIUM_MISSING : `--browser ${given} does not exist`
}
