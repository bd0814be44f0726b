// Fails when a sentence for visitors uses a word of the trade (W24). Looked at are the values of every
// catalogue of the widget; docs and code may say what they like.
import { readdir, readFile } from "node:fs/promises";

const ROOT = new URL("../widget/", import.meta.url);

/** What visitors do not say, and what to say instead. */
const STOP = [
  [/会话|會話/, "聊天"],
  [/坐席|座席/, "客服人员"],
  [/工单|工單/, "问题"],
  [/队列|佇列|路由|接入|升级处理|會談/, "排队、转人工"],
  [/机器人|機器人/, "AI 智能助手"],
  [/智能客服(?!人)/, "AI 智能助手"],
  [/用户|用戶|使用者|客户|客戶/, "您"],
  [/语料|意图|置信/, "a plain sentence"],
  [/\bsessions?\b/i, "chat"],
  [/\btickets?\b/i, "question"],
  [/\bqueued?\b|\bqueues\b/i, "line"],
  [/\bagents?\b/i, "person, team member"],
  [/\bescalat\w+|\bhand-?offs?\b|\brout(e|ed|ing)\b/i, "a person answers"],
  [/\b(chat)?bots?\b/i, "AI assistant"],
  [/\busers?\b|\bcustomers?\b/i, "you"],
  [/\btimed? ?out\b|\bidle\b|\binactiv\w+/i, "no new message"],
  [/\bsocket|\bserver error|\bstatus code/i, "what happened and what to press"],
];

let bad = 0;
const files = await readdir(ROOT, { recursive: true });
for (const file of files.filter((name) => /(\bi18n\/(zh-CN|zh-TW|en)|Words)\.ts$/.test(name))) {
  const source = await readFile(new URL(file, ROOT), "utf8");
  const lines = source.split("\n");
  for (const [nth, line] of lines.entries()) {
    // A comment or an import is no sentence; a name before the colon is none either.
    const said = [
      ...line.replace(/^\s*(\/\*|\*|\/\/|import\b).*/, "").matchAll(/"((?:[^"\\]|\\.)*)"/g),
    ];
    const sentence = said
      .map(([, text]) =>
        JSON.parse(`"${text}"`)
          .replaceAll("\u2060", "")
          .replace(/\{\w+\}/g, ""),
      )
      .join(" ");
    for (const [word, instead] of STOP) {
      const found = word.exec(sentence)?.[0];
      if (!found) continue;
      bad += 1;
      process.stderr.write(
        `widget/${file}:${nth + 1}: visitors do not say “${found}”. Say: ${instead}\n`,
      );
    }
  }
}
if (bad > 0) process.exitCode = 1;
