import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../../core/parameters.ts';
import { checkValue } from './checkValue.ts';

const hidden: ParameterSpec = {
  kind: 'integer',
  id: 'hidden',
  name: 'Hidden units',
  help: '',
  min: 1,
  max: 1024,
  step: 8,
  default: 16,
};

describe('checkValue', () => {
  it('returns the number a person typed', () =>
    expect(checkValue(hidden, '64')).toEqual({ isValid: true, value: 64 }));

  it.each(['0', '1.5', 'many'])('refuses %s with what is allowed', (text) =>
    expect(checkValue(hidden, text)).toEqual({
      isValid: false,
      message: 'Set Hidden units to a whole number from 1 to 1024.',
    }),
  );

  it('refuses an empty field instead of running with a default that is not shown', () =>
    expect(checkValue(hidden, ' ')).toEqual({ isValid: false, message: 'Hidden units is empty.' }));
});
