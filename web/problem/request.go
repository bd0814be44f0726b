package problem

import (
	"context"
	"crypto/rand"
	"net/http"
	"regexp"

	"github.com/rs/zerolog"
)

// RequestIDHeader carries the id of a request both ways.
const RequestIDHeader = "X-Request-Id"

type requestIDKey struct{}

// cleanID is what a proxy's own id must look like to be taken over into our log.
var cleanID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Identify gives every request an id, its own or the one that a proxy set, returns it in the answer,
// and puts a logger that carries it into the request's context, where zerolog.Ctx finds it.
func Identify(log zerolog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(RequestIDHeader)
		if !cleanID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set(RequestIDHeader, id)
		own := log.With().Str("request_id", id).Str("method", r.Method).Str("path", r.URL.Path).Logger()
		ctx := context.WithValue(own.WithContext(r.Context()), requestIDKey{}, id)
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// RequestID returns the id that Identify gave to the request of ctx, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
