package web

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"yijian/agents"
	"yijian/web/auth"
)

// maxPolicy is ample for a draft with its reason, in bytes.
const maxPolicy = 64 << 10

// registerPolicies lists the routes of policies and decisions. What they do is in policies_read.go and
// policies_write.go.
func (s *Server) registerPolicies(api huma.API) {
	huma.Register(api, policyRoute("policy", "GET /v1/policy",
		"The policy that decides now, its floors, and what is measured", agents.PolicyRead), s.policyNow)
	huma.Register(api, policyRoute("policies", "GET /v1/policies",
		"What was published, newest first: who, when, why", agents.PolicyRead), s.policyVersions)
	huma.Register(api, policyRoute("policy-version", "GET /v1/policies/{version}",
		"One version", agents.PolicyRead), s.policyVersion)
	huma.Register(api, policyRoute("policies-audit", "GET /v1/policies/audit.csv",
		"The audit as CSV: who, when, why, before and after", agents.PolicyWrite), s.policyAudit)
	huma.Register(api, policyRoute("policy-preview", "POST /v1/policies/preview",
		"What is wrong with a draft, and what the last decisions would have been under it", agents.PolicyWrite), s.policyPreview)
	huma.Register(api, auth.Created(policyRoute("policy-publish", "POST /v1/policies",
		"Publish a draft with a reason", agents.PolicyWrite)), s.policyPublish)
	huma.Register(api, auth.Created(policyRoute("policy-restore", "POST /v1/policies/{version}/restore",
		"Publish an old version again with a reason", agents.PolicyWrite)), s.policyRestore)
	huma.Register(api, policyRoute("decisions", "GET /v1/decisions",
		"What was decided lately, with everything that decided it", agents.SessionsRead), s.decisions)
}

func policyRoute(id, route, summary string, verb agents.Verb) huma.Operation {
	op := auth.Operation("policies", id, route, summary, auth.Needs(verb))
	op.MaxBodyBytes = maxPolicy
	op.Errors = append(op.Errors, http.StatusConflict, http.StatusUnprocessableEntity)
	return op
}
