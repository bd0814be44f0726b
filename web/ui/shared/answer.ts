// Which frames answer which of the visitor's own. A tap carries an id, and whatever names that id
// answers it; a place in line, a rating and the notice of another press answer by what they say.

import { isPassing } from "./reduce";
import type { Answer } from "./socket";
import type { ErrorFrame, VisitorEvent, VisitorIn, VisitorKept } from "./wire";

const WAIT_MS = 3_000;

/** Returns the judge of one socket; it remembers which events are history. */
export function visitorAnswers(): (frame: VisitorIn, kept: VisitorKept) => Answer {
  let history = 0;
  return (frame, kept) => {
    switch (frame.t) {
      case "welcome":
        history = frame.seq;
        return "none";
      case "ack":
        return frame.id === kept.id ? "done" : "none";
      case "error":
        return toError(frame, kept);
      case "queue":
        return kept.t === "human" ? "done" : "none";
      case "event":
        if (names(frame.id, kept.id)) return "done";
        return frame.seq > history && happened(frame, kept) ? "done" : "none";
      default:
        return "none";
    }
  };
}

/** An event's id is the client's own, or ends with it: "m:<client id>". */
function names(event: string, client: string): boolean {
  return event === client || event.endsWith(`:${client}`);
}

function toError(frame: ErrorFrame, kept: VisitorKept): Answer {
  if (frame.code === "not_ratable" && kept.t === "rate") return "done";
  if (frame.id !== kept.id) return "none";
  return isPassing(frame) ? { again: frame.retry_ms ?? WAIT_MS } : "done";
}

function happened(event: VisitorEvent, kept: VisitorKept): boolean {
  if (event.kind === "rating") return kept.t === "rate";
  return event.kind === "notice" && event.code === "another_person_asked" && kept.t === "human";
}
