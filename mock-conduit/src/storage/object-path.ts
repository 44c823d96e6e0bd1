import { posix } from 'node:path'

/**
 * The name an object has in the store. Dots are resolved as on Conduit's disk, but only inside the container: a name
 * that climbs out of it (`../x`) stays literally as it is, and so names nothing else. Source: providers/local/index.ts:352-366.
 */
export function objectPath(container: string, fileName: string): string {
  return inRoot(`${container}/${fileName}`, container)
}

/** The same for a whole path as a URL gives it, whose first part is the container. */
export function objectPathOf(relativePath: string): string {
  return inRoot(relativePath, relativePath.split('/', 1)[0] ?? '')
}

function inRoot(path: string, container: string): string {
  const resolved = posix.resolve('/', path).slice(1)
  const folder = posix.resolve('/', container).slice(1)
  return resolved === folder || resolved.startsWith(`${folder}/`) ? resolved : path
}

/** A file's name within its container. */
export function fileNameOf(file: { folder: string; name: string }): string {
  return (file.folder === '/' ? '' : file.folder) + file.name
}
