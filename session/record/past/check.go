package past

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yijian/session"
)

// check says what is wrong with one message.
func check(p *Problems, line int, t Turn) {
	switch {
	case strings.TrimSpace(t.Text) == "":
		p.add(line, "text is empty; write what was said, or remove the message")
	case len(t.Text) > mostText:
		p.add(line, "text has %d bytes; %d are the most", len(t.Text), mostText)
	case !utf8.ValidString(t.Text) || strings.ContainsRune(t.Text, 0):
		p.add(line, "text holds bytes that are no characters; save the file as UTF-8")
	}
	if t.Confidence < 0 || t.Confidence > 1 || t.Confidence != t.Confidence {
		p.add(line, "confidence is %v; write a number from 0 to 1, or nothing", t.Confidence)
	}
	if utf8.RuneCountInString(t.Agent) > mostName || utf8.RuneCountInString(t.Intent) > mostName {
		p.add(line, "agent or intent is longer than %d characters", mostName)
	}
}

// checkWhole says what is wrong with a conversation, and puts its messages in the order of their times:
// exports are often newest first.
func checkWhole(p *Problems, c *Conversation) {
	if c.Site == "" {
		p.add(c.Line, "conversation %q is of no site; give --site", cut(c.Source))
	}
	if c.Rating < 0 || c.Rating > 5 {
		p.add(c.Line, "the rating of conversation %q is none; write 1 to 5, or nothing", cut(c.Source))
	}
	if len(c.Turns) > mostTurns {
		p.add(c.Line, "conversation %q has %d messages; %d are the most", cut(c.Source), len(c.Turns), mostTurns)
	}
	for _, name := range []string{c.Source, c.Queue, c.Reason, c.Lang} {
		if utf8.RuneCountInString(name) > mostName {
			p.add(c.Line, "%q is longer than %d characters", cut(name), mostName)
		}
	}
	slices.SortStableFunc(c.Turns, func(a, b Turn) int { return a.At.Compare(b.At) })
	if len(c.Turns) > 0 && !slices.ContainsFunc(c.Turns, func(t Turn) bool { return t.From == session.FromVisitor }) {
		p.add(c.Line, "in conversation %q no visitor speaks; check the column from", cut(c.Source))
	}
}
