/** The page as the commands see it: frames, preferences, downloads. */
import type { PageEnvironment } from '../state/environment.ts';

/** In a hidden tab there are no animation frames; once a second is enough there. */
const HIDDEN_INTERVAL_MS = 1000;

export function browserEnvironment(): PageEnvironment {
  return {
    requestFrame(callback) {
      if (document.hidden) setTimeout(callback, HIDDEN_INTERVAL_MS);
      else requestAnimationFrame(callback);
    },
    readPreference(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        // Storage may be forbidden (private mode, policy); preferences are a convenience.
        return null;
      }
    },
    writePreference(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        // As above: going on without remembering is right.
      }
    },
    saveFile(fileName, blob) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = fileName;
      link.click();
      // The download has its own reference by the next task.
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    baseUrl: new URL('.', document.baseURI).href,
  };
}
