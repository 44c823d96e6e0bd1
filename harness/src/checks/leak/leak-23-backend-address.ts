import { defineCheck } from '../../check.ts'
import { haystacksOf } from '../../instruments/exchange-text.ts'
import { commonFiles, commonJourney } from '../shared/common-journey.ts'

export const leak23 = defineCheck({
  id: 'LEAK-23',
  title: "The backend's address appears in no page and no script",
  level: 'SHOULD',
  profiles: ['hardening', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-13.4.6'],
  source: [],
  mutants: ['next-public-backend-url'],
  usualCauses: ["the backend's URL is a variable that the build makes public"],
  async run(ctx) {
    const { answers, documents } = await commonJourney(ctx)
    const files = await commonFiles(ctx)
    const texts = [
      ...answers.flatMap((answer) =>
        haystacksOf(answer).map(({ where, text }) => ({
          where: `${where} of ${answer.call.path}`,
          text,
        })),
      ),
      ...documents,
      ...files.map(({ path, text }) => ({ where: path, text })),
    ]
    ctx.witness(`${texts.length} texts were searched`, texts.length > 0)
    const hosts = ctx.backend.urls.map((url) => new URL(url).host)
    const found = texts.filter(({ text }) =>
      hosts.some((host) => text.includes(host) || text.includes(encodeURIComponent(host))),
    )
    ctx.expect(
      "places with the backend's address",
      [],
      [...new Set(found.map(({ where }) => where))],
    )
  },
})
