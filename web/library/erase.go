package library

import (
	"context"
	"errors"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yijian/agents"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/export"
	"yijian/web/auth"
	"yijian/web/problem"
)

// missing is the answer to a session that is not there, or not the account's to see.
var missing = problem.New(problem.NotFound, "There is no such session.", "Check the id; it may have been deleted.")

type eraseInput struct {
	ID     string `path:"id" maxLength:"64"`
	Reason string `query:"reason" required:"true" minLength:"1" maxLength:"500" doc:"Why, for the audit log; write nothing of the visitor."`
}

// erase removes a conversation for good, at its visitor's request. The audit log keeps that it was.
func (l *Library) erase(ctx context.Context, in *eraseInput) (*struct{}, error) {
	who := auth.Of(ctx).Account
	id, site, err := l.find(ctx, who, agents.SessionsErase, in.ID)
	if err != nil {
		return nil, err
	}
	err = l.Record.Audit(ctx, record.Entry{
		At: l.Now(), Who: who.ID, What: "sessions.erase", Site: site, Target: string(id), Reason: in.Reason,
	})
	if err != nil {
		return nil, err
	}
	return nil, l.Erase(ctx, id)
}

type oneInput struct {
	ID     string `path:"id" maxLength:"64"`
	Format string `query:"format" enum:"csv,jsonl" default:"jsonl"`
}

// exportOne writes all that is kept of one visitor's conversation.
func (l *Library) exportOne(ctx context.Context, in *oneInput) (*huma.StreamResponse, error) {
	who := auth.Of(ctx).Account
	id, site, err := l.find(ctx, who, agents.SessionsTake, in.ID)
	if err != nil {
		return nil, err
	}
	err = l.Record.Audit(ctx, record.Entry{At: l.Now(), Who: who.ID, What: "sessions.export", Site: site, Target: string(id)})
	if err != nil {
		return nil, err
	}
	return l.stream(export.Format(in.Format), "conversation", export.One(id)), nil
}

// find returns the id and the site of a session if the account may do what verb names with it.
func (l *Library) find(ctx context.Context, who agents.Account, verb agents.Verb, raw string) (session.ID, string, error) {
	id, err := session.ParseID(raw)
	if err != nil {
		return "", "", missing
	}
	s, err := l.Record.Session(ctx, id)
	state := s.State
	if errors.Is(err, record.ErrNoSession) {
		if state, err = l.Live(ctx, id); errors.Is(err, session.ErrGone) {
			return "", "", missing
		}
	}
	if err == nil && !who.May(verb, state.Site) {
		err = missing
	}
	return id, state.Site, err
}

type auditOutput struct {
	Body struct {
		Items []Audited `json:"items" nullable:"false"`
	}
}

// Audited is one entry of the audit log.
type Audited struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Who    string    `json:"who" doc:"An account, or what acted by itself."`
	What   string    `json:"what"`
	Site   string    `json:"site,omitempty"`
	Target string    `json:"target,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// auditPage is how many entries are told.
const auditPage = 500

func (l *Library) audit(ctx context.Context, _ *struct{}) (*auditOutput, error) {
	allowed, err := sites(auth.Of(ctx).Account, agents.AuditRead, "")
	if err != nil {
		return nil, err
	}
	entries, err := l.Record.Audits(ctx, allowed, auditPage)
	if err != nil {
		return nil, err
	}
	out := &auditOutput{}
	out.Body.Items = make([]Audited, len(entries))
	for i, e := range entries {
		out.Body.Items[i] = Audited{ID: e.ID, At: e.At, Who: e.Who, What: e.What, Site: e.Site, Target: e.Target, Reason: e.Reason}
	}
	return out, nil
}
