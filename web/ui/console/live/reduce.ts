import type {
  AgentEvent,
  AgentIn,
  ErrorFrame,
  OfferBody,
  OfferGone,
  SessionFrame,
  Snapshot,
} from "../../shared/wire";
import { isKept, openActs, refusedAct } from "./acts";
import { ifChat, withChat, withNotice, without } from "./change";
import { missing, withEvent, withHead, withTyping } from "./chat";
import { onLocal } from "./local";
import type { Action, Desk, Local, Offered } from "./state";
import { asWatched, keptChats, namesOf, namesWith, stillWatched, watchedBeside } from "./watch";

/** The desk after one frame of the server or one act of the agent. Pure; now is in ms. */
export function reduce(desk: Desk, action: Action, now: number): Desk {
  if (isLocal(action)) return onLocal(desk, action, now);
  const acts = openActs(desk.acts, action, desk.agent?.id);
  return onFrame(acts === desk.acts ? desk : { ...desk, acts }, action, now);
}

function isLocal(action: Action): action is Local {
  return action.t.startsWith("local.");
}

function onFrame(desk: Desk, action: AgentIn, now: number): Desk {
  switch (action.t) {
    case "snapshot":
      return onSnapshot(desk, action, now);
    case "session":
      return onSession(desk, action, now);
    case "event":
      return onEvent(desk, action, now);
    case "offer":
      return { ...desk, offers: addOffer(desk.offers, offered(action, now)) };
    case "offer_gone":
      return onOfferGone(desk, action);
    case "queues":
      return { ...desk, lines: action.queues, linesAt: now, calls: action.calls ?? 0 };
    case "seat":
      return settled({ ...desk, seat: action.seat, seatAt: now });
    case "seats":
      return { ...desk, roster: action, people: namesOf(desk.people, action.seats) };
    case "callbacks":
      return { ...desk, callbacks: action, callbacksAt: now };
    case "consult":
      return {
        ...desk,
        consults: [...desk.consults.filter((c) => c.session !== action.session), action],
      };
    case "typing":
      return ifChat(desk, action.session, (chat) => withTyping(chat, now));
    case "error":
      return onError(desk, action);
    case "bye":
      return action.code === "restart" ? { ...desk, link: "restarting" } : desk;
    case "ack":
    case "pong":
      return desk; // the event says what an ack says, and more
  }
}

function onSnapshot(desk: Desk, frame: Snapshot, now: number): Desk {
  const chats = keptChats(desk);
  for (const head of frame.sessions) {
    chats[head.session] = { ...withHead(undefined, head, now), seen: seenOf(desk, head.session) };
  }
  return settled({
    ...desk,
    link: "online",
    agent: frame.agent,
    seat: frame.seat,
    seatAt: now,
    watched: watchedBeside(desk, frame.sessions),
    limits: frame.limits,
    chats,
    offers: frame.offers.map((offer) => offered(offer, now)),
    lines: frame.queues,
    linesAt: now,
  });
}

function onEvent(desk: Desk, event: AgentEvent, now: number): Desk {
  const watched = event.kind === "move" ? stillWatched(desk, event) : desk.watched;
  const next = ifChat(desk, event.session, (chat) => withEvent(chat, event, now));
  const unsent = without(next.unsent, event.id);
  const people = namesWith(desk.people, event);
  return rebuilt({ ...next, unsent, watched, people }, event.session, now);
}

function onSession(desk: Desk, frame: SessionFrame, now: number): Desk {
  const { t: _, ...head } = frame;
  const next = withChat(desk, head.session, (chat) => {
    const anew = chat?.stale ? { ...withHead(undefined, head, now), seen: chat.seen } : undefined;
    return asWatched(desk, anew ?? withHead(chat, head, now, desk.agent?.id));
  });
  const offers = desk.offers.filter((offer) => offer.session !== head.session);
  return rebuilt({ ...next, offers }, head.session, now);
}

/** When a log is back after a failover, what this agent wrote and it lacks is to be sent again. */
function rebuilt(desk: Desk, session: string, now: number): Desk {
  const chat = desk.chats[session];
  const lost = chat && missing(chat);
  if (!lost) return desk;
  const { rebuild: _, ...whole } = chat;
  const unsent = lost.map((frame) => ({ frame, at: now }));
  return { ...withChat(desk, session, () => whole), unsent: [...desk.unsent, ...unsent] };
}

function onOfferGone(desk: Desk, frame: OfferGone): Desk {
  const gone = desk.offers.find((offer) => offer.offer === frame.offer);
  const next = { ...desk, offers: desk.offers.filter((offer) => offer.offer !== frame.offer) };
  if (!gone || gone.answer === "decline") return next;
  if (frame.code === "accepted") return next;
  return withNotice(next, { about: "gone", code: frame.code });
}

function onError(desk: Desk, frame: ErrorFrame): Desk {
  const retried = frame.retry_ms !== undefined;
  const failure = { code: frame.code, message: frame.message };
  if (frame.id && desk.unsent.some((unsent) => unsent.frame.id === frame.id)) {
    if (retried) return desk; // the socket sends it again by itself
    const unsent = desk.unsent.map((u) => (u.frame.id === frame.id ? { ...u, failure } : u));
    return { ...desk, unsent };
  }
  if (retried && desk.acts.some((act) => act.id === frame.id && isKept(act))) return desk;
  const refused = refusedAct(desk.acts, frame);
  if (refused) {
    const next = { ...desk, acts: refused.acts };
    if (refused.tell === undefined) return next;
    return withNotice(unwatched(next, desk, frame), {
      about: "error",
      ...failure,
      code: refused.tell,
    });
  }
  // A read or typing that crossed the end of a chat: there is nothing to do about it.
  if (!frame.id && (frame.code === "no_session" || frame.code === "not_yours")) return desk;
  const offers = desk.offers.map(({ answer: _, ...offer }) => offer);
  return withNotice(settled({ ...desk, offers }), { about: "error", ...failure });
}

/** What may not be watched is not on the list of what is. */
function unwatched(desk: Desk, before: Desk, { id }: ErrorFrame): Desk {
  const act = before.acts.find((one) => one.id === id && one.t === "watch");
  return act ? reduce(desk, { t: "local.forget", session: act.session }, 0) : desk;
}

function settled({ wanted: _, ...desk }: Desk): Desk {
  return desk;
}

function offered(offer: OfferBody, now: number): Offered {
  return { ...offer, until: now + offer.left_ms, receivedAt: now };
}

function addOffer(offers: readonly Offered[], offer: Offered): Offered[] {
  return [...offers.filter((other) => other.offer !== offer.offer), offer];
}

function seenOf(desk: Desk, session: string): number {
  return desk.chats[session]?.seen ?? 0;
}
