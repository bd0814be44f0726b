package main

import (
	"encoding/json"
	"fmt"
	"io"
)

// report is what a command found out, readable for people; as a value it is readable for programs.
type report interface {
	WriteText(w io.Writer) error
}

// tell prints a report, as text or as one JSON object on one line.
func (e *env) tell(r report, asJSON bool) error {
	write := r.WriteText
	if asJSON {
		write = func(w io.Writer) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc.Encode(r)
		}
	}
	if err := write(e.stdout); err != nil {
		return fmt.Errorf("printing the report: %w", err)
	}
	return nil
}

// unless makes the command fail after it has told everything.
func unless(good bool) error {
	if good {
		return nil
	}
	return errFailed
}
