package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"yijian/session/rdb/rdbtest"
)

// polling is a browser that cannot open a WebSocket.
type polling struct {
	w       *world
	ctx     context.Context
	header  http.Header
	channel string
	heard   []json.RawMessage
	closed  *int
}

type pollAnswer struct {
	Channel string            `json:"channel"`
	Frames  []json.RawMessage `json:"frames"`
	Closed  *struct {
		Code int `json:"code"`
	} `json:"closed"`
}

var errStatus = errors.New("not a 200")

// post sends one body and returns the status and the answer.
func (w *world) post(ctx context.Context, header http.Header, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+"/v1/visitor/poll", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header = header.Clone()
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(got), err
}

func (p *polling) ask(frames string, wait bool) error {
	body := fmt.Sprintf(`{"channel":%q,"frames":[%s],"wait":%t}`, p.channel, frames, wait)
	status, got, err := p.w.post(p.ctx, p.header, body)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return fmt.Errorf("%w: %d %s", errStatus, status, got)
	}
	var a pollAnswer
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		return err
	}
	if a.Channel != "" {
		p.channel = a.Channel
	}
	p.heard = append(p.heard, a.Frames...)
	if a.Closed != nil {
		p.closed = &a.Closed.Code
	}
	return nil
}

func (p *polling) write(b []byte) error { return p.ask(string(b), false) }

func (p *polling) read(deadline time.Time) ([]byte, error) {
	for len(p.heard) == 0 {
		if p.closed != nil {
			return nil, &websocket.CloseError{Code: *p.closed}
		}
		if time.Now().After(deadline) {
			return nil, os.ErrDeadlineExceeded
		}
		if err := p.ask("", true); err != nil {
			return nil, err
		}
	}
	next := p.heard[0]
	p.heard = p.heard[1:]
	return next, nil
}

// polls is a visitor by polling who has said nothing yet.
func (w *world) polls(t *testing.T) *client {
	t.Helper()
	return &client{t: t, poll: &polling{w: w, ctx: t.Context(), header: http.Header{"Origin": {origin}}}}
}

func (w *world) pollingVisitor(t *testing.T, token string) (*client, frame) {
	t.Helper()
	c := w.polls(t)
	c.send(frame{"t": "hello", "site": "demo", "lang": "en", "token": token})
	return c, c.is("welcome")
}

func TestW1TheWholeWalkWorksWithoutAWebSocket(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		visitor, welcome := w.pollingVisitor(t, "")
		walk(t, w, visitor, welcome)
	})
}

func TestInvariant1AConversationGoesOnFromASocketToPollsAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	socket, welcome := w.visitor(t, "")
	socket.says("first")
	socket.is("ack")
	polls, again := w.pollingVisitor(t, welcome.str("token"))
	if again.str("session") != welcome.str("session") {
		t.Fatalf("resumed %v", again)
	}
	polls.hears("visitor", "first")
	polls.says("second")
	polls.is("ack")
	socket.hears("visitor", "second")
}

func TestALostChannelIsA410AndHelloGoesOnWhereItWas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.pollingVisitor(t, "")
	c.says("kept")
	c.is("ack")
	for _, channel := range []string{"of-another-node", strings.Repeat("A", 26)} {
		status, body, err := w.post(t.Context(), c.poll.header, fmt.Sprintf(`{"channel":%q,"wait":true}`, channel))
		if err != nil || status != http.StatusGone || !strings.Contains(body, `"code":"gone"`) {
			t.Errorf("%s: got %d %s (%v), want 410", channel, status, body, err)
		}
	}
	again, _ := w.pollingVisitor(t, welcome.str("token"))
	again.hears("visitor", "kept")
}

func TestS1PollsOfAForeignOriginAreRefusedAndThoseOfASiteMayReadTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	for _, method := range []string{http.MethodPost, http.MethodOptions} {
		for page, allowed := range map[string]bool{origin: true, "": false, "null": false, "https://evil.example": false} {
			req, err := http.NewRequestWithContext(t.Context(), method, w.url+"/v1/visitor/poll", bytes.NewReader([]byte(`{}`)))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Origin", page)
			resp, err := browser.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			got := resp.Header.Get("Access-Control-Allow-Origin")
			if (resp.StatusCode < 300) != allowed || (got == page && page != "") != allowed || resp.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s from %q: got %d and allowed %q", method, page, resp.StatusCode, got)
			}
		}
	}
	other := w.polls(t)
	other.send(frame{"t": "hello", "site": "other"})
	other.errs("unknown_site")
	if code := other.closed(); code != 3501 {
		t.Errorf("closed with %d, want 3501", code)
	}
}

func TestABadBodyOfAPollIsAProblemAndABadFrameInItIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.pollingVisitor(t, "")
	for body, want := range map[string]int{
		``: 400, `[]`: 400, `{"frames":7}`: 400, `{"frames":["` + strings.Repeat("x", 200<<10) + `"]}`: 413,
	} {
		status, got, err := w.post(t.Context(), c.poll.header, body)
		if err != nil || status != want || !strings.Contains(got, `"code":"invalid"`) {
			t.Errorf("%.20s: got %d %.200s (%v), want %d", body, status, got, err, want)
		}
	}
	for _, raw := range []string{`null`, `7`, `{"t":7}`} {
		c.raw([]byte(raw))
		c.errs("bad_frame")
	}
	c.says("still here")
	c.is("ack")
	c.raw([]byte(`{"t":"message","id":"big","text":"` + strings.Repeat("x", 17<<10) + `"}`))
	c.errs("too_large")
	if code := c.closed(); code != 1009 {
		t.Errorf("closed with %d, want 1009", code)
	}
}

func TestS2PollsAreThrottledAsSocketsAreAndThePressStillCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.pollingVisitor(t, "")
	for i := range 70 {
		c.raw(fmt.Appendf(nil, `{"t":"message","id":"m%d","text":"flood"}`, i))
	}
	c.send(frame{"t": "human"})
	c.errs("slow_down")
	c.is("queue")
}

func TestADrainEndsPollsWithByeAndRefusesNewOnes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.pollingVisitor(t, "")
	c.poll.heard = nil
	drained := make(chan error, 1)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	go func() { drained <- w.server.Drain(ctx, 0) }()
	if got := c.is("bye"); got.str("code") != "restart" || got.num("retry_ms") <= 0 {
		t.Errorf("got %v, want a time to come back", got)
	}
	if code := c.closed(); code != 3000 {
		t.Errorf("closed with %d, want 3000", code)
	}
	if err := <-drained; err != nil {
		t.Error(err)
	}
}
