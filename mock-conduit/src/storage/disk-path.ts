import { posix } from 'node:path'
import type { Place } from './provider.ts'

/**
 * Where the local provider keeps an object, below its folder: dots are resolved, so `../pub/a.txt` is another
 * container's `a.txt`, and `../../a.txt` lies outside (`../a.txt`); a file called like its container is the container's
 * folder itself. Source: providers/local/index.ts:352-391.
 */
export function diskPath({ container, fileName }: Place): string {
  return diskPathOf(fileName === container ? container : `${container}/${fileName}`)
}

/** The same for a path that a URL gives. */
export function diskPathOf(path: string): string {
  return posix.normalize(`./${path}`).replace(/\/$/, '')
}

/** Whether a path is the provider's folder or one above it: they are there before anything is stored. */
export function isAbove(path: string): boolean {
  return path.split('/').every((part) => part === '..' || part === '.')
}
