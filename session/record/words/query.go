package words

import (
	"strings"
	"unicode/utf8"
)

// maxTerms bounds a query. Nobody types more, and each costs a walk through an index.
const maxTerms = 32

// Query is what to look for: all of its terms, wherever they stand.
type Query struct{ terms []term }

// term is tokens that follow each other, or the beginning of one.
type term struct {
	tokens []string
	prefix bool
}

// Parse reads what somebody typed into a search field. Every word of it has to be found; there is no
// syntax to learn, and none to break out of.
func Parse(text string) Query {
	var q Query
	for _, run := range runs(text) {
		if len(q.terms) == maxTerms {
			break
		}
		q.terms = append(q.terms, termOf(run))
	}
	return q
}

func termOf(r run) term {
	switch {
	case r.spaced:
		return term{tokens: []string{stem(string(r.text))}}
	case len(r.text) == 1:
		return term{tokens: []string{string(r.text)}, prefix: true}
	}
	tokens := pairs(r.text)
	return term{tokens: tokens[:min(len(tokens)-1, maxTokens)]}
}

// Empty reports whether nothing was asked for.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// FTS5 is the query in the words of SQLite.
func (q Query) FTS5() string {
	return q.render(" ", func(t term) string {
		phrase := `"` + strings.Join(t.tokens, " ") + `"`
		if t.prefix {
			return phrase + "*"
		}
		return phrase
	})
}

// TSQuery is the query in the words of PostgreSQL.
func (q Query) TSQuery() string {
	return q.render(" & ", func(t term) string {
		phrase := "'" + strings.Join(t.tokens, "' <-> '") + "'"
		if t.prefix {
			return phrase + ":*"
		}
		return "(" + phrase + ")"
	})
}

func (q Query) render(and string, one func(term) string) string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = one(t)
	}
	return strings.Join(parts, and)
}

// Terms are the words as they were understood, for marking them in what was found.
func (q Query) Terms() []string {
	shown := make([]string, len(q.terms))
	for i, t := range q.terms {
		var b strings.Builder
		for n, token := range t.tokens {
			if n > 0 { // pairs overlap by one character
				_, size := utf8.DecodeRuneInString(token)
				token = token[size:]
			}
			b.WriteString(token)
		}
		shown[i] = b.String()
	}
	return shown
}
