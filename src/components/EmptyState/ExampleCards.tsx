/** The example data sets as cards: a true picture of the graph, what can be learned, how large it is. */
import { useState } from 'react';
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { useCommands, useStore } from '../useStore.ts';
import { downloadText, sizeText, thumbnailAddress } from './cardText.ts';
import classes from './EmptyState.module.css';

export function ExampleCards({ onOpen }: { readonly onOpen?: () => void }) {
  const datasets = useStore((state) => state.catalogue.io?.datasets);
  const commands = useCommands();
  if (datasets === undefined) return <p className={classes.muted}>Reading the list of examples.</p>;
  return (
    <ul className={classes.cards}>
      {datasets.map((card) => (
        <li key={card.id}>
          <ExampleCard
            card={card}
            onOpen={() => {
              onOpen?.();
              void commands.openDataset(card.id);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function ExampleCard({ card, onOpen }: { readonly card: DatasetCard; readonly onOpen: () => void }) {
  const download = downloadText(card);
  const descriptionId = `example-${card.id}`;
  return (
    <button
      type="button"
      className={classes.card}
      aria-label={card.title}
      aria-describedby={descriptionId}
      onClick={onOpen}
    >
      <Thumbnail card={card} />
      <span className={classes.cardText}>
        <span className={classes.cardTitle}>{card.title}</span>
        <span id={descriptionId} className={classes.cardLines}>
          <span>{card.tagline}</span>
          <span className={classes.muted}>{sizeText(card)}</span>
          {download !== null && <span className={classes.muted}>{download}</span>}
        </span>
      </span>
    </button>
  );
}

/** Without a picture the card is text only: no glyph stands in for a graph it does not show. */
function Thumbnail({ card }: { readonly card: DatasetCard }) {
  const [isMissing, setMissing] = useState(false);
  const address = thumbnailAddress(card, import.meta.env.BASE_URL);
  if (address === null || isMissing) return null;
  return (
    <img className={classes.thumbnail} src={address} alt="" loading="lazy" onError={() => setMissing(true)} />
  );
}
