import type { RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { denyAnonymous, requireUser } from './middleware.ts'
import { invitationData } from './rate-limits.ts'
import {
  acceptInvite,
  deleteInvite,
  deletePersistentInvite,
  invite,
  invitedUserData,
  invitePersistently,
  listInvites,
  listOwnInvites,
} from './team-invites.ts'
import { addMember, changeRoles, getMembers, removeMembers } from './team-members.ts'
import { createTeam, deleteTeam, getSubTeams, getTeam, getUserTeams, updateTeam } from './teams.ts'

const text = { type: 'String', required: true }
const id = { type: 'ObjectId', required: true }
const ids = { type: ['ObjectId'], required: true }
const named = { middlewares: [requireUser, denyAnonymous] }
const listing = { skip: 'Number', limit: 'Number', search: 'String', sort: 'String' }
const populate = ['String']
const url = { teamId: id }

const path = (rest: string) => `/authentication/teams${rest}`

/** Teams, their members and invitations; there when teams are on. Source: A/handlers/team.ts:831-1155. */
export function teamRoutes({ config }: World): RouteDef[] {
  const { teams } = config.authentication
  if (!teams.enabled) return []
  return [
    {
      method: 'POST',
      path: path(''),
      body: { name: text, addCreatorToTeam: 'Boolean', parentTeam: 'String' },
      ...named,
      handler: createTeam,
    },
    {
      method: 'GET',
      path: path(''),
      query: { ...listing, populate },
      middlewares: [requireUser],
      handler: getUserTeams,
    },
    { method: 'GET', path: path('/invites'), ...named, handler: listOwnInvites },
    {
      method: 'DELETE',
      path: path('/:teamId/members'),
      url,
      query: { members: ids },
      ...named,
      handler: removeMembers,
    },
    { method: 'DELETE', path: path('/:teamId'), url, ...named, handler: deleteTeam },
    {
      method: 'PATCH',
      path: path('/:teamId'),
      url,
      body: { name: text },
      ...named,
      handler: updateTeam,
    },
    {
      method: 'GET',
      path: path('/:teamId'),
      url,
      query: { populate },
      middlewares: [requireUser],
      handler: getTeam,
    },
    {
      method: 'GET',
      path: path('/:teamId/members'),
      url,
      query: listing,
      ...named,
      handler: getMembers,
    },
    {
      method: 'GET',
      path: path('/:teamId/teams'),
      url,
      query: listing,
      ...named,
      handler: getSubTeams,
    },
    { method: 'GET', path: path('/:teamId/invites'), url, ...named, handler: listInvites },
    {
      method: 'PATCH',
      path: path('/:teamId/members'),
      url,
      body: { members: ids, role: text },
      ...named,
      handler: changeRoles,
    },
    {
      method: 'GET',
      path: path('/invite/accept'),
      query: { invitationToken: text },
      ...named,
      handler: acceptInvite,
    },
    {
      method: 'GET',
      path: path('/invite/user/data'),
      query: { invitationToken: text },
      rateLimit: invitationData,
      handler: invitedUserData,
    },
    ...inviteRoutes,
    ...(teams.allowAddWithoutInvite
      ? [
          {
            method: 'POST' as const,
            path: path('/:teamId/add'),
            url,
            body: { role: 'String', userId: id },
            ...named,
            handler: addMember,
          },
        ]
      : []),
  ]
}

const inviteRoutes: RouteDef[] = [
  {
    method: 'POST',
    path: path('/:teamId/invite'),
    url,
    body: { role: text, email: text, redirectUri: 'String', userData: 'JSON' },
    ...named,
    handler: invite,
  },
  {
    method: 'DELETE',
    path: path('/:teamId/invite'),
    url,
    query: { email: text },
    ...named,
    handler: deleteInvite,
  },
  {
    method: 'POST',
    path: path('/:teamId/invite/persistent'),
    url,
    body: { role: text, userData: 'JSON' },
    ...named,
    handler: invitePersistently,
  },
  {
    method: 'DELETE',
    path: path('/:teamId/invite/persistent'),
    url,
    query: { invitationToken: text },
    ...named,
    handler: deletePersistentInvite,
  },
]
