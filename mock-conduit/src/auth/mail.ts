import type { Row } from '../wire/route.ts'
import { OUTBOX } from '../world/outbox.ts'
import type { World } from '../world/world.ts'

/** Conduit's mail templates and their subjects. Source: A/templates/. */
const subjects = {
  EmailVerification: 'Verify your email',
  EmailVerificationWithCode: 'Verify your email',
  ChangeEmailVerification: 'Verify your new email',
  ForgotPassword: 'Forgot Password',
  TeamInvite: 'You have been invited by {{inviterName}} to join team {{teamName}}',
}

export interface Mail {
  to: string
  template: keyof typeof subjects
  variables: Record<string, unknown>
}

/** Puts a mail into the world's outbox; placeholders in the subject are filled in. */
export function sendMail(world: World, { to, template, variables }: Mail): void {
  const subject = subjects[template].replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    textOf(variables[name]),
  )
  world
    .part(OUTBOX)
    .send({ id: world.ids.uuid(), to, template, subject, variables, at: world.clock.now() })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A link of one of the hooks, under the router's public address. */
export function hookLink(
  world: World,
  hook: 'verify-email' | 'verify-change-email',
  token: Row,
): string {
  return `${world.config.router.hostUrl}/hook/authentication/${hook}/${textOf(token['token'])}`
}
