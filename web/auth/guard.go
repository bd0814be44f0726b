package auth

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"yijian/agents"
	"yijian/web/problem"
)

// decision is the metadata key under which an operation says who may call it.
const decision = "yijian.auth"

// public marks an operation that needs no sign-in.
type public struct{}

// Needs is the metadata of an operation that takes a signed-in account whose role has the verb. Where
// the thing asked for belongs to a site, the handler asks agents.Account.May besides.
func Needs(verb agents.Verb) map[string]any { return map[string]any{decision: verb} }

// Public is the metadata of an operation that anybody may call.
func Public() map[string]any { return map[string]any{decision: public{}} }

// Protect puts the guard before every operation that is registered on api from now on. The api must
// be one of humago.
func (a *Auth) Protect(api huma.API) {
	problem.Install()
	api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(ctx)
		who, err := a.admit(r, ctx.Operation())
		if err != nil {
			problem.Write(w, r, err)
			return
		}
		next(huma.WithValue(ctx, callerKey{}, who))
	})
}

// admit decides about one request.
func (a *Auth) admit(r *http.Request, op *huma.Operation) (caller, error) {
	who := caller{address: a.Address(r), secure: a.Secure(r)}
	_, hasBearer := bearer(r)
	if !hasBearer && a.crossSite.Check(r) != nil {
		return caller{}, problem.New(problem.Forbidden, "This request came from a page of another site.",
			"Open the console itself and try again there.")
	}
	switch needs := op.Metadata[decision].(type) {
	case public:
		return who, nil
	case agents.Verb:
		var err error
		if who.Identity, err = a.FromRequest(r); err != nil {
			return caller{}, err
		}
		if !agents.Can(who.Account.Role, needs) {
			return caller{}, agents.ErrForbidden
		}
		return who, nil
	}
	return caller{}, fmt.Errorf("operation %s says neither which verb it needs nor that it is public",
		op.OperationID)
}

// Undecided lists the operations of api that say neither which known verb they need nor that they are
// public. A test of the whole API holds that there are none.
func Undecided(api huma.API) []string {
	var found []string
	for path, item := range api.OpenAPI().Paths {
		for _, op := range operations(item) {
			if !decided(op) {
				found = append(found, op.Method+" "+path)
			}
		}
	}
	slices.Sort(found)
	return found
}

func decided(op *huma.Operation) bool {
	switch needs := op.Metadata[decision].(type) {
	case public:
		return true
	case agents.Verb:
		return needs.Known()
	}
	return false
}

func operations(item *huma.PathItem) []*huma.Operation {
	all := []*huma.Operation{
		item.Get, item.Put, item.Post, item.Delete, item.Options, item.Head, item.Patch, item.Trace,
	}
	return slices.DeleteFunc(all, func(op *huma.Operation) bool { return op == nil })
}
