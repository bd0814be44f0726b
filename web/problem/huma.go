package problem

import (
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

var (
	_ huma.StatusError       = (*Problem)(nil)
	_ huma.ContentTypeFilter = (*Problem)(nil)

	installed sync.Once
)

// Install makes huma answer every error with a Problem. huma keeps its error constructors in
// variables of its package, so this holds for the whole process; it is called before the first route
// is registered, and further calls do nothing.
func Install() {
	installed.Do(func() {
		huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
			return fromHuma(status, msg, errs)
		}
		huma.NewErrorWithContext = inRequest
	})
}

// inRequest is what huma calls with the plain error of a handler, which it takes for a 500, and with
// what it found wrong in a request by itself.
func inRequest(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	err := errors.Join(errs...)
	if status < http.StatusInternalServerError || err == nil {
		err = fromHuma(status, msg, errs)
	}
	p := tell(ctx.Context(), err)
	if p.RetryMS > 0 {
		ctx.SetHeader("Retry-After", seconds(p.RetryMS))
	}
	return p
}

// fromHuma words what huma's validation found. The values are left out: one may be a password.
func fromHuma(status int, msg string, errs []error) *Problem {
	code := codeOf(status)
	if code == Internal {
		return From(errors.New(msg))
	}
	p := New(code, "The request was not understood.", "")
	p.Status = status
	for _, err := range errs {
		p.Fields = append(p.Fields, fieldOf(err))
	}
	if len(p.Fields) > 0 {
		msg = list(p.Fields)
	} else {
		msg += "."
	}
	p.Detail = msg + " Correct this and send again."
	return p
}

func fieldOf(err error) Field {
	var detailer huma.ErrorDetailer
	if errors.As(err, &detailer) {
		detail := detailer.ErrorDetail()
		_, name, _ := strings.Cut(detail.Location, ".")
		return Field{Name: name, Problem: detail.Message}
	}
	return Field{Problem: err.Error()}
}
