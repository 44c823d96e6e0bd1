import { posix } from 'node:path'

/**
 * The name an object has in the S3 dialect. Dots are resolved as on Conduit's disk, so that a world may change its
 * dialect, but only inside the container: keys that climb out of it (`../x`) are literal, as in any bucket.
 */
export function objectPath(container: string, fileName: string): string {
  const path = `${container}/${fileName}`
  const resolved = posix.resolve('/', path).slice(1)
  const folder = posix.resolve('/', container).slice(1)
  return resolved === folder || resolved.startsWith(`${folder}/`) ? resolved : path
}

/** A file's name within its container. */
export function fileNameOf(file: { folder: string; name: string }): string {
  return (file.folder === '/' ? '' : file.folder) + file.name
}
