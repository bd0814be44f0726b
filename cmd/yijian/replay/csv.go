package replay

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"yijian/web/wire"
)

// question is one row of the file.
type question struct {
	Text string
	// Category is what the bot should understand; empty if the file does not say.
	Category string
}

// readQuestions reads a CSV with the column text and perhaps category, in any order; other columns
// are ignored. All rows that cannot be played are reported, the first ten by their lines.
func readQuestions(r io.Reader) ([]question, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read the questions: %w", err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("line %d: not UTF-8; save the file as \"CSV UTF-8\"", lineOfBadUTF8(data))
	}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord = -1
	text, category, err := columns(rows)
	if err != nil {
		return nil, err
	}
	return readRows(rows, text, category)
}

// columns finds text and category in the header; category is -1 if there is none.
func columns(rows *csv.Reader) (text, category int, err error) {
	names, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return 0, 0, errors.New("the file is empty; write the header text,category and one question a line")
	}
	if err != nil {
		return 0, 0, brokenCSV(err)
	}
	text, category = -1, -1
	for i, name := range names {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "text":
			text = i
		case "category":
			category = i
		}
	}
	if text < 0 {
		return 0, 0, fmt.Errorf("line 1: no column is called text; make the header text,category, separated by commas (it is %.80q)",
			strings.Join(names, ","))
	}
	return text, category, nil
}

// mostRowErrors keeps a report of a wrong file readable.
const mostRowErrors = 10

func readRows(rows *csv.Reader, text, category int) ([]question, error) {
	var all []question
	var errs []error
	for len(errs) < mostRowErrors {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			errs = append(errs, brokenCSV(err))
			break
		}
		q, err := readRow(row, text, category)
		if err != nil {
			line, _ := rows.FieldPos(0)
			errs = append(errs, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		all = append(all, q)
	}
	if len(errs) == 0 && len(all) == 0 {
		errs = append(errs, errors.New("line 2: no questions; write one a line below the header"))
	}
	return all, errors.Join(errs...)
}

func readRow(row []string, text, category int) (question, error) {
	if want := max(text, category) + 1; len(row) < want {
		return question{}, fmt.Errorf("%d columns instead of %d; put quotes around a text that has commas", len(row), want)
	}
	said := strings.Join(strings.Fields(row[text]), " ")
	if said == "" {
		return question{}, errors.New("the text is empty; write a question or remove the line")
	}
	said, err := wire.CheckText(said)
	if err != nil {
		return question{}, fmt.Errorf("the text cannot be sent (%w); shorten it or remove the line", err)
	}
	q := question{Text: said}
	if category >= 0 {
		q.Category = strings.TrimSpace(row[category])
	}
	return q, nil
}

func brokenCSV(err error) error {
	const next = "put quotes around a text that has commas, and double the quotes inside it"
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("line %d: %w; %s", parse.Line, parse.Err, next)
	}
	return fmt.Errorf("%w; %s", err, next)
}

func lineOfBadUTF8(data []byte) int {
	line := 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		data = data[size:]
	}
	return line
}
