/** The last net: an error while drawing is explained, with diagnostics to copy, instead of a blank page. */
import { Button, CopyButton } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { serialiseError } from '../core/errors.ts';
import type { WorkbenchState } from '../state/types.ts';
import { diagnosticsText } from './diagnostics.ts';
import classes from './ErrorBoundary.module.css';

interface ErrorBoundaryProps {
  readonly store: StoreApi<WorkbenchState>;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly thrown: { readonly error: unknown; readonly componentStack: string } | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { thrown: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { thrown: { error, componentStack: '' } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.setState({ thrown: { error, componentStack: info.componentStack ?? '' } });
  }

  override render(): ReactNode {
    const { thrown } = this.state;
    if (thrown === null) return this.props.children;
    const error = serialiseError(thrown.error);
    const text = diagnosticsText(
      error,
      thrown.componentStack,
      this.props.store.getState(),
      navigator.userAgent,
    );
    return (
      <main className={classes.page} role="alert">
        <h1 className={classes.title}>The screen could not be drawn</h1>
        <p>{error.message}</p>
        <p>Your files are untouched. Draw the screen again, or copy the diagnostics and report them.</p>
        <div className={classes.buttons}>
          <Button size="sm" onClick={() => this.setState({ thrown: null })}>
            Draw again
          </Button>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button size="sm" variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy diagnostics'}
              </Button>
            )}
          </CopyButton>
        </div>
        <pre className={classes.details}>{text}</pre>
      </main>
    );
  }
}
