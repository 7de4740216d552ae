import type { Change } from '../../core/app/change-order.ts';
import { linesOf } from '../../core/values/lines.ts';
import type { Texts } from '../../texts/catalogue.ts';

type Typed = { readonly [K in 'name' | 'phone' | 'address']?: string | undefined };

/** What an amendment changed, from its events: `lines 2 Internet + 1 TV; phone 010-9876-5432`. Values are those that were typed. */
export const amendedWords = (
  events: Change['events'],
  typed: Typed,
  { orders }: Pick<Texts, 'orders'>,
): string => {
  const labels = orders.amendedLabels;
  const words = events.flatMap((event): readonly string[] => {
    switch (event.type) {
      case 'OrderAmended':
        return [`${labels.lines} ${orders.lines(linesOf(event.data))}`];
      case 'ContactChanged': {
        const { fields, area } = event.data;
        const contact = fields.flatMap((field) => {
          const value = typed[field];
          return value === undefined ? [] : [`${labels[field]} ${value}`];
        });
        return area === undefined ? contact : [...contact, `${labels.area} ${area ?? orders.noArea}`];
      }
      default:
        return [];
    }
  });
  return words.join('; ');
};
