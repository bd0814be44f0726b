import { expect, test } from "vitest";
import * as easeEn from "../later/ease/i18n/en";
import * as ease from "../later/ease/i18n/zh-CN";
import * as easeTw from "../later/ease/i18n/zh-TW";
import * as laterEn from "../later/i18n/en";
import * as later from "../later/i18n/zh-CN";
import * as laterTw from "../later/i18n/zh-TW";
import * as idle from "../later/idleWords";
import * as leave from "../later/leaveWords";
import { en } from "./en";
import { zh } from "./zh-CN";
import { tw } from "./zh-TW";

type Words = Readonly<Record<string, string>>;

const CATALOGUES: [string, Words, Words, Words][] = [
  ["first", zh, tw, en],
  ["later", later.zh, laterTw.tw, laterEn.en],
  ["ease", ease.zh, easeTw.tw, easeEn.en],
  ["idle", idle.zh, idle.tw, idle.en],
  ["leave", leave.zh, leave.tw, leave.en],
];
const slots = (text = "") => (text.match(/\{\w+\}/g) ?? []).sort();

test.each(CATALOGUES)(
  "W24 %s: every language has every sentence, with the same values",
  (_, ...all) => {
    const [first] = all;
    for (const words of all) {
      expect(Object.keys(words).sort()).toEqual(Object.keys(first).sort());
      for (const [key, text] of Object.entries(words)) {
        expect(text, key).not.toBe("");
        expect(slots(text), key).toEqual(slots(first[key]));
      }
    }
  },
);

test("W24 traditional Chinese has no simplified character left in it", () => {
  const simplified =
    /[们这个来时间说话发对还没给请问题机会队线达转记录务员结断开关设备览声应说读写连]/u;
  for (const [name, , words] of CATALOGUES) {
    for (const text of Object.values(words)) expect(text, name).not.toMatch(simplified);
  }
});

test("W24 a bubble of ours has at most three sentences", () => {
  for (const [, ...all] of CATALOGUES) {
    for (const words of all) {
      const { hello } = words;
      if (hello) expect(hello.split("\n")).toHaveLength(3);
    }
  }
});
