/** `Content-Disposition` as Conduit builds it; none without a name and a wish to download. Source: ST/utils/index.ts:333-346. */
export function disposition(
  name: string,
  options: { download: boolean; fileName: string | undefined },
): string | undefined {
  const { download, fileName } = options
  if (!download && !fileName) return undefined
  const shown = fileName ?? name
  const kind = download ? 'attachment' : 'inline'
  return `${kind}; filename="${shown}"; filename*=UTF-8''${encodeURIComponent(shown)}`
}
