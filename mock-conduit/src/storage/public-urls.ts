import type { World } from '../world/world.ts'
import { changeFile, type FileRow, publicFiles, putUrls } from './file-row.ts'
import { fileNameOf } from './object-path.ts'
import { providerOf } from './provider.ts'

/** A URL with its host replaced by the CDN host that config names for the container. Source: ST/utils/index.ts:354-370. */
export function throughCdn(world: World, url: string, container: string): string {
  const hosts: Readonly<Record<string, unknown>> = world.config.storage.cdnConfiguration
  const host = Object.hasOwn(hosts, container) ? hosts[container] : undefined
  if (typeof host !== 'string' || host === '' || !URL.canParse(url)) return url
  return url.replace(new URL(url).host, () => host)
}

/** The two URLs of a file: none for private ones, else the storage's own and the one through the CDN. */
export function urlsOf(
  world: World,
  file: Pick<FileRow, 'isPublic' | 'container' | 'folder' | 'name'>,
): { url: string | undefined; sourceUrl: string | undefined } {
  if (!file.isPublic) return { url: undefined, sourceUrl: undefined }
  const { container } = file
  const sourceUrl = providerOf(world).publicUrl({ container, fileName: fileNameOf(file) })
  return { sourceUrl, url: throughCdn(world, sourceUrl, container) }
}

/**
 * Brings the stored URLs of public files up to date after a change of config, of dialect, or into a fork with another base.
 * Only a changed CDN host counts as a change of the document, as upstream. Source: migrations/cdnConfigMigration.ts.
 */
export function refreshPublicUrls(world: World): void {
  if (!world.config.storage.active) return
  const provider = providerOf(world)
  for (const file of publicFiles(world)) {
    if (file.sourceUrl === null || !provider.isOwnUrl(file.sourceUrl)) {
      const { url, sourceUrl } = urlsOf(world, file)
      putUrls(world, file, { url: url ?? null, sourceUrl: sourceUrl ?? null })
      continue
    }
    const url = throughCdn(world, file.sourceUrl, file.container)
    if (url !== file.url) changeFile(world, file, { url })
  }
}
