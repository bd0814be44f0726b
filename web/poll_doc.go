package web

import (
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"yijian/web/auth"
	"yijian/web/problem"
)

// describePoll writes the poll into the OpenAPI document. It is not an operation of huma, because
// pages of other origins call it and its answer may take 25 s.
func describePoll(api huma.API) {
	schemas := api.OpenAPI().Components.Schemas
	body := func(v any, name string) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: schemas.Schema(reflect.TypeOf(v), true, name)}}
	}
	op := &huma.Operation{
		OperationID: "visitor-poll", Method: http.MethodPost, Path: "/v1/visitor/poll",
		Summary: "The visitor socket in POSTs, where a proxy breaks WebSockets", Tags: []string{"visitors"},
		Description: "Carries the frames of the visitor socket. Open a channel with hello; then send frames, " +
			"and keep one request waiting for those of the server. After any failed request say hello on a new " +
			"channel with the position held.",
		Metadata:    auth.Public(),
		RequestBody: &huma.RequestBody{Required: true, Content: body(pollIn{}, "PollIn")},
		Responses: map[string]*huma.Response{
			"200": {Description: "The frames there are.", Content: body(pollOut{}, "PollOut")},
		},
	}
	for status, what := range map[int]string{
		http.StatusBadRequest:            "Not a JSON object.",
		http.StatusForbidden:             "The page is of no site.",
		http.StatusGone:                  "The channel is not known here: say hello again.",
		http.StatusRequestEntityTooLarge: "Too many frames at once.",
		http.StatusTooManyRequests:       "Too many connections of one address.",
		http.StatusServiceUnavailable:    "The server is restarting or full.",
	} {
		op.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: what,
			Content: map[string]*huma.MediaType{"application/problem+json": {
				Schema: schemas.Schema(reflect.TypeFor[problem.Problem](), true, "Problem"),
			}},
		}
	}
	api.OpenAPI().AddOperation(op)
}
