package library

import (
	"context"

	"yijian/agents"
	"yijian/web/auth"
)

type filtersOutput struct {
	Body struct {
		Sites  []FilterSite  `json:"sites" nullable:"false"`
		Agents []FilterAgent `json:"agents" nullable:"false" doc:"Accounts of these sites; an import may name others."`
		Queues []string      `json:"queues" nullable:"false"`
	}
}

// FilterSite is a site that a search may be narrowed down to.
type FilterSite struct {
	ID     string `json:"id"`
	NameZH string `json:"name_zh,omitempty"`
	NameEN string `json:"name_en,omitempty"`
}

// FilterAgent is somebody who may have answered.
type FilterAgent struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// filters tells what a search may ask for, as far as the account may know it.
func (l *Library) filters(ctx context.Context, _ *struct{}) (*filtersOutput, error) {
	who := auth.Of(ctx).Account
	all, err := l.Record.Sites(ctx)
	if err != nil {
		return nil, err
	}
	staff, err := l.Staff(ctx)
	if err != nil {
		return nil, err
	}
	out := &filtersOutput{}
	out.Body.Sites, out.Body.Agents, out.Body.Queues = []FilterSite{}, []FilterAgent{}, append([]string{}, l.Queues...)
	for _, s := range all {
		if who.May(agents.SessionsRead, s.ID) {
			out.Body.Sites = append(out.Body.Sites, FilterSite{ID: s.ID, NameZH: s.NameZH, NameEN: s.NameEN})
		}
	}
	for _, a := range staff {
		if agents.Can(a.Role, agents.AgentMessage) && who.Meets(a.Sites) {
			out.Body.Agents = append(out.Body.Agents, FilterAgent{ID: a.ID, Name: a.Name})
		}
	}
	return out, nil
}
