package library

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yijian/agents"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/search"
	"yijian/web/auth"
)

// Deps are what New needs.
type Deps struct {
	Record *record.DB
	Search *search.Index
	// Live reads how a conversation stands that the record may not have yet.
	Live func(context.Context, session.ID) (session.State, error)
	// Erase removes a conversation wherever it is kept.
	Erase func(context.Context, session.ID) error
	// Staff lists all accounts, and Queues are those of the settings: what a search may ask for.
	Staff  func(context.Context) ([]agents.Account, error)
	Queues []string
	Now    func() time.Time
}

// Library answers the routes.
type Library struct{ Deps }

// New returns a library; Register puts it to work.
func New(d Deps) *Library { return &Library{d} }

// Register adds the routes to an api that auth.Protect guards. It is the list of these routes.
func (l *Library) Register(api huma.API) {
	huma.Register(api, operation("search-sessions", "GET /v1/sessions",
		"Find conversations by what was said in them, the newest first", agents.SessionsRead), l.search)
	huma.Register(api, operation("search-filters", "GET /v1/sessions/filters",
		"The sites, agents and queues that a search may ask for", agents.SessionsRead), l.filters)
	huma.Register(api, operation("export-sessions", "GET /v1/sessions/export",
		"Take conversations out, as they are read", agents.SessionsTake), l.export)
	huma.Register(api, operation("export-session", "GET /v1/sessions/{id}/export",
		"All that is kept of one visitor's conversation", agents.SessionsTake), l.exportOne)
	huma.Register(api, operation("erase-session", "DELETE /v1/sessions/{id}",
		"Erase a conversation for good, at its visitor's request", agents.SessionsErase), l.erase)
	huma.Register(api, operation("audit", "GET /v1/audit",
		"Who took conversations out or erased them, the newest first", agents.AuditRead), l.audit)
}

func operation(id, route, summary string, verb agents.Verb) huma.Operation {
	return auth.Operation("sessions", id, route, summary, auth.Needs(verb))
}

// sites are those that an account may look into with verb, narrowed to one if it asks for it; nil is all.
func sites(who agents.Account, verb agents.Verb, asked string) ([]string, error) {
	switch {
	case asked != "" && !who.May(verb, asked):
		return nil, record.ErrNoSite
	case asked != "":
		return []string{asked}, nil
	case who.OnSite(agents.EverySite):
		return nil, nil
	}
	return who.Sites, nil
}
