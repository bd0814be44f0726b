package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
)

// Redacted prints the settings as a file that Load reads, each with where it was given. Passwords
// are hidden, so what `yijian check` prints may be shown to anybody.
func (c Config) Redacted() string {
	var b strings.Builder
	for _, s := range settings() {
		value := s.show(c)
		if value == "" {
			// The file has no way to say "nothing" but to say nothing.
			fmt.Fprintf(&b, "# %s: none\n", s.key)
			continue
		}
		fmt.Fprintf(&b, "%-52s # %s\n", s.key+": "+scalar(value), c.From[s.key])
	}
	if len(c.Queues) > 0 {
		writeList(&b, "queues:", c.From["queues"], c.Queues)
	}
	if c.From["sites"] == "default" {
		return b.String() + "# sites: the demo shop\n"
	}
	writeList(&b, "sites:", c.From["sites"], c.Sites)
	return b.String()
}

func writeList(b *strings.Builder, key, from string, list any) {
	fmt.Fprintf(b, "%-52s # %s\n", key, from)
	for line := range strings.Lines(asYAML(list) + "\n") {
		b.WriteString("  " + line)
	}
}

// scalar quotes a value only where its text would be read otherwise: our reader takes the text of
// 3 and "3" alike.
func scalar(value string) string {
	quoted := asYAML(value)
	if quoted == strconv.Quote(value) && !strings.ContainsFunc(value, notWord) {
		return value
	}
	return quoted
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func asYAML(value any) string {
	data, err := yaml.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%q", fmt.Sprint(value))
	}
	return strings.TrimSpace(string(data))
}

// redactURL hides what a URL may hold of passwords.
func redactURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		scheme, _, _ := strings.Cut(raw, ":")
		return scheme + "://…"
	}
	if u.Host == "" {
		return raw // mem://, which Go would write without its slashes
	}
	if query := u.Query(); query.Has("password") {
		query.Set("password", "xxxxx")
		u.RawQuery = query.Encode()
	}
	return u.Redacted()
}
