package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/web/problem"
	"yijian/web/wire"
)

const (
	requestWithin = 15 * time.Second
	// mostBody bounds an answer: a page of 200 events of 8 KiB, and room.
	mostBody = 8 << 20
)

// rest is the server's REST API. Requests are repeated while the server is away, so each of them must
// be harmless to repeat.
type rest struct {
	base, key string
	away      time.Duration
	client    *http.Client
	tally     *tally
}

func newREST(cfg Config, t *tally) *rest {
	return &rest{
		base: strings.TrimSuffix(cfg.Server, "/"), key: cfg.Key, away: cfg.Away, tally: t,
		client: &http.Client{Timeout: requestWithin},
	}
}

// call sends a request until it is answered with something that will not change. in and out may be
// nil.
func (r *rest) call(ctx context.Context, route string, in, out any) error {
	since := time.Now()
	for try := 1; ; try++ {
		err := r.once(ctx, route, in, out)
		if err == nil || ctx.Err() != nil || !passing(err) {
			return err
		}
		r.tally.Failed("rest")
		if time.Since(since) > r.away {
			return fmt.Errorf("%w: %w", client.ErrAway, err)
		}
		most := min(client.FirstRest<<min(try-1, 10), client.LongestRest)
		if err := client.Pause(ctx, rand.N(most)); err != nil {
			return err
		}
	}
}

// passing reports whether it is worth trying again: no answer, or one that says later.
func passing(err error) bool {
	p, answered := errors.AsType[*problem.Problem](err)
	return !answered || p.Status >= 500 || p.Status == http.StatusTooManyRequests
}

func (r *rest) once(ctx context.Context, route string, in, out any) error {
	method, path, _ := strings.Cut(route, " ")
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("%s: %w", route, err)
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, r.base+path, body)
	if err != nil {
		return fmt.Errorf("%s: %w", route, err)
	}
	req.Header.Set("Authorization", "Bearer "+r.key)
	req.Header.Set("Content-Type", "application/json")
	answer, err := r.client.Do(req)
	if err != nil {
		return fmt.Errorf("%s: %w", route, err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(io.LimitReader(answer.Body, mostBody))
	if err != nil {
		return fmt.Errorf("%s: %w", route, err)
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s: %w", route, problemOf(answer, data))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("%s: read the answer: %w", route, err)
	}
	return nil
}

// problemOf reads a problem, or makes one of whatever else stands between us and the server.
func problemOf(answer *http.Response, data []byte) *problem.Problem {
	p := &problem.Problem{}
	if json.Unmarshal(data, p) != nil || p.Title == "" {
		p = &problem.Problem{
			Title:  fmt.Sprintf("The answer was %s without a reason.", answer.Status),
			Detail: "Check that this is the address of a Yijian server.",
		}
	}
	p.Status = answer.StatusCode
	return p
}

// transcript reads all events of a session, page after page.
func (r *rest) transcript(ctx context.Context, session string) ([]wire.Event, error) {
	var all []wire.Event
	after := uint64(0)
	for {
		var page struct {
			Items []wire.Event `json:"items"`
			Next  uint64       `json:"next"`
		}
		route := "GET /v1/sessions/" + session + "/events?after=" + strconv.FormatUint(after, 10)
		if err := r.call(ctx, route, nil, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next <= after {
			return all, nil
		}
		after = page.Next
	}
}
