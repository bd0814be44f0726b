import { visitorTag } from "../live/select";
import classes from "./Avatar.module.css";

/** Two characters of the session's number on a colour of its own, to tell chats apart at a glance. */
export function Avatar({ session }: { session: string }) {
  const tag = visitorTag(session);
  const tint = [...tag].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 6;
  return (
    <span className={classes.avatar} data-tint={tint} aria-hidden="true">
      {tag.slice(0, 2)}
    </span>
  );
}
