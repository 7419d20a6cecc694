/** The list of keys, as a dialog. */
import { Kbd, Modal } from '@mantine/core';
import { useOverlay } from '../useOverlay.ts';
import classes from './Shortcuts.module.css';
import { SHORTCUTS } from './shortcuts.ts';

const PLACES = { views: 'in the views', graph: 'in the graph', table: 'in the table' } as const;

export function ShortcutSheet() {
  const overlay = useOverlay();
  return (
    <Modal
      opened={overlay.open === 'shortcuts'}
      onClose={() => overlay.show(null)}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <table className={classes.sheet}>
        <tbody>
          {SHORTCUTS.map((shortcut) => (
            <tr key={shortcut.what}>
              <th scope="row">
                {shortcut.keys.map((key) =>
                  key === '…' ? <span key={key}> … </span> : <Kbd key={key}>{key}</Kbd>,
                )}
              </th>
              <td>
                {shortcut.what}
                {shortcut.where !== null && <span className={classes.where}> {PLACES[shortcut.where]}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
