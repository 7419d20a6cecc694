import { describe, expect, it } from 'vitest';
import { type KeyPress, keyAction } from './shortcuts.ts';

const inViews: KeyPress = {
  key: ' ',
  hasCommandKey: false,
  hasAlt: false,
  hasShift: false,
  isTyping: false,
  isInViews: true,
  isOnControl: false,
};

describe('keyAction', () => {
  it.each([
    [' ', { kind: 'primary' }],
    ['.', { kind: 'step' }],
    ['Escape', { kind: 'clear' }],
    ['3', { kind: 'view', tab: 'table' }],
    ['5', null],
    ['0', null],
    ['x', null],
    ['?', { kind: 'sheet' }],
  ] as const)('%j in the views', (key, action) => expect(keyAction({ ...inViews, key })).toEqual(action));

  it('leaves single keys alone outside the views, in fields, and Space on a button', () => {
    expect([
      keyAction({ ...inViews, isInViews: false }),
      keyAction({ ...inViews, isTyping: true, key: '1' }),
      keyAction({ ...inViews, isTyping: true, key: '?' }),
      keyAction({ ...inViews, isOnControl: true }),
      keyAction({ ...inViews, hasAlt: true }),
    ]).toEqual([null, null, null, null, null]);
  });

  it('opens the commands from anywhere, also from a field', () => {
    const press = { ...inViews, key: 'K', hasCommandKey: true, isTyping: true, isInViews: false };
    expect(keyAction(press)).toEqual({ kind: 'commands' });
    expect(keyAction({ ...press, key: 's' })).toBeNull();
  });

  it('undoes and does again from anywhere but a field, which undoes its own typing', () => {
    const press = { ...inViews, key: 'z', hasCommandKey: true, isInViews: false };
    expect(keyAction(press)).toEqual({ kind: 'undo' });
    expect(keyAction({ ...press, key: 'Z', hasShift: true })).toEqual({ kind: 'redo' });
    expect(keyAction({ ...press, key: 'y' })).toEqual({ kind: 'redo' });
    expect(keyAction({ ...press, isTyping: true })).toBeNull();
    expect(keyAction({ ...press, hasAlt: true })).toBeNull();
  });
});
