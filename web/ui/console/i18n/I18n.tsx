import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { pickLanguage } from "../../shared/i18n";
import { readSetting, writeSetting } from "../settings/kept";
import { catalogs, type Language, languages } from "./language";
import type { Catalog } from "./zh-CN";

interface I18n {
  t: Catalog;
  lang: Language;
  setLang: (lang: Language) => void;
}

const Context = createContext<I18n | null>(null);

/** Gives the words of the chosen language to everything below. */
export function I18nProvider({ children }: { children: ReactNode }) {
  const [lang, choose] = useState(() =>
    pickLanguage([readSetting("lang"), navigator.language], languages, "en"),
  );
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  const value = useMemo(() => {
    const setLang = (next: Language) => {
      writeSetting("lang", next);
      choose(next);
    };
    return { t: catalogs[lang], lang, setLang };
  }, [lang]);
  return <Context value={value}>{children}</Context>;
}

/** The words of the chosen language, and the way to choose another. */
export function useI18n(): I18n {
  const i18n = useContext(Context);
  if (!i18n) throw new Error("useI18n needs an I18nProvider above it");
  return i18n;
}
