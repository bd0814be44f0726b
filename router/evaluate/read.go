package evaluate

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrData says that a file is not what the evaluation needs; the text says where and what to do.
var ErrData = errors.New("the data cannot be evaluated")

func bad(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrData, fmt.Sprintf(format, args...))
}

// table reads rows under a header line, separated by tabs or commas as the header shows. A tab file
// has no quotes: they are part of what people wrote.
func table(r io.Reader) (header []string, rows [][]string, err error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the data: %w", err)
	}
	if all, err = utf8Text(all); err != nil {
		return nil, nil, err
	}
	first, _, _ := bytes.Cut(all, []byte("\n"))
	if bytes.ContainsRune(first, '\t') {
		for line := range strings.Lines(string(all)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				rows = append(rows, strings.Split(line, "\t"))
			}
		}
	} else {
		c := csv.NewReader(bytes.NewReader(all))
		c.FieldsPerRecord, c.LazyQuotes = -1, true
		if rows, err = c.ReadAll(); err != nil {
			return nil, nil, bad("%v", err)
		}
	}
	if len(rows) < 2 {
		return nil, nil, bad("it has no rows below its header; give a header line, then one row a line")
	}
	return rows[0], rows[1:], nil
}

// utf8Text takes the byte order mark off, and refuses what is written in another encoding: read as
// UTF-8 it would give figures of nothing.
func utf8Text(all []byte) ([]byte, error) {
	if bytes.HasPrefix(all, []byte{0xff, 0xfe}) || bytes.HasPrefix(all, []byte{0xfe, 0xff}) {
		return nil, bad("it is written in UTF-16; save it as UTF-8")
	}
	if !utf8.Valid(all) {
		at := 0
		for rest := all; len(rest) > 0; {
			r, n := utf8.DecodeRune(rest)
			if r == utf8.RuneError && n == 1 {
				break
			}
			rest, at = rest[n:], at+n
		}
		return nil, bad("line %d is not UTF-8; save the file as UTF-8", 1+bytes.Count(all[:at], []byte("\n")))
	}
	return bytes.TrimPrefix(all, []byte("\ufeff")), nil
}

// columns finds columns by name; of several names for one column the first that is there counts.
func columns(header []string, names ...[]string) ([]int, error) {
	var at []int
	for _, alternatives := range names {
		i := slices.IndexFunc(header, func(h string) bool {
			return slices.Contains(alternatives, strings.ToLower(strings.TrimSpace(h)))
		})
		if i < 0 {
			return nil, bad("its header %q has no column %s", header, strings.Join(alternatives, " or "))
		}
		at = append(at, i)
	}
	return at, nil
}

// label reads 0 or 1.
func label(s string, row int) (bool, error) {
	switch strings.TrimSpace(s) {
	case "1":
		return true, nil
	case "0":
		return false, nil
	case "":
		return false, bad("row %d has no label; every row needs 0 or 1", row)
	}
	return false, bad("row %d has the label %q; a label is 0 or 1", row, s)
}

// cells answers the asked columns of a row, counted from 2 as editors show it.
func cells(row []string, at []int, i int) ([]string, error) {
	out := make([]string, len(at))
	for k, c := range at {
		if c >= len(row) {
			return nil, bad("row %d has %d columns, fewer than the header names", i+2, len(row))
		}
		out[k] = row[c]
	}
	return out, nil
}

// bothClasses refuses what has no figure.
func bothClasses(pos, all int) error {
	if pos == 0 || pos == all {
		return bad("all %d labels are the same; recall and false alarms need both 0 and 1", all)
	}
	return nil
}

// Message is a labelled message: whether it asks for a person.
type Message struct {
	Text, Lang string
	Label      bool
}

// ReadMessages reads text, label and, if it is there, lang.
func ReadMessages(r io.Reader) ([]Message, error) {
	header, rows, err := table(r)
	if err != nil {
		return nil, err
	}
	at, err := columns(header, []string{"text"}, []string{"label"})
	if err != nil {
		return nil, err
	}
	lang, errLang := columns(header, []string{"lang", "language"})
	var out []Message
	for i, row := range rows {
		c, err := cells(row, at, i)
		if err != nil {
			return nil, err
		}
		m := Message{Text: c[0], Lang: "unknown"}
		if m.Label, err = label(c[1], i+2); err != nil {
			return nil, err
		}
		if errLang == nil && lang[0] < len(row) && strings.TrimSpace(row[lang[0]]) != "" {
			m.Lang = strings.TrimSpace(row[lang[0]])
		}
		out = append(out, m)
	}
	return out, nil
}

// Pair is two messages and whether they mean the same.
type Pair struct {
	A, B  string
	Label bool
}

// ReadPairs reads two texts and a label a row.
func ReadPairs(r io.Reader) ([]Pair, error) {
	header, rows, err := table(r)
	if err != nil {
		return nil, err
	}
	return pairs(header, rows)
}

func pairs(header []string, rows [][]string) ([]Pair, error) {
	at, err := columns(header, []string{"sentence1", "text_1", "text1", "a"},
		[]string{"sentence2", "text_2", "text2", "b"}, []string{"label"})
	if err != nil {
		return nil, err
	}
	var out []Pair
	for i, row := range rows {
		c, err := cells(row, at, i)
		if err != nil {
			return nil, err
		}
		p := Pair{A: c[0], B: c[1]}
		if p.Label, err = label(c[2], i+2); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Question is a text with the intent that it asks.
type Question struct{ Text, Intent string }

// ReadQuestions reads text and category.
func ReadQuestions(r io.Reader) ([]Question, error) {
	header, rows, err := table(r)
	if err != nil {
		return nil, err
	}
	return questions(header, rows)
}

func questions(header []string, rows [][]string) ([]Question, error) {
	at, err := columns(header, []string{"text"}, []string{"category", "intent"})
	if err != nil {
		return nil, err
	}
	var out []Question
	for i, row := range rows {
		c, err := cells(row, at, i)
		if err != nil {
			return nil, err
		}
		if c[1] == "" {
			return nil, bad("row %d has no category; every question needs one", i+2)
		}
		out = append(out, Question{c[0], c[1]})
	}
	return out, nil
}

// Turn is one message of a labelled conversation; its words are opaque.
type Turn struct {
	Role    string `json:"role"`
	Words   []int  `json:"words"`
	Handoff *int   `json:"handoff"`
}

// Dialogue is one labelled conversation.
type Dialogue struct {
	Turns []Turn `json:"turns"`
}

// ReadDialogues reads a conversation a line.
func ReadDialogues(r io.Reader) ([]Dialogue, error) {
	const longest = 16 << 20
	s := bufio.NewScanner(r)
	s.Buffer(nil, longest)
	var out []Dialogue
	pos, all := 0, 0
	for line := 1; s.Scan(); line++ {
		if len(bytes.TrimSpace(s.Bytes())) == 0 {
			continue
		}
		var d Dialogue
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			return nil, bad("line %d is no conversation: %v", line, err)
		}
		p, err := d.check(line)
		if err != nil {
			return nil, err
		}
		pos, all, out = pos+p, all+len(d.Turns), append(out, d)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("reading the conversations: %w", err)
	}
	if all == 0 {
		return nil, bad("it holds no turns; give one conversation in JSON a line")
	}
	return out, bothClasses(pos, all)
}

// check counts the turns that are labelled 1.
func (d Dialogue) check(line int) (positives int, err error) {
	for i, t := range d.Turns {
		switch {
		case t.Role != "visitor" && t.Role != "bot":
			return 0, bad("line %d, turn %d has the role %q; a role is visitor or bot", line, i, t.Role)
		case t.Handoff == nil || *t.Handoff != 0 && *t.Handoff != 1:
			return 0, bad("line %d, turn %d has no label; handoff must be 0 or 1", line, i)
		}
		positives += *t.Handoff
	}
	return positives, nil
}
