/**
 * The example data sets as cards: a true picture of the graph, what can be learned, how large it is. Those that come
 * with the page first; those that must be fetched in a row of their own.
 */
import { useState } from 'react';
import type { DatasetCard } from '../../datasets/cardTypes.ts';
import { useCommands, useStore } from '../useStore.ts';
import { classesText, originText, sizeText, thumbnailAddress } from './cardText.ts';
import classes from './EmptyState.module.css';

export function ExampleCards({ onOpen }: { readonly onOpen?: () => void }) {
  const datasets = useStore((state) => state.catalogue.io?.datasets);
  const commands = useCommands();
  if (datasets === undefined) return <p className={classes.muted}>Reading the list of examples.</p>;
  const open = (card: DatasetCard): void => {
    onOpen?.();
    void commands.openDataset(card.id);
  };
  const bundled = datasets.filter((card) => card.kind === 'bundled');
  const gallery = datasets.filter((card) => card.kind === 'gallery');
  return (
    <>
      <CardList cards={bundled} onOpen={open} />
      {gallery.length > 0 && (
        <>
          <h3 className={classes.galleryHead}>
            Fetched when opened <span className={classes.muted}>{originText(gallery)}</span>
          </h3>
          <CardList cards={gallery} onOpen={open} />
        </>
      )}
    </>
  );
}

interface CardListProps {
  readonly cards: readonly DatasetCard[];
  readonly onOpen: (card: DatasetCard) => void;
}

function CardList({ cards, onOpen }: CardListProps) {
  return (
    <ul className={classes.cards}>
      {cards.map((card) => (
        <li key={card.id}>
          <ExampleCard card={card} onOpen={() => onOpen(card)} />
        </li>
      ))}
    </ul>
  );
}

function ExampleCard({ card, onOpen }: { readonly card: DatasetCard; readonly onOpen: () => void }) {
  const descriptionId = `example-${card.id}`;
  const classesId = `example-${card.id}-classes`;
  return (
    <button
      type="button"
      className={classes.card}
      aria-label={card.title}
      aria-describedby={`${descriptionId} ${classesId}`}
      title={card.about}
      onClick={onOpen}
    >
      <Thumbnail card={card} />
      <span className={classes.cardText}>
        <span className={classes.cardHead}>
          <span className={classes.cardTitle}>{card.title}</span>
          <span id={classesId} className={classes.cardSize}>
            {classesText(card)}
          </span>
        </span>
        <span id={descriptionId} className={classes.cardLines}>
          <span>{card.tagline}</span>
          <span className={classes.cardSize}>{sizeText(card)}</span>
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
