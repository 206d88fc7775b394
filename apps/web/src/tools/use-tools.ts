import { useEffect, useState } from 'react';
import { ApiError } from '../api.ts';
import { listTools, type Tool } from './list-tools.ts';

/** The tools of the plugin, or why they cannot be had; nothing while they are on their way. */
export function useTools(): Tool[] | ApiError | undefined {
  const [tools, setTools] = useState<Tool[] | ApiError>();
  useEffect(() => {
    const controller = new AbortController();
    listTools(controller.signal).then(setTools, (error: unknown) => {
      if (!controller.signal.aborted)
        setTools(error instanceof ApiError ? error : new ApiError(0, String(error)));
    });
    return () => controller.abort();
  }, []);
  return tools;
}
