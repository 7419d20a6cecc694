/** Creates and destroys the Cytoscape instance, loaded on first use so that the first paint does without it. */
import type { Core } from 'cytoscape';
import { type RefObject, useEffect, useState } from 'react';

export function useCytoscape(container: RefObject<HTMLDivElement | null>): Core | null {
  const [core, setCore] = useState<Core | null>(null);
  useEffect(() => {
    let isGone = false;
    let created: Core | null = null;
    void import('cytoscape').then(({ default: cytoscape }) => {
      if (isGone || container.current === null) return;
      created = cytoscape({
        container: container.current,
        elements: [],
        style: [],
        layout: { name: 'preset' },
        autoungrabify: true,
        autounselectify: true,
        boxSelectionEnabled: true,
        selectionType: 'single',
      });
      setCore(created);
    });
    return () => {
      isGone = true;
      created?.destroy();
      setCore(null);
    };
  }, [container]);
  return core;
}
