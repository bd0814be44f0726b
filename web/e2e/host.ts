// Pages of somebody else that embed the widget. They are served under another origin than the script:
// http://127.0.0.1 beside http://localhost.

import type { Page } from "@playwright/test";
import type { Running } from "./server";

export interface Host {
  /** Attributes of the script tag. */
  tag?: string;
  /** Runs before the tag. */
  before?: string;
  style?: string;
  body?: string;
  html?: string;
  policy?: string;
}

/** The nonce that pages with a policy use. */
export const NONCE = "r4nd0m";

/** Puts a page at an address of its own and goes there. */
export async function visitHost(page: Page, server: Running, host: Host = {}): Promise<string> {
  const {
    tag = 'data-site="demo"',
    before = "",
    style = "",
    body = "",
    html = 'lang="zh-CN"',
  } = host;
  const url = `${server.url.replace("localhost", "127.0.0.1")}/host`;
  const content = `<!doctype html><html ${html}><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>shop</title><link rel="icon" href="data:,">
    <style nonce="${NONCE}">${style}</style><script nonce="${NONCE}">${before}</script>
    ${tag && `<script nonce="${NONCE}" async src="${server.url}/widget.js" ${tag}></script>`}</head>
    <body><h1>商店</h1>${body}</body></html>`;
  await page.route(`${url}*`, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: host.policy ? { "content-security-policy": host.policy } : {},
      body: content,
    }),
  );
  await page.goto(url);
  return url;
}
