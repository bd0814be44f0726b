// Pages of somebody else that embed the widget, served by a server of their own: another origin than the
// script's, which the server is told to let in.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { type Running, startServer } from "./server";

export interface Host {
  /** Attributes of the script tag; "" for none. */
  tag?: string;
  /** Runs before the tag. */
  before?: string;
  style?: string;
  body?: string;
  html?: string;
  policy?: string;
}

/** A shop of somebody else, and the server that its pages embed. */
export interface Shop extends Running {
  visit(page: Page, host?: Host): Promise<void>;
}

/** The nonce that pages with a policy use. */
export const NONCE = "r4nd0m";

/** Starts both. */
export async function startShop(): Promise<Shop> {
  let shown: Host = {};
  const pages: Server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    if (shown.policy) answer.setHeader("content-security-policy", shown.policy);
    answer.end(pageOf(shown, running.url));
  });
  await new Promise<void>((done) => pages.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  const running = await startServer("--origins", url);
  return {
    ...running,
    visit: async (page, host = {}) => {
      shown = host;
      await page.goto(`${url}/host`);
    },
    stop: async () => {
      pages.closeAllConnections();
      pages.close();
      await running.stop();
    },
  };
}

function pageOf(host: Host, server: string): string {
  const {
    tag = 'data-site="demo"',
    before = "",
    style = "",
    body = "",
    html = 'lang="zh-CN"',
  } = host;
  return `<!doctype html><html ${html}><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>shop</title><link rel="icon" href="data:,">
    <style nonce="${NONCE}">${style}</style><script nonce="${NONCE}">${before}</script>
    ${tag && `<script nonce="${NONCE}" async src="${server}/widget.js" ${tag}></script>`}</head>
    <body><h1>商店</h1>${body}</body></html>`;
}
