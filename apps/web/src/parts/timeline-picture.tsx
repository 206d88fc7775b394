import { ActionIcon, Box, Group, Text, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import { useTexts } from '../language/language.tsx';
import { TEXTS } from './texts.ts';

const MIN_PX = 320;
/** Before its place is known. */
const DEFAULT_PX = 640;
/** As wide as the server draws it. */
const MAX_PX = 100_000;
const STEP = 1.5;

/** How large a picture is asked for and shown. */
export interface Zoom {
  /** Put on what holds the picture: at first it is as wide as that. */
  ref: Ref<HTMLDivElement>;
  /** In pixels. */
  width: number;
  /** How many times wider than its place; 1 at first. */
  factor: number;
  setFactor(factor: number): void;
}

/** Zoom of a picture in its place. */
export function useZoom(): Zoom {
  const { ref, width: place } = useElementSize<HTMLDivElement>();
  const [factor, setFactor] = useState(1);
  // A little change of the place, as by a scroll bar, is no reason to draw anew.
  const base = Math.max(MIN_PX, Math.ceil(place / 40) * 40 || DEFAULT_PX);
  const width = Math.min(MAX_PX, Math.round(base * factor));
  return { ref, width, factor, setFactor: (next) => setFactor(Math.min(MAX_PX / base, Math.max(1, next))) };
}

/**
 * The drawing of a timeline. It is drawn anew for each width, so that its words keep their size; the keys + - 0 zoom
 * and the arrows move when it has the focus.
 */
export function TimelinePicture({
  svg,
  label,
  zoom,
  children,
}: {
  svg: string;
  label: string;
  zoom: Zoom;
  children?: ReactNode;
}) {
  const say = useTexts(TEXTS);
  const { width, factor, setFactor } = zoom;
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef(width);
  useLayoutEffect(() => {
    // What one looks at stays in the middle.
    const { scrollLeft = 0, clientWidth = 0 } = place.current ?? {};
    const middle = ((scrollLeft + clientWidth / 2) * width) / drawn.current;
    if (width !== drawn.current) place.current?.scrollTo({ left: middle - clientWidth / 2 });
    drawn.current = width;
  }, [width]);
  const keys: Record<string, number> = { '+': factor * STEP, '=': factor * STEP, '-': factor / STEP, '0': 1 };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keys[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setFactor(next);
  };
  return (
    <Box>
      <Group justify="space-between" mb="xs" gap="xs">
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
        <Group gap={4}>
          <ZoomButton
            icon="minus"
            label={say('zoomOut')}
            isOff={factor === 1}
            onClick={() => setFactor(factor / STEP)}
          />
          <ZoomButton icon="fit" label={say('zoomFit')} isOff={factor === 1} onClick={() => setFactor(1)} />
          <ZoomButton
            icon="plus"
            label={say('zoomIn')}
            isOff={width >= MAX_PX}
            onClick={() => setFactor(factor * STEP)}
          />
        </Group>
      </Group>
      <Box
        ref={place}
        tabIndex={0}
        role="group"
        aria-label={say('zoomKeys')}
        onKeyDown={onKeyDown}
        style={{
          overflowX: 'auto',
          borderRadius: 'var(--mantine-radius-sm)',
          border: '1px solid var(--page-line)',
        }}
      >
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
          alt={label}
          style={{ display: 'block', width: factor === 1 ? '100%' : width, maxWidth: 'none' }}
        />
      </Box>
    </Box>
  );
}

function ZoomButton(props: { icon: IconName; label: string; isOff: boolean; onClick: () => void }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        variant="default"
        size="sm"
        aria-label={props.label}
        onClick={props.onClick}
        disabled={props.isOff}
      >
        <Icon name={props.icon} size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
