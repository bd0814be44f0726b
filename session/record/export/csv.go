package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"yijian/session"
	"yijian/session/record"
)

// columns are those of the table; the first four are what an import needs.
var columns = []string{
	"conversation", "at", "from", "text", "ai", "kind", "seq", "agent", "name", "owner", "reason", "queue",
	"intent", "confidence", "unsure", "score", "site", "lang",
}

type csvWriter struct{ to *csv.Writer }

// newCSV begins a table with the mark that has Excel read it as UTF-8.
func newCSV(w io.Writer) (*csvWriter, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	out := &csvWriter{csv.NewWriter(w)}
	return out, out.to.Write(columns)
}

func (c *csvWriter) write(s record.Session, events []session.Event) error {
	for _, e := range events {
		if err := c.to.Write(cells(s, e)); err != nil {
			return err
		}
	}
	return nil
}

func (c *csvWriter) flush() error {
	c.to.Flush()
	return c.to.Error()
}

func cells(s record.Session, e session.Event) []string {
	row := []string{
		string(s.ID), e.At.Format(time.RFC3339Nano), string(e.From), e.Body.Text, flag(e.AI()), string(e.Kind),
		strconv.FormatUint(e.Seq, 10), e.By, e.Body.Name, string(e.Body.To), e.Body.Reason, e.Body.Queue,
		e.Body.Intent, number(e.Body.Confidence), flag(e.Body.Unsure), number(float64(e.Body.Score)),
		s.State.Site, s.State.Lang,
	}
	for i, cell := range row {
		row[i] = Cell(cell)
	}
	return row
}

// Cell is a text as it may stand in a table. What a spreadsheet would take for a formula begins with an
// apostrophe, which tells it that this is a text.
func Cell(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n|%") {
		return "'" + text
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, wide) {
			return "'" + text
		}
	}
	return text
}

func flag(on bool) string {
	if on {
		return "true"
	}
	return ""
}

func number(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'g', -1, 64)
}
