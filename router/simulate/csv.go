package simulate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// columns are what a file of arrivals may have; only "at" must be there.
var columns = []string{"at", "queue", "lang", "reason", "handle_s"}

// maxRows bounds how much of a file is kept in memory.
const maxRows = 5_000_000

// ReadArrivals reads visitors from a CSV file whose first line names its columns: at (15:04, 15:04:05
// or RFC 3339), queue, lang, reason, handle_s. A row without a queue comes to the given one. Dates count
// from the first row's midnight, in its zone.
func ReadArrivals(r io.Reader, queue string) ([]Arrival, error) {
	in := csv.NewReader(r)
	in.TrimLeadingSpace = true
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%w: the file of arrivals has no first line; name its columns there: %s", ErrInvalid, strings.Join(columns, ","))
	}
	for i, name := range head {
		head[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		if !slices.Contains(columns, head[i]) {
			return nil, fmt.Errorf("%w: line 1 names the unknown column %q; there are %s", ErrInvalid, name, strings.Join(columns, ", "))
		}
	}
	if !slices.Contains(head, "at") {
		return nil, fmt.Errorf("%w: line 1 has no column at; it says when each visitor came", ErrInvalid)
	}
	rows := arrivalRows{head: head, queue: queue}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows.end()
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w; write as many cells as line 1 has", ErrInvalid, err)
		}
		if err := rows.add(row); err != nil {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("%w: line %d: %w", ErrInvalid, line, err)
		}
	}
}

// arrivalRows collects the rows of a file.
type arrivalRows struct {
	head  []string
	queue string
	// midnight is that of the first row with a date.
	midnight time.Time
	out      []Arrival
}

func (a *arrivalRows) add(row []string) error {
	v := Arrival{Queue: a.queue}
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		var err error
		switch a.head[i] {
		case "at":
			v.At, err = a.at(cell)
		case "queue":
			if cell != "" {
				v.Queue = cell
			}
		case "lang":
			v.Lang = cell
		case "reason":
			v.Reason = cell
		case "handle_s":
			v.Handle, err = handleSeconds(cell)
		}
		if err != nil {
			return err
		}
	}
	if len(a.out) == maxRows {
		return fmt.Errorf("more than %d visitors; give a shorter file", maxRows)
	}
	a.out = append(a.out, v)
	return nil
}

func (a *arrivalRows) at(cell string) (time.Duration, error) {
	for _, form := range []string{"15:04", "15:04:05"} {
		if t, err := time.Parse(form, cell); err == nil {
			return t.Sub(t.Truncate(day)), nil
		}
	}
	t, err := time.Parse(time.RFC3339, cell)
	if err != nil {
		return 0, fmt.Errorf("%q is no time; write 15:04, 15:04:05 or 2006-01-02T15:04:05Z", cell)
	}
	if a.midnight.IsZero() {
		a.midnight = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	}
	after := t.Sub(a.midnight)
	if after < 0 || after > maxSpan {
		return 0, fmt.Errorf("%s is not within %d days after the first row's midnight", cell, int(maxSpan/day))
	}
	return after, nil
}

// maxSpan is how long a file of arrivals may last.
const maxSpan = 400 * day

func handleSeconds(cell string) (time.Duration, error) {
	if cell == "" {
		return 0, nil
	}
	s, err := strconv.ParseFloat(cell, 64)
	if err != nil || !(s > 0) || s > maxLength.Seconds() {
		return 0, fmt.Errorf("a conversation of %q seconds; give more than 0 and at most %.0f", cell, maxLength.Seconds())
	}
	return time.Duration(s * float64(time.Second)), nil
}

func (a *arrivalRows) end() ([]Arrival, error) {
	if len(a.out) == 0 {
		return nil, fmt.Errorf("%w: the file of arrivals has no visitors; give one a line below the first", ErrInvalid)
	}
	return a.out, nil
}
