package web

import (
	"context"
	"encoding/json"
	"time"

	"yijian/agents"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/web/auth"
)

// Version is one published policy as the API shows it.
type Version struct {
	Version  int             `json:"version"`
	Hash     string          `json:"hash" doc:"Of what the policy says; a restored one has its old hash."`
	At       time.Time       `json:"at"`
	By       string          `json:"by" doc:"The account that published it."`
	Name     string          `json:"name" doc:"What the account was called then."`
	Reason   string          `json:"reason"`
	Restores int             `json:"restores,omitempty" doc:"The version whose words these are again."`
	Policy   json.RawMessage `json:"policy"`
}

func versionOf(v policy.Version) (Version, error) {
	body, err := json.Marshal(v.Policy)
	return Version{
		Version: v.Version, Hash: v.Hash, At: v.At, By: v.By, Name: v.Name, Reason: v.Reason, Restores: v.Restores, Policy: body,
	}, err
}

type langIn struct {
	Lang string `query:"lang" maxLength:"35" doc:"A BCP 47 tag; English if it is not spoken."`
}

type policyOut struct {
	Body struct {
		Version
		Limits  []escalate.Limit `json:"limits" nullable:"false"`
		Signals []escalate.Label `json:"signals" nullable:"false"`
	}
}

func (s *Server) policyNow(_ context.Context, in *langIn) (*policyOut, error) {
	var out policyOut
	var err error
	out.Body.Version, err = versionOf(s.policies.Newest())
	out.Body.Limits, out.Body.Signals = escalate.Limits(), escalate.Labels(in.Lang)
	return &out, err
}

// versionsPage is how many versions one answer holds.
const versionsPage = 50

type versionsIn struct {
	Below int `query:"below" minimum:"0" doc:"The lowest version held; the answer begins below it."`
}

type versionsOut struct {
	Body struct {
		Items []Version `json:"items" nullable:"false"`
		Next  int       `json:"next,omitempty" doc:"Pass as below for the next page; absent on the last."`
	}
}

func (s *Server) policyVersions(ctx context.Context, in *versionsIn) (*versionsOut, error) {
	all, err := s.policies.Versions(ctx, in.Below, versionsPage)
	if err != nil {
		return nil, err
	}
	var out versionsOut
	out.Body.Items = make([]Version, len(all))
	for i, v := range all {
		if out.Body.Items[i], err = versionOf(v); err != nil {
			return nil, err
		}
	}
	if n := len(all); n == versionsPage && all[n-1].Version > 1 {
		out.Body.Next = all[n-1].Version
	}
	return &out, nil
}

type versionIn struct {
	Version int `path:"version" minimum:"1"`
}

type versionOut struct{ Body Version }

func (s *Server) policyVersion(ctx context.Context, in *versionIn) (*versionOut, error) {
	v, err := s.policies.Version(ctx, in.Version)
	if err != nil {
		return nil, err
	}
	body, err := versionOf(v)
	return &versionOut{body}, err
}

// Judged is one judgement as the API shows it.
type Judged struct {
	Session string          `json:"session"`
	Seq     uint64          `json:"seq" doc:"The message it is about."`
	Site    string          `json:"site"`
	At      time.Time       `json:"at"`
	Done    escalate.Action `json:"done" enum:"none,assist,offer,transfer" doc:"Less than was decided where that was done or declined before."`
	Was     Verdict         `json:"was"`
	// Would is there in a preview.
	Would   *Verdict `json:"would,omitempty"`
	Changed bool     `json:"changed,omitempty"`
}

// Verdict is a decision in words, from its record alone.
type Verdict struct {
	Action   escalate.Action `json:"action" enum:"none,assist,offer,transfer"`
	Policy   int             `json:"policy"`
	Sentence string          `json:"sentence,omitempty" doc:"What the visitor reads."`
	Table    escalate.Table  `json:"table"`
}

func judgedOf(j escalate.Judgement, lang string) Judged {
	return Judged{
		Session: string(j.Session), Seq: j.Seq, Site: j.Site, At: j.At, Done: j.Done, Was: verdictOf(j.Decided, lang),
	}
}

func verdictOf(d escalate.Decision, lang string) Verdict {
	return Verdict{Action: d.Action, Policy: d.Policy, Sentence: d.Explain(lang), Table: d.Table(lang)}
}

type decisionsIn struct {
	Lang  string `query:"lang" maxLength:"35" doc:"A BCP 47 tag; English if it is not spoken."`
	Acted bool   `query:"acted" doc:"Only those about which something was done."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type decisionsOut struct {
	Body struct {
		Items []Judged `json:"items" nullable:"false"`
	}
}

func (s *Server) decisions(ctx context.Context, in *decisionsIn) (*decisionsOut, error) {
	all, err := s.policies.Decisions(ctx, s.sitesOf(ctx), in.Acted, in.Limit)
	if err != nil {
		return nil, err
	}
	var out decisionsOut
	out.Body.Items = make([]Judged, len(all))
	for i, j := range all {
		out.Body.Items[i] = judgedOf(j, in.Lang)
	}
	return &out, nil
}

// sitesOf are the sites whose conversations the caller may read.
func (s *Server) sitesOf(ctx context.Context) []string {
	var all []string
	for id := range s.sites {
		if auth.Of(ctx).Account.May(agents.SessionsRead, id) {
			all = append(all, id)
		}
	}
	return all
}
