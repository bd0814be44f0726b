package problem

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/rs/zerolog"
)

// Write answers a request outside huma with the problem that From makes of err.
func Write(w http.ResponseWriter, r *http.Request, err error) {
	p := tell(r.Context(), err)
	if p.RetryMS > 0 {
		w.Header().Set("Retry-After", seconds(p.RetryMS))
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		zerolog.Ctx(r.Context()).Debug().Err(err).Msg("client left before its error was written")
	}
}

// tell makes the problem of one request: a copy of From's, with the request's id, logged if it is
// ours. It is the only place where such an error is logged.
func tell(ctx context.Context, err error) *Problem {
	p := *From(err)
	p.RequestID = RequestID(ctx)
	switch {
	case p.Code != Internal:
	case errors.Is(err, context.Canceled):
		zerolog.Ctx(ctx).Debug().Err(err).Msg("client left during its request")
	default:
		zerolog.Ctx(ctx).Error().Err(err).Msg("request failed")
	}
	return &p
}

// seconds rounds up, for Retry-After must not come too early.
func seconds(ms int64) string { return strconv.FormatInt((ms+999)/1000, 10) }
