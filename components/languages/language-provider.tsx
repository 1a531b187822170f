'use client';

import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { sessionAt } from '@/lib/client/page/session-address';
import { chosenIn, type Language } from '@/lib/texts/languages';

interface LanguageParts {
  readonly Provider: ComponentType<{ readonly children: ReactNode }>;
  /** Draws nothing: the page waits for the texts that load later. */
  readonly Later: ComponentType;
}

const nothing = () => () => null;

const EnglishLater = dynamic(() => import('@/lib/texts/en/later-texts').then(nothing));

// Each is a chunk of its own, which the server's markup has the browser fetch together with the page's code.
const LANGUAGES: Readonly<Record<Language, LanguageParts>> = {
  en: {
    Provider: dynamic(async () => (await import('./english')).English),
    Later: EnglishLater,
  },
  de: {
    Provider: dynamic(async () => (await import('./german')).German),
    Later: dynamic(() => import('@/lib/texts/de/later-texts').then(nothing)),
  },
  'ar-XB': {
    Provider: dynamic(async () => (await import('./pseudo')).Pseudo),
    Later: EnglishLater,
  },
};

interface Props {
  readonly language: Language;
  readonly children: ReactNode;
}

/** Gives all below it the texts of a language. */
export function LanguageProvider({ language, children }: Props) {
  // Another language would mount all anew, so the page keeps the one that it began with until it is loaded again.
  const [first] = useState(language);
  useReloadInOther();
  const { Provider, Later } = LANGUAGES[first];
  const pathname = usePathname();
  // A stored chat opens what needs them only when asked; all other pages say them at once.
  const [saysMore] = useState(pathname !== '/' && sessionAt(pathname) === null);
  return (
    <>
      {saysMore && <Later />}
      <Provider>{children}</Provider>
    </>
  );
}

/** Another tab may choose a language meanwhile: what the server draws from then on is in that one. */
function useReloadInOther(): void {
  useEffect(() => {
    const chosen = chosenIn(document.cookie);
    const look = () => {
      if (!document.hidden && chosenIn(document.cookie) !== chosen) window.location.reload();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
