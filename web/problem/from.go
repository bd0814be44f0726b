package problem

import (
	"errors"
	"net/http"
	"strings"

	"yijian/agents"
	"yijian/router/policy"
	"yijian/session/record"
)

// table gives every sentinel that may reach a REST client its code and its sentences.
var table = []struct {
	err           error
	code          Code
	title, detail string
}{
	{
		agents.ErrUnauthorized, Unauthorized,
		"You are not signed in, or your sign-in has ended.", "Sign in and try again.",
	},
	{
		agents.ErrBadCredentials, Unauthorized,
		"The login or the password is wrong.", "Check both and try again, or ask an admin for a sign-in link.",
	},
	{
		agents.ErrBadLink, Unauthorized,
		"This sign-in link was used or has expired.", "Ask an admin for a new link.",
	},
	{
		agents.ErrDisabled, Forbidden,
		"This account is disabled.", "Ask an admin to let you in again.",
	},
	{
		agents.ErrForbidden, Forbidden,
		"Your role or your sites do not allow this.", "Ask an admin to do it or to change your role.",
	},
	{
		agents.ErrNotASession, Forbidden,
		"An API key cannot do this.", "Sign in as a person and try again.",
	},
	{
		agents.ErrNoAccount, NotFound,
		"There is no such account.", "Reload the list of accounts and choose again.",
	},
	{
		agents.ErrNoKey, NotFound,
		"There is no such API key.", "Check its id; it was shown when the key was created.",
	},
	{
		record.ErrNoSite, NotFound,
		"There is no such site.", "Check the site's id in the configuration.",
	},
	{
		agents.ErrLoginTaken, Conflict,
		"Another account has this login.", "Choose a different login.",
	},
	{
		agents.ErrLastAdmin, Conflict,
		"This is the last admin.", "Make somebody else an admin first.",
	},
	{
		agents.ErrRateLimited, RateLimited,
		"There were too many attempts.", "Wait a moment and try again.",
	},
	{
		policy.ErrStale, Conflict,
		"Somebody published another version meanwhile.", "Look at it, apply your change to it, and publish again.",
	},
	{
		policy.ErrNoVersion, NotFound,
		"There is no such version.", "Reload the list of versions and choose again.",
	},
	{
		policy.ErrNoReason, Invalid,
		"A policy is published with a reason.", "Say why, in 3 to 500 characters, and publish again.",
	},
	{
		agents.ErrInvalid, Invalid,
		"Some fields are not acceptable.", "Correct them and send again.",
	},
}

// From returns the problem that a client is told about err. A *Problem is returned as it is; an
// error that is not in the table becomes Internal, which tells nothing of it.
func From(err error) *Problem {
	if own, ok := errors.AsType[*Problem](err); ok {
		return own
	}
	if bad, ok := errors.AsType[*policy.Invalid](err); ok {
		p := New(Invalid, "This policy cannot be published.", strings.Join(bad.Problems, ". ")+". Correct this and publish again.")
		for _, text := range bad.Problems {
			name, _, _ := strings.Cut(text, " ")
			p.Fields = append(p.Fields, Field{Name: name, Problem: strings.TrimSpace(strings.TrimPrefix(text, name))})
		}
		return p
	}
	for _, row := range table {
		if errors.Is(err, row.err) {
			return withParticulars(New(row.code, row.title, row.detail), err)
		}
	}
	return New(Internal, "Something went wrong on our side.",
		"Try again in a moment; if it stays, give your administrator the request id.")
}

// withParticulars adds what the error itself knows: which fields, how long to wait.
func withParticulars(p *Problem, err error) *Problem {
	if limited, ok := errors.AsType[agents.RateLimitError](err); ok {
		p.RetryMS = limited.After.Milliseconds()
		p.Detail = "Wait " + seconds(p.RetryMS) + " seconds and try again."
	}
	p.Fields = fieldsOf(err)
	if len(p.Fields) > 0 {
		p.Detail = list(p.Fields) + " Correct this and send again."
	}
	return p
}

// fieldsOf collects the FieldErrors of a tree of joined errors, in their order.
func fieldsOf(err error) []Field {
	switch e := err.(type) { //nolint:errorlint // walks the tree itself
	case agents.FieldError:
		return []Field{{Name: e.Field, Problem: e.Problem}}
	case interface{ Unwrap() []error }:
		var fields []Field
		for _, part := range e.Unwrap() {
			fields = append(fields, fieldsOf(part)...)
		}
		return fields
	case interface{ Unwrap() error }:
		return fieldsOf(e.Unwrap())
	}
	return nil
}

func list(fields []Field) string {
	sentences := make([]string, len(fields))
	for i, f := range fields {
		sentences[i] = strings.TrimSpace(f.Name+" "+f.Problem) + "."
	}
	return strings.Join(sentences, " ")
}

// codeOf is the code of a status that a library chose.
func codeOf(status int) Code {
	switch status {
	case http.StatusUnauthorized:
		return Unauthorized
	case http.StatusForbidden:
		return Forbidden
	case http.StatusNotFound:
		return NotFound
	case http.StatusConflict:
		return Conflict
	case http.StatusTooManyRequests:
		return RateLimited
	case http.StatusServiceUnavailable:
		return Unavailable
	}
	if status >= http.StatusInternalServerError {
		return Internal
	}
	return Invalid
}
