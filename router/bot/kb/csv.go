package kb

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromCSV makes a knowledge base of labelled questions, such as an export of old chats. The CSV has
// a header and the columns text and category, in any order. Each category becomes an entry; each
// text goes to the language it is written in; the answers are placeholders for somebody to replace.
func FromCSV(r io.Reader) (*KB, error) {
	data, err := io.ReadAll(io.LimitReader(r, 4*MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("reading the CSV: %w", err)
	}
	data = bytes.TrimPrefix(data, bom)
	if p := unfitCSV(data); p != nil {
		return nil, p
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord = -1
	in := importer{rows: rows, entry: map[string]int{}, label: map[string]string{}}
	if p := in.header(); p != nil {
		return nil, p
	}
	in.read()
	if err := in.err(); err != nil {
		return nil, err
	}
	return in.finish()
}

func unfitCSV(data []byte) *Problem {
	switch {
	case len(data) > 4*MaxBytes:
		return &Problem{
			Code: CodeTooLarge, What: fmt.Sprintf("the CSV is larger than %d MiB", 4*MaxBytes>>20),
			Next: "import a sample of it",
		}
	case !utf8.Valid(data):
		return &Problem{
			Code: CodeEncoding, Line: badLine(data), What: "the CSV is not UTF-8 text",
			Next: "export it again as \"CSV UTF-8\"",
		}
	case len(bytes.TrimSpace(data)) == 0:
		return &Problem{
			Code: CodeEmpty, What: "the CSV is empty",
			Next: "write the header \"text,category\" and one question a line",
		}
	}
	return nil
}

// importer groups the rows of one CSV.
type importer struct {
	report
	rows           *csv.Reader
	text, category int // columns
	kb             KB
	entry          map[string]int    // id → position in kb.Entries
	label          map[string]string // id → category as written
}

// header finds the two columns.
func (in *importer) header() *Problem {
	names, err := in.rows.Read()
	if err != nil {
		return broken(err)
	}
	in.text, in.category = -1, -1
	for i, name := range names {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "text":
			in.text = i
		case "category":
			in.category = i
		}
	}
	if in.text < 0 || in.category < 0 || len(names) != 2 {
		return &Problem{
			Code: CodeColumns, Line: 1,
			What: fmt.Sprintf("the columns are %q instead of text and category", clip(strings.Join(names, ","))),
			Next: "make the first line \"text,category\" and separate with commas",
		}
	}
	return nil
}

// read takes all rows, collecting problems. A row that breaks the CSV itself ends the reading.
func (in *importer) read() {
	for {
		row, err := in.rows.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			in.add(broken(err))
			return
		}
		line, _ := in.rows.FieldPos(0)
		if p := in.row(row); p != nil {
			p.Line = line
			in.add(p)
		}
	}
}

func broken(err error) *Problem {
	p := &Problem{
		Code: CodeRow, Cause: err, What: fmt.Sprintf("the CSV is broken: %v", err),
		Next: "put quotes around a text that has commas, and double the quotes inside it",
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		p.Line, p.What = parse.Line, fmt.Sprintf("the CSV is broken: %v", parse.Err)
	}
	return p
}

func (in *importer) row(row []string) *Problem {
	if len(row) != 2 {
		return &Problem{
			Code: CodeRow, What: fmt.Sprintf("the line has %d columns instead of 2", len(row)),
			Next: "put quotes around a text that has commas",
		}
	}
	text, category := strings.Join(strings.Fields(row[in.text]), " "), strings.TrimSpace(row[in.category])
	id := ID(category)
	switch {
	case !hasWords(text):
		return &Problem{Code: CodeRow, What: "the text is empty", Next: "write the question or remove the line"}
	case utf8.RuneCountInString(text) > MaxQuestion:
		return &Problem{
			Code: CodeTooLong, What: fmt.Sprintf("the text has more than %d characters", MaxQuestion),
			Next: "shorten it or remove the line",
		}
	case !validID(id):
		return &Problem{
			Code: CodeRow, What: fmt.Sprintf("the category %q cannot be used", clip(category)),
			Next: fmt.Sprintf("give it a name of 1 to %d characters", MaxID),
		}
	case in.label[id] != "" && in.label[id] != category:
		return &Problem{
			Code: CodeRow, What: fmt.Sprintf("the categories %q and %q get the same id %q", in.label[id], category, id),
			Next: "rename one of them",
		}
	}
	in.put(id, category, text)
	return nil
}

// ID returns the entry id of a category: the category itself with "_" for all that an id cannot hold.
func ID(category string) string {
	return strings.Map(func(r rune) rune {
		if idRune(r) {
			return r
		}
		return '_'
	}, strings.TrimSpace(category))
}

func (in *importer) put(id, category, text string) {
	at, ok := in.entry[id]
	if !ok {
		at = len(in.kb.Entries)
		in.entry[id], in.label[id] = at, category
		in.kb.Entries = append(in.kb.Entries, Entry{ID: id})
	}
	e := &in.kb.Entries[at]
	t, answer := &e.EN, "This is about “%s”. The shop has not written an answer yet, but a person can help you."
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t, answer = &e.ZH, "您问的是“%s”。这个问题的答案还没有写好，可以请客服人员帮您。"
	}
	if *t == nil {
		*t = &Text{Answer: fmt.Sprintf(answer, plain(category))}
	}
	(*t).Questions = append((*t).Questions, text)
}

// plain turns a label such as card_arrival into words.
func plain(category string) string {
	words := strings.FieldsFunc(category, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, " ")
}

func (in *importer) finish() (*KB, error) {
	in.kb.Version = Version
	if len(in.kb.Entries) == 0 {
		return nil, &Problem{
			Code: CodeEmpty, What: "the CSV has a header but no questions",
			Next: "write one question a line",
		}
	}
	if err := in.kb.Validate(); err != nil {
		return nil, fmt.Errorf("the imported questions: %w", err)
	}
	return &in.kb, nil
}
