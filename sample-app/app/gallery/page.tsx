import { listPictures } from '@/lib/logic/posts'
import { pageData, pageSession } from '@/lib/page-session'
import { Problem } from '../problem'
import { SiteHeader } from '../site-header'

export default async function GalleryPage() {
  const { vaultKey } = await pageSession()
  const result = await pageData(listPictures(vaultKey))
  return (
    <>
      <SiteHeader current="gallery" />
      <main>
        <h1>Gallery</h1>
        {'problem' in result ? (
          <Problem text={result.problem} />
        ) : (
          <ul className="gallery">
            {result.data.map(({ fileId, postId, title }) => (
              <li key={postId}>
                <figure>
                  <img src={`/api/preview/${fileId}`} alt={`Cover of ${title}`} loading="lazy" />
                  <figcaption>{title}</figcaption>
                </figure>
              </li>
            ))}
          </ul>
        )}
      </main>
    </>
  )
}
