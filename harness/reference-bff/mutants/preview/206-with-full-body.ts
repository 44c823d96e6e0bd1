import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

export const partWithFullBody = defineMutant({
  name: '206-with-full-body',
  defect: 'A request with Range is answered with 206 and a Content-Range, and with the whole file.',
  kills: { 'PREVIEW-10': /^Range: / },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { storage, deliver } = services
      const range = /^bytes=(\d+)-(\d+)$/.exec(c.req.header('range') ?? '')
      return rebuilt(services, parts, {
        storage: { open: (url, request) => storage.open(url, { ...request, range: undefined }) },
        deliver: (context, answer, delivery) =>
          range === null
            ? deliver(context, answer, delivery)
            : deliver(
                context,
                { ...answer, status: 206 },
                {
                  ...delivery,
                  headers: {
                    ...delivery.headers,
                    'content-range': `bytes ${range[1]}-${range[2]}/*`,
                  },
                },
              ),
      }).preview(c)
    }),
})
