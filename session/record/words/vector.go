package words

import (
	"strconv"
	"strings"
)

// FTS5Text is what FTS5's ascii tokenizer splits into exactly these tokens.
func FTS5Text(tokens []string) string { return strings.Join(tokens, " ") }

// maxPositions is how many places of one word PostgreSQL keeps.
const maxPositions = 255

// TSVector is the tokens with their places as PostgreSQL reads a tsvector.
func TSVector(tokens []string) string {
	var b strings.Builder
	seen := make(map[string]int, len(tokens))
	for i, token := range tokens {
		if seen[token]++; seen[token] > maxPositions {
			continue
		}
		b.WriteByte('\'')
		b.WriteString(token)
		b.WriteString("':")
		b.WriteString(strconv.Itoa(i + 1))
		b.WriteByte(' ')
	}
	return b.String()
}
