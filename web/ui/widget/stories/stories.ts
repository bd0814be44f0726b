// Every state of the conversation with fixed data. The names are those of the pictures.

import type { Stage } from "./stage";

/** A story plays until the state it is named after stands. */
export type Story = (s: Stage) => Promise<void> | void;

const ask = (s: Stage) =>
  s.event({
    kind: "message",
    from: "visitor",
    text: s.say("我买的茶壶想退货，怎么办？", "How do I return the teapot I bought?"),
  });

const answer = (s: Stage) =>
  s.event({
    kind: "message",
    from: "bot",
    ai: true,
    text: s.say(
      "签收后七天内可以退货。请打开“我的订单”，按“申请退货”。\n图文步骤：https://shop.example/return",
      "You can return it within seven days. Open “My orders” and press “Return”.\nStep by step: https://shop.example/return",
    ),
  });

const join = (s: Stage) =>
  s.event({ kind: "move", from: "agent", owner: "human", name: s.say("小李", "Mei") });

const spoken = (s: Stage, zh: string, en: string) =>
  s.event({ kind: "message", from: "agent", name: s.say("小李", "Mei"), text: s.say(zh, en) });

/** Asked, answered, and in line. */
async function inLine(s: Stage, queue: object): Promise<void> {
  await s.begin();
  ask(s);
  answer(s);
  s.event({ kind: "move", from: "visitor", owner: "waiting", reason: "button" });
  s.frame({ t: "queue", position: 3, eta: [120, 240], open: true, number: "48210937", ...queue });
  s.pass(1_000);
  await s.settled();
}

async function served(s: Stage): Promise<void> {
  await inLine(s, {});
  join(s);
  spoken(
    s,
    "您好，我是小李。我看到您想退茶壶，不用再说一遍，我马上帮您办。",
    "Hello, I am Mei. I see that you want to return the teapot; no need to tell it again.",
  );
}

async function over(s: Stage): Promise<void> {
  await served(s);
  s.event({ kind: "move", from: "agent", owner: "closed", reason: "closed_by_agent" });
  s.pass(1_000);
}

const AWAY = { open: false, eta: null, position: 1, opens_at: "2026-11-24T01:00:00Z" };

/** All of them, in the order of a conversation. */
export const STORIES: Readonly<Record<string, Story>> = {
  launcher: () => {},
  unread: async (s) => {
    await served(s);
    s.widget.close();
    spoken(s, "办好了，请您看一下。", "It is done, please have a look.");
    s.pass(1_000);
  },
  connecting: (s) => {
    s.widget.open();
    s.pass(2_000);
  },
  greeting: (s) => s.begin(),
  thinking: async (s) => {
    await s.begin();
    ask(s);
  },
  growing: async (s) => {
    await s.begin();
    ask(s);
    s.frame({
      t: "delta",
      stream: "g1",
      ai: true,
      at: 0,
      text: s.say(
        "签收后七天内可以退货。请打开“我的订单”，按“申请",
        "You can return it within seven days. Open “My orders” and pr",
      ),
    });
  },
  answered: async (s) => {
    await s.begin();
    ask(s);
    answer(s);
  },
  writing: async (s) => {
    await s.begin();
    s.write(
      s.say(
        "壶盖磕掉了一小块，盒子我还留着。\n能换一个吗？",
        "The lid is chipped; I kept the box.\nCan I get another?",
      ),
      false,
    );
  },
  asking: async (s) => {
    await s.begin();
    s.press(".human");
  },
  waiting: (s) => inLine(s, {}),
  "waiting-first": (s) => inLine(s, { position: 1, eta: null }),
  "waiting-longer": (s) =>
    inLine(s, { position: 9, eta: [900, 1500], why: "fewer_agents", full: true }),
  "waiting-near": (s) => inLine(s, { position: 1, eta: [10, 40], near: true }),
  "waiting-nobody": (s) => inLine(s, { unstaffed: true, eta: null }),
  "desk-closed": (s) => inLine(s, AWAY),
  "call-form": async (s) => {
    await inLine(s, AWAY);
    s.press(".beside > .quiet:not([hidden])");
  },
  "call-promised": async (s) => {
    await inLine(s, AWAY);
    s.event({
      kind: "callback",
      from: "visitor",
      reason: "asked",
      phone: "138••••0000",
      when: "2026-11-24T01:00:00Z",
      number: "48210937",
    });
    s.pass(1_000);
  },
  "person-joined": served,
  "person-typing": async (s) => {
    await served(s);
    s.event({ kind: "message", from: "visitor", text: s.say("谢谢你", "thank you") });
    s.event({ kind: "read", from: "agent", upto: 6 });
    s.frame({ t: "typing", from: "agent" });
    s.pass(1_000);
  },
  "person-lost": async (s) => {
    await served(s);
    s.event({ kind: "move", from: "system", owner: "waiting", reason: "agent_lost" });
    s.frame({ t: "queue", position: 1, eta: [20, 50], open: true, number: "48210937" });
    s.pass(1_000);
  },
  "another-asked": async (s) => {
    await served(s);
    s.event({ kind: "notice", from: "system", code: "another_person_asked" });
  },
  offered: async (s) => {
    await s.begin();
    ask(s);
    answer(s);
    const text = s.say(
      "同样的问题您问了两次，要不要请客服人员来帮您？",
      "You asked this twice. Would you like a person to help?",
    );
    s.event({
      kind: "decision",
      from: "system",
      action: "offer",
      reason: "repeated",
      offer: "of-1",
      text,
    });
    await s.settled();
  },
  "offer-declined": async (s) => {
    await STORIES.offered?.(s);
    s.press(".asked .quiet:last-child");
    s.event({ kind: "answer", from: "visitor", offer: "of-1", yes: false });
  },
  "large-offered": async (s) => {
    await s.begin();
    ask(s);
    const text = s.say(
      "您可以慢慢来，我们会说得更简单一些。",
      "Take your time; we keep it simpler.",
    );
    s.event({
      kind: "decision",
      from: "system",
      action: "assist",
      reason: "needs_more_time",
      text,
    });
    answer(s);
    await s.settled();
  },
  "long-answer": async (s) => {
    await s.begin();
    ask(s);
    const text = s.say(
      "可以退。先打开“我的订单”。再按“申请退货”。填上原因。把茶壶包好。快递员会上门来取。收到后三天内退款。",
      "You can. Open “My orders”. Press “Return”. Say why. Pack the teapot well. A courier comes for it. You get the money within three days.",
    );
    s.event({ kind: "message", from: "bot", ai: true, text });
  },
  suggested: async (s) => {
    await s.begin();
    ask(s);
    const text = s.say(
      "这个问题我还不会回答，您可以点“转人工”，请客服人员帮您。",
      "I'm sorry, I don't know the answer to that, but a person can help you.",
    );
    const suggest = [
      s.say("怎么退货", "How do I return something"),
      s.say("退款多久到账", "How long does a refund take"),
      s.say(
        "东西收到时是坏的，能不能换一个新的给我",
        "It was broken when it came, can I get a new one instead of it",
      ),
    ];
    s.event({ kind: "message", from: "bot", ai: true, text, suggest });
    await s.settled();
  },
  stuck: async (s) => {
    await s.begin();
    ask(s);
    s.event({ kind: "move", from: "system", owner: "waiting", reason: "failed_turns" });
    s.frame({ t: "queue", position: 2, eta: [30, 90], open: true });
    s.pass(1_000);
  },
  refused: async (s) => {
    await s.begin();
    s.write(s.say("在吗", "hello?"));
    const message = s.say(
      "这条信息里没有可以看到的文字，没有发出。请写几个字再发送。",
      "There is nothing to read in this message. Please write a few words and send it again.",
    );
    s.frame({ t: "error", code: "bad_text", message, id: "id1" });
  },
  "too-long": async (s) => {
    await s.begin();
    s.write("字".repeat(3_000));
  },
  offline: async (s) => {
    await s.begin();
    ask(s);
    s.drop();
    s.write(s.say("还在吗", "are you there"));
    s.pass(20_000);
  },
  "asked-offline": async (s) => {
    await s.begin();
    s.drop();
    s.press(".human");
    s.pass(3_000);
  },
  stopped: async (s) => {
    await s.begin();
    s.drop(3501);
    s.pass(1_000);
  },
  problem: async (s) => {
    await s.begin();
    const message = s.say(
      "服务器出了一点问题。请再试一次。",
      "Something went wrong. Please try again.",
    );
    s.frame({ t: "error", code: "internal", message });
  },
  "end-for-silence": async (s) => {
    await served(s);
    s.frame({ t: "idle", warn: true, left_ms: 120_000 });
  },
  "end-asked": async (s) => {
    await served(s);
    s.press(".links .link:last-child");
  },
  "bot-asked": async (s) => {
    await served(s);
    s.press(".links .link");
  },
  more: async (s) => {
    await served(s);
    s.press(".more");
  },
  "more-end": async (s) => {
    await served(s);
    s.press(".more");
    const sheet = s.find(".sheet");
    sheet.scrollTop = sheet.scrollHeight;
  },
  largest: async (s) => {
    await served(s);
    s.press(".more");
    s.press(".step:last-child");
    s.press(".top .primary");
  },
  closed: over,
  unsolved: async (s) => {
    await over(s);
    s.press(".rating:not([hidden]) .quiet:last-child");
  },
  stars: async (s) => {
    await over(s);
    s.press(".rating:not([hidden]) .quiet");
  },
  rated: async (s) => {
    await over(s);
    s.event({ kind: "rating", from: "visitor", score: 5 });
  },
  hostile: async (s) => {
    await s.begin("human");
    const name = "<img src=x onerror=alert(1)>‮evil‮";
    s.event({ kind: "move", from: "agent", owner: "human", name });
    const text = `<script>alert(1)</script> javascript:alert(1) ${"W".repeat(300)} https://a.example/${"x".repeat(90)}`;
    s.event({ kind: "message", from: "agent", name, text });
    s.event({
      kind: "message",
      from: "visitor",
      text: "𝕳𝖊𝖑𝖑𝖔 \u{202e}أهلا\u{202c} 👩‍👩‍👧‍👦".repeat(8),
    });
  },
  "long-history": async (s) => {
    await served(s);
    for (let n = 0; n < 12; n += 1) {
      spoken(s, `第 ${n + 1} 步：按右上角的“更多”。`, `Step ${n + 1}: press “More” at the top.`);
    }
    const scroller = s.find(".scroller");
    scroller.scrollTop = 0;
    scroller.dispatchEvent(new Event("scroll"));
    spoken(s, "都看清楚了吗？", "Is everything clear?");
  },
};
