import type {
  AgentEvent,
  ErrorFrame,
  OfferBody,
  OfferGone,
  SessionFrame,
  Snapshot,
} from "../../shared/wire";
import { missing, withEvent, withHead, withTyping } from "./chat";
import type { Action, Chat, Desk, Notice, Offered } from "./state";

/** The desk after one frame of the server or one act of the agent. Pure; now is in ms. */
export function reduce(desk: Desk, action: Action, now: number): Desk {
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
      return { ...desk, lines: action.queues, linesAt: now };
    case "seat":
      return settled({ ...desk, seat: action.seat });
    case "seats":
      return { ...desk, roster: action };
    case "callbacks":
      return { ...desk, callbacks: action };
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
    default:
      return onLocal(desk, action, now);
  }
}

type LocalAction = Extract<Action, { t: `local.${string}` }>;

function onLocal(desk: Desk, action: LocalAction, now: number): Desk {
  switch (action.t) {
    case "local.link":
      return desk.link === "restarting" &&
        (action.link === "offline" || action.link === "connecting")
        ? desk
        : { ...desk, link: action.link };
    case "local.presence":
      return { ...desk, wanted: action.status };
    case "local.answer":
      return { ...desk, offers: answered(desk.offers, action.offer, action.answer) };
    case "local.write":
      return {
        ...desk,
        unsent: [...without(desk.unsent, action.frame.id), { frame: action.frame, at: now }],
      };
    case "local.drop":
      return { ...desk, unsent: without(desk.unsent, action.id) };
    case "local.seen":
      return ifChat(desk, action.session, (chat) =>
        chat.seen >= action.seq ? chat : { ...chat, seen: action.seq },
      );
    case "local.forget": {
      const { [action.session]: _, ...chats } = desk.chats;
      return { ...desk, chats };
    }
    case "local.answered":
      return {
        ...desk,
        consults: desk.consults.filter((consult) => consult.session !== action.session),
      };
    case "local.dismiss":
      return { ...desk, notices: desk.notices.filter((notice) => notice.key !== action.key) };
  }
}

function onSnapshot(desk: Desk, frame: Snapshot, now: number): Desk {
  const chats: Record<string, Chat> = {};
  for (const { frame: text } of desk.unsent) {
    // A chat that went to somebody else stays as long as it holds a text nobody has received.
    const chat = desk.chats[text.session];
    if (chat) chats[text.session] = { ...chat, head: { ...chat.head, owner: "waiting" } };
  }
  for (const head of frame.sessions) {
    chats[head.session] = { ...withHead(undefined, head, now), seen: seenOf(desk, head.session) };
  }
  return settled({
    ...desk,
    link: "online",
    agent: frame.agent,
    seat: frame.seat,
    limits: frame.limits,
    chats,
    offers: frame.offers.map((offer) => offered(offer, now)),
    lines: frame.queues,
    linesAt: now,
  });
}

function onEvent(desk: Desk, event: AgentEvent, now: number): Desk {
  const next = ifChat(desk, event.session, (chat) => withEvent(chat, event, now));
  return rebuilt({ ...next, unsent: without(next.unsent, event.id) }, event.session, now);
}

function onSession(desk: Desk, frame: SessionFrame, now: number): Desk {
  const { t: _, ...head } = frame;
  const next = withChat(desk, head.session, (chat) => withHead(chat, head, now, desk.agent?.id));
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
  // A read or typing that crossed the end of a chat: there is nothing to do about it.
  if (!frame.id && (frame.code === "no_session" || frame.code === "not_yours")) return desk;
  const offers = desk.offers.map(({ answer: _, ...offer }) => offer);
  return withNotice(settled({ ...desk, offers }), { about: "error", ...failure });
}

/** The newest three are enough to read; a repeated one is said once. */
function withNotice(desk: Desk, notice: Omit<Notice, "key">): Desk {
  const others = desk.notices.filter((other) => other.code !== notice.code);
  const noticeKey = desk.noticeKey + 1;
  return { ...desk, noticeKey, notices: [...others, { ...notice, key: noticeKey }].slice(-3) };
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

function answered(offers: readonly Offered[], id: string, answer: "accept" | "decline"): Offered[] {
  return offers.map((offer) => (offer.offer === id ? { ...offer, answer } : offer));
}

function without(unsent: Desk["unsent"], id: string): Desk["unsent"] {
  return unsent.some((text) => text.frame.id === id)
    ? unsent.filter((text) => text.frame.id !== id)
    : unsent;
}

function seenOf(desk: Desk, session: string): number {
  return desk.chats[session]?.seen ?? 0;
}

function withChat(desk: Desk, id: string, change: (chat: Chat | undefined) => Chat): Desk {
  return { ...desk, chats: { ...desk.chats, [id]: change(desk.chats[id]) } };
}

function ifChat(desk: Desk, id: string, change: (chat: Chat) => Chat): Desk {
  const chat = desk.chats[id];
  return chat ? withChat(desk, id, () => change(chat)) : desk;
}
