package main

import (
	"fmt"
	"io"
	"net"
	"strings"
)

// banner tells whoever started the server what to open, and says plainly what this mode keeps.
func banner(w io.Writer, a *app, link string) {
	base := baseURL(a.listener)
	var b strings.Builder
	fmt.Fprintf(&b, "\n  Yijian 一键 is serving.\n\n")
	fmt.Fprintf(&b, "    Demo shop with the widget   %s/\n", base)
	fmt.Fprintf(&b, "    Agent console               %s/console\n", base)
	fmt.Fprintf(&b, "    Hand-over rules, for ops    %s/ops\n", base)
	if link != "" {
		fmt.Fprintf(&b, "\n    Sign in as the first agent, once, within 24 hours:\n    %s/console#sign-in=%s\n", base, link)
	}
	if a.redis.InProcess() {
		fmt.Fprintf(&b, `
  This is the trial mode: one node, with Redis inside this process.
    A restart keeps     everything: conversations, places in line, accounts and settings (%s)
    Nothing is acknowledged before that file has it, also if this process is killed.
    For more than one node give it a Redis:  yijian serve --redis redis://localhost:6379
`, a.cfg.DB)
	}
	fmt.Fprintf(&b, "\n  Stop with Ctrl-C.\n\n")
	_, _ = io.WriteString(w, b.String())
}

// baseURL is where a person on this machine reaches a listener. Every address counts as localhost.
func baseURL(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
