import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import { failureOf } from '../api/failure.ts';
import { useScheme } from '../use-scheme.ts';
import { Failed } from './failed.tsx';
import { Loading } from './loading.tsx';
import { TimelinePicture, useZoom } from './timeline-picture.tsx';

/** The picture of a stored draft, as it is or as it was. */
export function ServerPicture({ id, revision, label }: { id: string; revision: number; label: string }) {
  const api = useApi();
  const zoom = useZoom();
  const theme = useScheme();
  const { data, error, refetch } = useQuery({
    queryKey: ['picture', id, revision, theme, zoom.width],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ revision: String(revision), theme, width: String(zoom.width) });
      const response = await api.fetch(`v1/drafts/${encodeURIComponent(id)}/timeline.svg?${query}`, {
        signal,
      });
      if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined));
      return response.text();
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div ref={zoom.ref}>
      {error !== null ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading lines={3} />
      ) : (
        <TimelinePicture svg={data} label={label} zoom={zoom} />
      )}
    </div>
  );
}
