/** Size of an element in CSS px and the device pixel ratio, reported now and whenever either changes. */
import { useEffect, useEffectEvent } from 'react';
import type { Size } from './viewport.ts';

/** Reports again for another `target`; nothing while there is no element or target, or the element has no size. */
export function useCanvasSize<T extends object>(
  element: HTMLElement | null,
  target: T | null,
  onSize: (target: T, size: Size, dpr: number) => void,
): void {
  const report = useEffectEvent(onSize);
  useEffect(() => {
    if (element === null || target === null) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) report(target, { width, height }, window.devicePixelRatio || 1);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    // A move to another screen changes the ratio without changing the size.
    const ratio = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    ratio.addEventListener('change', measure);
    return () => {
      observer.disconnect();
      ratio.removeEventListener('change', measure);
    };
  }, [element, target]);
}
