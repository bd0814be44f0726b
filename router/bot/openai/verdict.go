package openai

import "strings"

// verdict is what a model says of its own answer: it begins with [answer], [unsure] or [person]. One that
// begins with none of them, as small models do, is an answer.
type verdict int

const (
	answer verdict = iota
	unsure         // it is not in the knowledge
	person         // the visitor asks for somebody, or needs one
)

var marks = map[string]verdict{"[answer]": answer, "[unsure]": unsure, "[person]": person}

// Models that reason aloud do it before the answer, where their servers do not take it out.
const thinks, thought = "<think>", "</think>"

// reading is what is known of an answer so far.
type reading struct {
	is   verdict
	text string // what may be shown
}

// read makes out of what a model has said so far what may be shown of it. While that can still become
// a mark or a thought, it is nothing.
func read(raw string) reading {
	raw = strings.TrimSpace(raw)
	if rest, thinking := strings.CutPrefix(raw, thinks); thinking {
		_, after, ended := strings.Cut(rest, thought)
		if !ended {
			return reading{}
		}
		raw = strings.TrimSpace(after)
	}
	for mark, is := range marks {
		if rest, ok := cutFold(raw, mark); ok {
			return reading{is: is, text: strings.TrimSpace(rest)}
		}
		if _, may := cutFold(mark, raw); may {
			return reading{}
		}
	}
	if strings.HasPrefix(thinks, raw) {
		return reading{}
	}
	return reading{text: raw}
}

// cutFold is strings.CutPrefix for a prefix in ASCII of any case.
func cutFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}
