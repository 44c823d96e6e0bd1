import { listPictures, listTeams } from '@/lib/logic/posts'
import { pageData, pageSession } from '@/lib/page-session'
import { Problem } from '../../problem'
import { SiteHeader } from '../../site-header'
import { NewPostForm } from './new-post-form'

export default async function NewPostPage() {
  const { vaultKey } = await pageSession()
  const result = await pageData(Promise.all([listTeams(vaultKey), listPictures(vaultKey)]))
  return (
    <>
      <SiteHeader current="new" />
      <main className="narrow">
        <h1>Write a post</h1>
        {'problem' in result ? (
          <Problem text={result.problem} />
        ) : (
          <NewPostForm
            teams={result.data[0]}
            covers={[...new Set(result.data[1].map(({ fileId }) => fileId))]}
          />
        )}
      </main>
    </>
  )
}
