package record

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"yijian/session"
)

// The events of a segment are lines of JSON, as they are or deflated; the first byte says which. A
// fresh segment holds a few events, which deflating would make hardly smaller and several times as
// dear; a compacted one holds a whole conversation, of which a third to a quarter is left.
const (
	plain    = 'j'
	deflated = 'z'
	// deflateFrom is the size from which deflating pays.
	deflateFrom = 2 << 10
	// eventsMost bounds what a segment may inflate to, against a damaged or hostile one.
	eventsMost = 64 << 20
)

// line is an event within a segment. Its seq and the id before it follow from its place.
type line struct {
	ID   string       `json:"i"`
	At   int64        `json:"t"`
	Kind session.Kind `json:"k"`
	From session.Role `json:"f"`
	By   string       `json:"w,omitempty"`
	Body session.Body `json:"b"`
}

func encode(events []session.Event) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte(plain)
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	for _, e := range events {
		if err := w.Encode(line{e.ID, e.At.UnixMilli(), e.Kind, e.From, e.By, e.Body}); err != nil {
			return nil, fmt.Errorf("encode event %s: %w", e.ID, err)
		}
	}
	return b.Bytes(), nil
}

// deflate makes an encoded segment smaller if that pays.
func deflate(encoded []byte) ([]byte, error) {
	if len(encoded) < deflateFrom || encoded[0] != plain {
		return encoded, nil
	}
	var b bytes.Buffer
	b.WriteByte(deflated)
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(encoded[1:]); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// decode reads the events of a segment that begins at a seq, after the event prev.
func decode(encoded []byte, from uint64, prev string) ([]session.Event, error) {
	lines, err := linesOf(encoded)
	if err != nil {
		return nil, err
	}
	var events []session.Event
	for {
		var l line
		err := lines.Decode(&l)
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("event %d of a segment: %w", len(events), err)
		}
		events = append(events, session.Event{
			Seq: from + uint64(len(events)), ID: l.ID, Prev: prev, At: time.UnixMilli(l.At).UTC(),
			Kind: l.Kind, From: l.From, By: l.By, Body: l.Body,
		})
		prev = l.ID
	}
}

func linesOf(encoded []byte) (*json.Decoder, error) {
	if len(encoded) == 0 {
		return nil, errors.New("a segment is empty")
	}
	switch body := bytes.NewReader(encoded[1:]); encoded[0] {
	case plain:
		return json.NewDecoder(body), nil
	case deflated:
		return json.NewDecoder(io.LimitReader(flate.NewReader(body), eventsMost)), nil
	}
	return nil, fmt.Errorf("a segment is of the unknown kind %q; it was written by a newer Yijian", encoded[0])
}
