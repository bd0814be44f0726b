import { lostActs } from "./acts";
import { ifChat, withNotice, without } from "./change";
import type { Desk, Local, Offered } from "./state";

/** The desk after something that happened in the page itself. */
export function onLocal(desk: Desk, action: Local, now: number): Desk {
  switch (action.t) {
    case "local.link":
      return onLink(desk, action);
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
    case "local.forget":
      return forgotten(desk, action.session);
    case "local.answered":
      return {
        ...desk,
        consults: desk.consults.filter((consult) => consult.session !== action.session),
      };
    case "local.watch":
      return { ...desk, watched: { ...desk.watched, [action.session]: action.as } };
    case "local.act":
      return { ...desk, acts: [...desk.acts.filter(({ id }) => id !== action.act.id), action.act] };
    case "local.forgetAct":
      return { ...desk, acts: desk.acts.filter(({ id }) => id !== action.id) };
    case "local.dismiss":
      return { ...desk, notices: desk.notices.filter((notice) => notice.key !== action.key) };
  }
}

function onLink(desk: Desk, { link }: Local & { t: "local.link" }): Desk {
  const said = desk.link === "restarting" && (link === "offline" || link === "connecting");
  const next = said ? desk : { ...desk, link };
  if (link === "online") return next;
  const { lost, kept } = lostActs(desk.acts);
  if (lost.length === 0) return next;
  return withNotice({ ...next, acts: kept }, { about: "error", code: "cut_off" });
}

function forgotten(desk: Desk, session: string): Desk {
  const { [session]: _, ...chats } = desk.chats;
  const { [session]: __, ...watched } = desk.watched;
  return { ...desk, chats, watched };
}

function answered(offers: readonly Offered[], id: string, answer: "accept" | "decline"): Offered[] {
  return offers.map((offer) => (offer.offer === id ? { ...offer, answer } : offer));
}
