import { useState } from "react";
import { useI18n } from "../i18n/I18n";
import { Marked } from "../records/Marked";
import { beginning } from "../text/limit";
import { pieces } from "../text/links";
import classes from "./Message.module.css";

/** A text as text: nothing in it is ever read as HTML, and only web addresses become links. */
export function MessageText({ text }: { text: string }) {
  const { t } = useI18n();
  const [all, showAll] = useState(false);
  const start = beginning(text);
  const long = start.length < text.length;
  const shown = pieces(all ? text : start);
  return (
    <>
      <p className={classes.text} dir="auto">
        {shown.map((piece, i) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
          if (!piece.href) return <Marked key={i} text={piece.text} />;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
            <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer">
              <Marked text={piece.text} />
            </a>
          );
        })}
        {long && !all && "…"}
      </p>
      {long && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={all}
          onClick={() => showAll(!all)}
        >
          {all ? t.chat.less : t.chat.more}
        </button>
      )}
    </>
  );
}
