package kb

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a knowledge file, far above what a shop needs. They bound the memory of the bot and the
// length of what a visitor is asked to read.
const (
	MaxBytes     = 8 << 20
	MaxEntries   = 2000
	MaxQuestions = 50000 // of all entries and languages together
	MaxQuestion  = 500   // characters
	MaxAnswer    = 2000  // characters
	MaxID        = 64    // characters
)

// idMarks may stand in an id besides letters and digits of any script.
const idMarks = "_-.:/?&+"

// Validate reports all problems of a knowledge base joined, or nil. Each is a *Problem.
func (k *KB) Validate() error { return k.validate(nil) }

// validate is Validate with the line of each entry, where they are known.
func (k *KB) validate(lines []int) error {
	c := check{seen: map[string]int{}}
	if k.Version != Version {
		c.file(CodeVersion, fmt.Sprintf("the format version is %d", k.Version),
			fmt.Sprintf("write \"version: %d\" at the top", Version))
	}
	if len(k.Entries) == 0 {
		c.file(CodeEmpty, "the knowledge file has no entries", "add at least one under \"entries:\"")
	}
	if len(k.Entries) > MaxEntries {
		c.file(CodeTooLarge, fmt.Sprintf("there are %d entries", len(k.Entries)),
			fmt.Sprintf("keep to %d, for instance by joining those with the same answer", MaxEntries))
	}
	for i, e := range k.Entries {
		c.line = 0
		if i < len(lines) {
			c.line = lines[i]
		}
		c.entry(i, e)
	}
	if c.questions > MaxQuestions {
		c.file(CodeTooLarge, fmt.Sprintf("there are %d questions in all", c.questions),
			fmt.Sprintf("keep to %d by removing near-copies", MaxQuestions))
	}
	return c.err()
}

// check walks the entries of one file.
type check struct {
	report
	seen      map[string]int // id → line of the entry that has it
	questions int
	line      int
	name      string
}

func (c *check) file(code Code, what, next string) {
	c.add(&Problem{Code: code, What: what, Next: next})
}

func (c *check) here(code Code, what, next string) {
	c.add(&Problem{Code: code, Line: c.line, Entry: c.name, What: what, Next: next})
}

func (c *check) entry(i int, e Entry) {
	c.name = e.ID
	if !validID(e.ID) {
		c.name = fmt.Sprintf("#%d", i+1)
		c.here(CodeID, fmt.Sprintf("the id %q cannot be used", clip(e.ID)),
			fmt.Sprintf("use 1 to %d letters, digits or %s without spaces", MaxID, idMarks))
	} else if first, again := c.seen[e.ID]; again {
		what := "the id is used twice"
		if first > 0 {
			what = fmt.Sprintf("the id is already used in line %d", first)
		}
		c.here(CodeDuplicate, what, "rename one entry or join the two")
	} else {
		c.seen[e.ID] = c.line
	}
	if e.ZH == nil && e.EN == nil {
		c.here(CodeNoText, "the entry has no language", "add \"zh:\" or \"en:\" with questions and an answer")
	}
	c.text(Chinese, e.ZH)
	c.text(English, e.EN)
}

func (c *check) text(lang string, t *Text) {
	if t == nil {
		return
	}
	asked := 0
	for _, q := range t.Questions {
		if n := utf8.RuneCountInString(q); n > MaxQuestion {
			c.here(CodeTooLong, fmt.Sprintf("a %s question has %d characters (%q)", lang, n, clip(q)),
				fmt.Sprintf("shorten it to %d, as a visitor would ask", MaxQuestion))
		}
		if hasWords(q) {
			asked++
		}
	}
	c.questions += len(t.Questions)
	if asked < max(1, len(t.Questions)) {
		c.here(CodeNoQuestion, fmt.Sprintf("%s has no questions, or one without words", lang),
			"write how visitors ask for this, best in four or more ways")
	}
	if !hasWords(t.Answer) {
		c.here(CodeNoAnswer, fmt.Sprintf("%s has no answer", lang), "write what the bot should say")
	}
	if n := utf8.RuneCountInString(t.Answer); n > MaxAnswer {
		c.here(CodeTooLong, fmt.Sprintf("the %s answer has %d characters", lang, n),
			fmt.Sprintf("shorten it to %d; three sentences are best", MaxAnswer))
	}
}

func validID(id string) bool {
	if id == "" || utf8.RuneCountInString(id) > MaxID || !utf8.ValidString(id) {
		return false
	}
	for _, r := range id {
		if !idRune(r) {
			return false
		}
	}
	return true
}

func idRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) ||
		strings.ContainsRune(idMarks, r)
}

// hasWords reports whether a text holds a letter or number, without which nobody can learn from it.
func hasWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r)
	})
}

// clip shortens a text that is quoted in a message.
func clip(text string) string {
	const most = 24
	rs := []rune(text)
	if len(rs) <= most {
		return text
	}
	return string(rs[:most]) + "…"
}
