/** Finds nodes by id or text; choosing one selects it and brings it to the centre. */
import { Combobox, Highlight, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type RefObject, useMemo, useState } from 'react';
import { cellText, findColumn } from '../../core/columns.ts';
import { type Graph, nodeId, nodeTypeOf } from '../../core/graph.ts';
import classes from './GraphView.module.css';
import { nodeName } from './nodeName.ts';
import { type NodeMatch, searchNodes } from './searchNodes.ts';

const MAX_MATCHES = 8;
const TYPING_MS = 120;

interface SearchBoxProps {
  readonly graph: Graph;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onPick: (node: number) => void;
  readonly onLeave: () => void;
}

export function SearchBox({ graph, input, onPick, onLeave }: SearchBoxProps) {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, TYPING_MS);
  const matches = useMemo(() => searchNodes(graph, asked, MAX_MATCHES), [graph, asked]);
  const [isWanted, setWanted] = useState(false);
  const isAnswered = asked.trim() !== '' && asked === query;
  const combobox = useCombobox({
    opened: isWanted && isAnswered,
    onOpenedChange: setWanted,
    onDropdownClose: () => combobox.resetSelectedOption(),
  });
  return (
    <Combobox
      store={combobox}
      transitionProps={{ duration: 0 }}
      width={260}
      position="bottom-start"
      onOptionSubmit={(value) => {
        setWanted(false);
        onPick(Number(value));
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={input}
          className={classes.search}
          size="xs"
          role="combobox"
          aria-controls={combobox.listId ?? ''}
          aria-expanded={combobox.dropdownOpened}
          aria-label="Search nodes"
          placeholder="Search nodes"
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setWanted(true);
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => setWanted(true)}
          onBlur={() => setWanted(false)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) combobox.selectFirstOption();
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setQuery('');
            setWanted(false);
            onLeave();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label="Matching nodes">
          {matches.length === 0 && <Combobox.Empty>No node matches</Combobox.Empty>}
          {matches.map((match) => (
            <Combobox.Option key={match.node} value={String(match.node)}>
              <Match graph={graph} match={match} query={asked} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Match({ graph, match, query }: { graph: Graph; match: NodeMatch; query: string }) {
  const id = nodeId(graph, match.node);
  const name = nodeName(graph, match.node, 60);
  const type = nodeTypeOf(graph, match.node);
  const column =
    match.column === null ? undefined : findColumn(graph.nodeTypes[type]?.columns ?? [], match.column);
  const text =
    column === undefined ? name : cellText(column, match.node - (graph.nodeTypePtr[type] as number));
  return (
    <div className={classes.match}>
      <Highlight component="span" size="sm" highlight={query.trim()}>
        {id}
      </Highlight>
      {text !== id && (
        <span className={classes.matchDetail}>
          {match.column === null ? text : `${match.column}: ${text.slice(0, 60)}`}
        </span>
      )}
    </div>
  );
}
