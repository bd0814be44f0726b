package kb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Encode writes a knowledge base as a file that Parse reads back unchanged. It writes the few shapes
// of the format itself: people will edit the file, so it quotes only what needs quotes, and it
// escapes what an encoder of general YAML has been seen to lose, such as tabs.
func (k *KB) Encode(w io.Writer) error {
	out := &bytes.Buffer{}
	fmt.Fprintf(out, "version: %d\nentries:\n", k.Version)
	for i, e := range k.Entries {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "  - id: %s\n", scalar(e.ID))
		encodeText(out, Chinese, e.ZH)
		encodeText(out, English, e.EN)
	}
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("writing the knowledge: %w", err)
	}
	return nil
}

func encodeText(out *bytes.Buffer, lang string, t *Text) {
	if t == nil {
		return
	}
	fmt.Fprintf(out, "    %s:\n      questions:\n", lang)
	for _, q := range t.Questions {
		fmt.Fprintf(out, "        - %s\n", scalar(q))
	}
	fmt.Fprintf(out, "      answer: %s\n", scalar(t.Answer))
}

// reserved are words that YAML, in one of its versions, reads as something else than text.
var reserved = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}

// scalar returns s bare where no reader of YAML can mistake it, else in double quotes.
func scalar(s string) string {
	if plainScalar(s) {
		return s
	}
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(quoted)
}

func plainScalar(s string) bool {
	if s == "" || strings.HasSuffix(s, " ") || slices.Contains(reserved, strings.ToLower(s)) {
		return false
	}
	for i, r := range s {
		if i == 0 && !unicode.IsLetter(r) || !plainRune(r) {
			return false
		}
	}
	return true
}

// plainRune reports whether r means nothing to YAML inside a scalar.
func plainRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" _-.,;?!'()/&+%，。、；：？！（）“”《》…—", r)
}
