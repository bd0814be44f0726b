package library

import (
	"context"
	"errors"
	"time"

	"yijian/agents"
	"yijian/router/escalate"
	"yijian/session"
	"yijian/session/record/search"
	"yijian/web/auth"
	"yijian/web/problem"
)

// Asked is what a search and an export may narrow down to.
type Asked struct {
	Q      string    `query:"q" maxLength:"500" doc:"Words that must all stand in one message."`
	Site   string    `query:"site" maxLength:"40"`
	From   time.Time `query:"from" doc:"Messages, or without words conversations, from this time on."`
	To     time.Time `query:"to" doc:"And before this one."`
	Owner  string    `query:"owner" enum:"bot,waiting,human,closed"`
	Agent  string    `query:"agent" maxLength:"100" doc:"Somebody who answered."`
	Reason string    `query:"reason" maxLength:"100" doc:"Of the last handoff."`
	Queue  string    `query:"queue" maxLength:"100"`
	Rating int       `query:"rating" minimum:"0" maximum:"5" doc:"1 to 5; 0 is any."`
}

// profile is the answer to who would list those who need more time: that may only help in the
// conversation itself, and is in no profile and no export (DESIGN §6).
var profile = problem.New(problem.Invalid, "Nobody is searched for by needing more time.", "Leave the reason out.")

func (a Asked) query(sites []string) (search.Query, error) {
	if a.Reason == escalate.MoreTime.String() {
		return search.Query{}, profile
	}
	return search.Query{
		Text: a.Q, Sites: sites, From: a.From, To: a.To, Owner: session.Owner(a.Owner), Agent: a.Agent,
		Reason: a.Reason, Queue: a.Queue, Rating: a.Rating,
	}, nil
}

type searchInput struct {
	Asked
	After string `query:"after" maxLength:"200" doc:"The next of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type searchOutput struct {
	Body struct {
		Items []Found  `json:"items" nullable:"false"`
		Next  string   `json:"next,omitempty" doc:"Pass as after for the next page. A page before the last may be short."`
		Terms []string `json:"terms,omitempty" doc:"The words as they were understood, for marking them."`
	}
}

// Found is a conversation, and the message in it that was found.
type Found struct {
	Session string     `json:"session"`
	Site    string     `json:"site"`
	Lang    string     `json:"lang"`
	Owner   string     `json:"owner"`
	Agent   string     `json:"agent,omitempty"`
	Reason  string     `json:"reason,omitempty"`
	Queue   string     `json:"queue,omitempty"`
	Rating  int        `json:"rating,omitempty"`
	Opened  time.Time  `json:"opened"`
	Closed  *time.Time `json:"closed,omitempty"`
	Message *Message   `json:"message,omitempty" doc:"What was found; without words the visitor's first."`
}

// Message is one message of it.
type Message struct {
	Seq  uint64    `json:"seq"`
	At   time.Time `json:"at"`
	From string    `json:"from"`
	AI   bool      `json:"ai,omitempty" doc:"Written by a machine."`
	Name string    `json:"name,omitempty"`
	Text string    `json:"text"`
}

func (l *Library) search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	sites, err := sites(auth.Of(ctx).Account, agents.SessionsRead, in.Site)
	if err != nil {
		return nil, err
	}
	q, err := in.query(sites)
	if err != nil {
		return nil, err
	}
	q.After, q.Limit = in.After, in.Limit
	page, err := l.Search.Search(ctx, q)
	if errors.Is(err, search.ErrCursor) {
		return nil, problem.New(problem.Invalid, "There is no such page.", "Pass the next of the page before, or leave after out.")
	}
	if err != nil {
		return nil, err
	}
	out := &searchOutput{}
	out.Body.Next, out.Body.Terms = page.Next, page.Terms
	out.Body.Items = make([]Found, len(page.Hits))
	for i, h := range page.Hits {
		out.Body.Items[i] = foundOf(h)
	}
	return out, nil
}

func foundOf(h search.Hit) Found {
	f := Found{
		Session: string(h.Session), Site: h.Site, Lang: h.Lang, Owner: string(h.Owner), Agent: h.Agent,
		Reason: h.Reason, Queue: h.Queue, Rating: h.Rating, Opened: h.Opened,
	}
	if !h.Closed.IsZero() {
		f.Closed = &h.Closed
	}
	if m := h.Message; m.Seq > 0 {
		f.Message = &Message{Seq: m.Seq, At: m.At, From: string(m.From), AI: m.AI(), Name: m.Body.Name, Text: m.Body.Text}
	}
	return f
}
