import { defineMutant } from '../mutant.ts'

export const headLeavesDownloadOpen = defineMutant({
  name: 'head-leaves-download-open',
  defect: 'For HEAD the download is begun, and then nobody reads or ends it.',
  kills: { 'PREVIEW-12': 'downloads that stay open after HEAD' },
  apply: (parts) => ({
    ...parts,
    deliver(services) {
      const deliver = parts.deliver(services)
      return async (c, answer, delivery) =>
        c.req.method === 'HEAD'
          ? new Response(null, { status: answer.status, headers: delivery.headers })
          : deliver(c, answer, delivery)
    },
  }),
})
