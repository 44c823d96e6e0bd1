import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { valuesOf, type Session } from '../../session.ts'
import { isUnsafe } from '../../target/route-schema.ts'
import { isSignedOut } from '../shared/answers.ts'
import { ENCODINGS, formOf, sendForm, type Encoding } from '../shared/forged-forms.ts'
import { withBrowserCookies } from '../shared/in-page.ts'

export const session17 = defineCheck({
  id: 'SESSION-17',
  title: 'A form of another site does not sign a visitor in as the attacker',
  level: 'SHOULD',
  profiles: ['browser', 'hardening'],
  needs: { routes: ['login', 'list'], browser: true },
  dependsOn: [],
  requirement: ['CSRF-CS'],
  source: [],
  mutants: ['login-csrf'],
  usualCauses: [
    'login has no session yet, so it was left out of what guards against forged requests',
    'a body is parsed as JSON whatever its content type',
  ],
  async run(ctx) {
    if (!isUnsafe(ctx.target.routes.login)) ctx.skip('the login is not sent by a form')
    const attacker = await ctx.visitor()
    for (const encoding of ENCODINGS) await forge(ctx, attacker, encoding)
    await ctx.signIn(attacker)
    ctx.witness('the same login from a page of the application works', true)
  },
})

async function forge(ctx: CheckContext, attacker: Session, encoding: Encoding): Promise<void> {
  const profile = await ctx.openProfile()
  const { edge } = profile
  const form = formOf(ctx.target.routes.login, {
    values: valuesOf(attacker.user),
    encoding,
    origin: edge.origin,
  })
  const { page: tab, arrived } = await sendForm(profile, edge.evil, form)
  const about = `a ${encoding} form of ${edge.evil}`
  ctx.witness(`the forged login arrived (${about})`, arrived)
  const list = await (await withBrowserCookies({ profile, tab, session: attacker })).call('list')
  ctx.require(`list with the cookies after ${about}`, isSignedOut(list), {
    expected: '401 or 403',
    got: statusText(list),
  })
}
