// Package problem turns errors into answers that people understand.
//
// Handlers return plain errors. Here, and nowhere else, a sentinel becomes a status, a code for
// programs, a title that says what is wrong and a detail that says what to do next, written as
// application/problem+json (RFC 9457). An error without a row in the table is "internal": its text
// goes to the log together with the request id, never to the client.
package problem

import (
	"cmp"
	"net/http"
)

// Code names a problem for programs. Consoles translate by it.
type Code string

// The codes of REST errors.
const (
	Unauthorized Code = "unauthorized"
	Forbidden    Code = "forbidden"
	NotFound     Code = "not_found"
	RateLimited  Code = "rate_limited"
	Invalid      Code = "invalid"
	Conflict     Code = "conflict"
	Gone         Code = "gone"
	Unavailable  Code = "unavailable"
	Internal     Code = "internal"
)

// statuses is the HTTP status of each code; a request that cannot be read keeps its own 4xx.
var statuses = map[Code]int{
	Unauthorized: http.StatusUnauthorized,
	Forbidden:    http.StatusForbidden,
	NotFound:     http.StatusNotFound,
	RateLimited:  http.StatusTooManyRequests,
	Invalid:      http.StatusUnprocessableEntity,
	Conflict:     http.StatusConflict,
	Gone:         http.StatusGone,
	Unavailable:  http.StatusServiceUnavailable,
	Internal:     http.StatusInternalServerError,
}

// Problem is the body of every REST error, and an error itself.
type Problem struct {
	Title  string `json:"title" doc:"What is wrong, in a sentence."`
	Status int    `json:"status" doc:"The HTTP status."`
	Detail string `json:"detail" doc:"What to do next."`
	Code   Code   `json:"code" enum:"unauthorized,forbidden,not_found,rate_limited,invalid,conflict,gone,unavailable,internal"`
	// RequestID finds the request in the log.
	RequestID string  `json:"request_id,omitempty" doc:"Finds the request in the server's log."`
	RetryMS   int64   `json:"retry_ms,omitempty" doc:"How long to wait before the next try."`
	Fields    []Field `json:"fields,omitempty" doc:"What is wrong with which field."`
}

// Field says what is wrong with one field of a request.
type Field struct {
	Name    string `json:"name" doc:"Such as login, or items[3].text."`
	Problem string `json:"problem" doc:"Completes a sentence that begins with the name."`
}

// New returns a problem for what only its handler knows. What is wrong goes into title, the next
// step into detail.
func New(code Code, title, detail string) *Problem {
	status := cmp.Or(statuses[code], http.StatusInternalServerError)
	return &Problem{Title: title, Status: status, Detail: detail, Code: code}
}

// Error implements error.
func (p *Problem) Error() string { return p.Title + " " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return mediaType }

const mediaType = "application/problem+json"
