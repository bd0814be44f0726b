package search

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"yijian/session"
)

// Query is what to look for. Whatever is empty is not asked for.
type Query struct {
	// Text is what was typed into the search field: words that must all be in one message.
	Text string
	// Sites are those that may be searched; nil means all.
	Sites []string
	// From and To bound the time: of messages where there is a text, else of the beginnings.
	From, To time.Time
	Owner    session.Owner
	// Agent is the id of somebody who answered.
	Agent  string
	Reason string
	Queue  string
	// Rating is 1 to 5.
	Rating int
	// After is the Next of the page before.
	After string
	// Limit is how many hits a page has, DefaultLimit if 0.
	Limit int
}

// Limits of a page.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// Hit is a conversation, and the message that was found in it: of a search without words the first
// one of the visitor.
type Hit struct {
	Session        session.ID
	Site, Lang     string
	Owner          session.Owner
	Agent          string
	Reason, Queue  string
	Rating         int
	Opened, Closed time.Time
	// Message is zero where a conversation has none.
	Message session.Event

	id  int64
	seq uint64
}

// Page is what was found, newest first.
type Page struct {
	Hits []Hit
	// Next asks for what follows; empty on the last page. A page before it may be short, even empty.
	Next string
	// Terms are the words as they were understood.
	Terms []string
}

// ErrCursor says that a page was asked for by something that no page before it gave.
var ErrCursor = errors.New("this is not the next of a page")

// cursor is a place in the order of hits: an id of the index, or a session.
type cursor string

func (c cursor) encode() string { return base64.RawURLEncoding.EncodeToString([]byte(c)) }

func messageCursor(id int64) cursor { return cursor("m" + strconv.FormatInt(id, 10)) }

func sessionCursor(id session.ID) cursor { return cursor("s" + id) }

func decodeCursor(text string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return "", ErrCursor
	}
	return cursor(raw), nil
}

func (c cursor) message() (int64, error) {
	rest, ok := strings.CutPrefix(string(c), "m")
	id, err := strconv.ParseInt(rest, 10, 64)
	if !ok || err != nil {
		return 0, ErrCursor
	}
	return id, nil
}

func (c cursor) session() (session.ID, error) {
	rest, ok := strings.CutPrefix(string(c), "s")
	if !ok {
		return "", ErrCursor
	}
	id, err := session.ParseID(rest)
	if err != nil {
		return "", ErrCursor
	}
	return id, nil
}
