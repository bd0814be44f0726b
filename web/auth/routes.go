package auth

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yijian/agents"
)

// maxBody is ample for every body here: names, logins, passwords.
const maxBody = 16 << 10

// Register adds the routes of sign-in and accounts to an api that Protect guards. It is the list of
// these routes.
func (a *Auth) Register(api huma.API) {
	huma.Register(api, operation("sign-in", "POST /v1/agents/sign-in",
		"Sign in with a password", Public()), a.signIn)
	huma.Register(api, operation("sign-in-by-link", "POST /v1/agents/sign-in/link",
		"Sign in with a one-time link", Public()), a.signInByLink)
	huma.Register(api, operation("sign-out", "POST /v1/agents/sign-out",
		"End this session", Needs(agents.SelfWrite)), a.signOut)
	huma.Register(api, operation("me", "GET /v1/agents/me",
		"Who is signed in", Needs(agents.SelfRead)), a.me)
	huma.Register(api, operation("change-password", "PUT /v1/agents/me/password",
		"Set or change one's own password; ends all other sessions", Needs(agents.SelfWrite)), a.changePassword)
	huma.Register(api, operation("list-agents", "GET /v1/agents",
		"The accounts of one's sites", Needs(agents.AccountsRead)), a.list)
	huma.Register(api, Created(operation("create-agent", "POST /v1/agents",
		"Create an account; without a password, with a one-time link", Needs(agents.AccountsWrite))), a.create)
	huma.Register(api, operation("disable-agent", "POST /v1/agents/{id}/disable",
		"Disable an account, its sessions and its keys", Needs(agents.AccountsWrite)), a.disable)
	huma.Register(api, Created(operation("create-link", "POST /v1/agents/{id}/link",
		"Make a one-time sign-in link", Needs(agents.AccountsWrite))), a.createLink)
	huma.Register(api, operation("end-sessions", "DELETE /v1/agents/{id}/sessions",
		"End all sessions of an account", Needs(agents.AccountsWrite)), a.endSessions)
	huma.Register(api, Created(operation("create-key", "POST /v1/agents/{id}/keys",
		"Create an API key, shown this once", Needs(agents.KeysWrite))), a.createKey)
	huma.Register(api, operation("revoke-key", "DELETE /v1/agents/{id}/keys/{key}",
		"Revoke an API key", Needs(agents.KeysWrite)), a.revokeKey)
}

// Operation describes a route of any part of the API, for huma and for the OpenAPI document: whom it
// lets in, how callers sign in, and what every such route may answer. route is "METHOD /path".
func Operation(tag, id, route, summary string, who map[string]any) huma.Operation {
	method, path, _ := strings.Cut(route, " ")
	op := huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, Metadata: who, Tags: []string{tag},
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound},
	}
	if _, open := who[decision].(public); !open {
		op.Security = []map[string][]string{{"cookie": {}}, {"bearer": {}}}
	}
	return op
}

// Created marks an operation that answers 201.
func Created(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}

func operation(id, route, summary string, who map[string]any) huma.Operation {
	op := Operation("agents", id, route, summary, who)
	op.MaxBodyBytes = maxBody
	op.Errors = append(op.Errors, http.StatusConflict, http.StatusTooManyRequests)
	return op
}
