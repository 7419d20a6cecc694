/**
 * The look in one place: one accent, Inter, 13 px base, a 4 px grid. Colours of panes, lines and text are CSS variables
 * in `global.css`, so that plain CSS modules and Mantine's parts read the same ones; this file maps Mantine onto them.
 */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Ten steps of one violet; step 6 carries white text at 5.2:1, step 3 carries dark panes' text at 7:1. */
const accent: MantineColorsTuple = [
  '#f3f2ff',
  '#e6e4ff',
  '#cfcbff',
  '#b5afff',
  '#9a92f7',
  '#7d75e8',
  '#5b5bd6',
  '#5151c4',
  '#4646ab',
  '#3a3a8c',
];

/** Mantine's dark greys, tinted like our panes: its fields, menus and borders take them. */
const dark: MantineColorsTuple = [
  '#ededf0',
  '#c9c9d1',
  '#a3a3b0',
  '#7d7d8a',
  '#3c3c47',
  '#2f2f38',
  '#1f1f25',
  '#18181c',
  '#131316',
  '#0e0e11',
];

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        multiline: true,
        maw: 280,
        withArrow: true,
        transitionProps: { duration: 100 },
      },
    },
    Button: { defaultProps: { size: 'compact-sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: {
      defaultProps: {
        size: 'xs',
        allowDeselect: false,
        withAlignedLabels: true,
        comboboxProps: { transitionProps: { duration: 100 }, shadow: 'md' },
      },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
    // The placeholder is a focusable element without a role inside the menu, which axe rightly reports.
    Menu: {
      defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    // Both are `header` elements, which outside sectioning content count as page banners.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Modal: { defaultProps: { transitionProps: { duration: 150, transition: 'fade' } } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } } },
  },
});

/** Points Mantine's own variables at the tokens of `global.css`, in both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--gw-pane)',
    '--mantine-color-text': 'var(--gw-text)',
    '--mantine-color-dimmed': 'var(--gw-muted)',
    '--mantine-color-placeholder': 'var(--gw-muted)',
    '--mantine-color-default': 'var(--gw-field)',
    '--mantine-color-default-hover': 'var(--gw-hover)',
    '--mantine-color-default-border': 'var(--gw-line-strong)',
    '--mantine-color-anchor': 'var(--gw-accent-text)',
    '--mantine-color-error': 'var(--gw-error)',
    '--mantine-line-height': '1.45',
  };
  return { variables: {}, light: shared, dark: shared };
};
