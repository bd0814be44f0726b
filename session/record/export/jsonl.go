package export

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"yijian/session"
	"yijian/session/record"
)

// conversation is one line.
type conversation struct {
	ID     string        `json:"id"`
	Site   string        `json:"site"`
	Lang   string        `json:"lang"`
	Owner  session.Owner `json:"owner"`
	Agent  string        `json:"agent,omitempty"`
	Queue  string        `json:"queue,omitempty"`
	Reason string        `json:"reason,omitempty"`
	Opened time.Time     `json:"opened"`
	Closed *time.Time    `json:"closed,omitempty"`
	Rating int           `json:"rating,omitempty"`
	Turns  []turn        `json:"turns"`
}

// turn is one event of it.
type turn struct {
	Seq        uint64        `json:"seq"`
	At         time.Time     `json:"at"`
	Kind       session.Kind  `json:"kind"`
	From       session.Role  `json:"from"`
	AI         bool          `json:"ai,omitempty"`
	Agent      string        `json:"agent,omitempty"`
	Name       string        `json:"name,omitempty"`
	Text       string        `json:"text,omitempty"`
	Owner      session.Owner `json:"owner,omitempty"`
	Reason     string        `json:"reason,omitempty"`
	Queue      string        `json:"queue,omitempty"`
	Intent     string        `json:"intent,omitempty"`
	Confidence float64       `json:"confidence,omitempty"`
	Unsure     bool          `json:"unsure,omitempty"`
	Score      int           `json:"score,omitempty"`
	Code       string        `json:"code,omitempty"`
	Phone      string        `json:"phone,omitempty"`
}

type jsonlWriter struct {
	to  *bufio.Writer
	enc *json.Encoder
}

func newJSONL(w io.Writer) *jsonlWriter {
	to := bufio.NewWriterSize(w, 64<<10)
	enc := json.NewEncoder(to)
	enc.SetEscapeHTML(false)
	return &jsonlWriter{to, enc}
}

func (j *jsonlWriter) write(s record.Session, events []session.Event) error {
	c := conversation{
		ID: string(s.ID), Site: s.State.Site, Lang: s.State.Lang, Owner: s.State.Owner, Agent: s.State.Agent,
		Queue: s.State.Queue, Reason: s.State.Reason, Opened: s.Opened, Turns: make([]turn, len(events)),
	}
	if !s.Closed.IsZero() {
		c.Closed = &s.Closed
	}
	for i, e := range events {
		c.Turns[i] = turnOf(e)
		if e.Kind == session.KindRating {
			c.Rating = e.Body.Score
		}
	}
	return j.enc.Encode(c)
}

func turnOf(e session.Event) turn {
	return turn{
		Seq: e.Seq, At: e.At, Kind: e.Kind, From: e.From, AI: e.AI(), Agent: e.By, Name: e.Body.Name, Text: e.Body.Text,
		Owner: e.Body.To, Reason: e.Body.Reason, Queue: e.Body.Queue, Intent: e.Body.Intent,
		Confidence: e.Body.Confidence, Unsure: e.Body.Unsure, Score: e.Body.Score, Code: e.Body.Code, Phone: e.Body.Phone,
	}
}

func (j *jsonlWriter) flush() error { return j.to.Flush() }
