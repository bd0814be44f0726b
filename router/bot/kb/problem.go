package kb

import (
	"errors"
	"fmt"
	"strings"
)

// Code names a kind of problem for programs; it never changes its meaning.
type Code string

// The codes of a Problem.
const (
	CodeUnreadable Code = "kb_unreadable"
	CodeTooLarge   Code = "kb_too_large"
	CodeSyntax     Code = "kb_syntax"
	CodeVersion    Code = "kb_version"
	CodeEmpty      Code = "kb_empty"
	CodeID         Code = "kb_bad_id"
	CodeDuplicate  Code = "kb_duplicate_id"
	CodeNoText     Code = "kb_no_language"
	CodeNoQuestion Code = "kb_no_questions"
	CodeNoAnswer   Code = "kb_no_answer"
	CodeTooLong    Code = "kb_too_long"
	CodeColumns    Code = "csv_columns"
	CodeRow        Code = "csv_row"
	CodeEncoding   Code = "csv_not_utf8"
)

// Problem is one thing wrong with a knowledge file or a CSV, said for the person who has to fix it.
type Problem struct {
	Code Code
	// Line counts from 1; 0 means that no line is to blame.
	Line int
	// Entry is the id of the entry, or its position such as "#3" if it has none.
	Entry string
	// What is wrong, and Next is what to do about it.
	What, Next string
	// Cause is the error below, if there is one.
	Cause error
}

// Error returns the problem as one line: where, what, and the next step.
func (p *Problem) Error() string {
	var where []string
	if p.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", p.Line))
	}
	if p.Entry != "" {
		where = append(where, fmt.Sprintf("entry %q", p.Entry))
	}
	text := p.What + "; " + p.Next
	if len(where) > 0 {
		text = strings.Join(where, ", ") + ": " + text
	}
	return text
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// Problems returns every Problem inside an error of this package, in the order of the file.
func Problems(err error) []*Problem {
	// errors.As would stop at the first of many, so the tree is walked by hand.
	switch e := err.(type) { //nolint:errorlint // see above
	case *Problem:
		return []*Problem{e}
	case interface{ Unwrap() []error }:
		var all []*Problem
		for _, one := range e.Unwrap() {
			all = append(all, Problems(one)...)
		}
		return all
	case interface{ Unwrap() error }:
		return Problems(e.Unwrap())
	}
	return nil
}

// maxProblems is how many problems are reported; more would hide the first.
const maxProblems = 50

// report collects problems up to maxProblems.
type report struct {
	problems []error
	left     int
}

func (r *report) add(p *Problem) {
	if len(r.problems) == maxProblems {
		r.left++
		return
	}
	r.problems = append(r.problems, p)
}

// err joins what was collected, nil if there was nothing.
func (r *report) err() error {
	if r.left > 0 {
		return errors.Join(append(r.problems, fmt.Errorf("and %d more; fix these first", r.left))...)
	}
	return errors.Join(r.problems...)
}
