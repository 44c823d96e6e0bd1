import { defineNextMutants, when } from './next-mutant.ts'

const redirects = when('redirect-to-presigned')
const whole = when('array-buffer-then-send')
const keepsReading = when('abort-not-propagated')
const remembered = when('presigned-url-for-everybody')
const relayed = when('relays-storage-error')

export const previewMutants = defineNextMutants([
  {
    name: 'redirect-to-presigned',
    defect: 'The browser is sent to the presigned URL.',
    kills: { 'PREVIEW-03': /./ },
    edits: [
      {
        file: 'lib/logic/preview.ts',
        find: '  const first = await fetchBytes(request)\n',
        put: `  if (${redirects}) {
    const { href } = await presignedUrl(request)
    return { status: 302, headers: { Location: href }, body: null }
  }
  const first = await fetchBytes(request)
`,
      },
    ],
  },
  {
    name: 'array-buffer-then-send',
    defect: 'A file is read to its end before the first byte is sent.',
    kills: { 'PREVIEW-04': /./ },
    edits: [
      {
        file: 'lib/logic/preview.ts',
        find: 'body: response.body && guardedBody(response) }',
        put: `body: ${whole} ? new Response(await response.arrayBuffer()).body : response.body && guardedBody(response) }`,
      },
    ],
  },
  {
    name: 'abort-not-propagated',
    defect: 'When the browser leaves, the download from the storage host goes on to its end.',
    kills: { 'PREVIEW-06': /./ },
    edits: [
      {
        file: 'lib/logic/preview.ts',
        find: '      signal: AbortSignal.any([request.signal, deadline.signal]),\n',
        put: `      signal: ${keepsReading} ? deadline.signal : AbortSignal.any([request.signal, deadline.signal]),
`,
      },
      {
        file: 'lib/logic/guarded-body.ts',
        find: '        await reader.cancel(reason)\n',
        put: `        if (${keepsReading}) while (!(await reader.read()).done);
        else await reader.cancel(reason)
`,
      },
    ],
  },
  {
    name: 'presigned-url-for-everybody',
    defect: 'Presigned URLs are remembered by file, whoever asks for it next.',
    kills: { 'PREVIEW-15': /./ },
    edits: [
      {
        file: 'lib/logic/preview.ts',
        find: 'async function presignedUrl({ vaultKey, fileId, signal }: PreviewRequest): Promise<URL> {\n',
        put: `const known = new Map<string, URL>()

async function presignedUrl(request: PreviewRequest): Promise<URL> {
  if (!(${remembered})) return resolved(request)
  const url = known.get(request.fileId) ?? (await resolved(request))
  known.set(request.fileId, url)
  return url
}

async function resolved({ vaultKey, fileId, signal }: PreviewRequest): Promise<URL> {
`,
      },
    ],
  },
  {
    name: 'relays-storage-error',
    defect: "An error of the storage host is shown as it is, with that host's own words.",
    kills: { 'PREVIEW-16': /./ },
    edits: [
      {
        file: 'lib/logic/preview.ts',
        find: '  if (response.status !== 200 && response.status !== 206) {\n',
        put: `  if (${relayed} && response.status >= 400)
    return { status: response.status, headers: { 'Content-Type': 'application/xml' }, body: response.body }
  if (response.status !== 200 && response.status !== 206) {
`,
      },
    ],
  },
])
