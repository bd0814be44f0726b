package poll_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/web/poll"
)

var errTooLarge = errors.New("too large")

const (
	slow  = 3001
	quiet = 3002
)

// echo is a channel whose reader says everything back until the channel ends.
func echo(t *testing.T) (*poll.Channels, *poll.Channel) {
	t.Helper()
	all := poll.NewChannels(poll.Options{MaxFrame: 100, Outbox: 1000, TooLarge: errTooLarge, QuietCode: quiet})
	c := all.Open()
	go func() {
		defer c.Release()
		for {
			frame, err := c.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if errors.Is(err, errTooLarge) {
				frame = []byte(`"too large"`)
			}
			c.Send(frame, slow)
		}
	}()
	return all, c
}

// end closes a channel and fetches its end.
func end(t *testing.T, c *poll.Channel) {
	t.Helper()
	c.Close(3000, "")
	c.Take(t.Context(), false)
}

func raw(frames ...string) []json.RawMessage {
	out := make([]json.RawMessage, len(frames))
	for i, f := range frames {
		out[i] = json.RawMessage(f)
	}
	return out
}

func same(t *testing.T, got []json.RawMessage, want ...string) {
	t.Helper()
	texts := make([]string, len(got))
	for i, f := range got {
		texts[i] = string(f)
	}
	if diff := cmp.Diff(texts, append([]string{}, want...)); diff != "" {
		t.Errorf("frames: got -, want +:\n%s", diff)
	}
}

func TestAnswersAreThereOnceTheFramesWereActedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := echo(t)
		c.Do(t.Context(), raw(`1`, `2`, string(make([]byte, 101))))
		got, closed := c.Take(t.Context(), false)
		same(t, got, `1`, `2`, `"too large"`)
		if closed != nil {
			t.Errorf("closed with %d", closed.Code)
		}
		end(t, c)
	})
}

func TestAWaitingRequestIsHeldForItsTimeAndNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := echo(t)
		began := time.Now()
		got, _ := c.Take(t.Context(), true)
		same(t, got)
		if held := time.Since(began); held != 25*time.Second {
			t.Errorf("held for %s, want 25s", held)
		}
		time.AfterFunc(time.Second, func() { c.Send([]byte(`1`), slow) })
		began = time.Now()
		got, _ = c.Take(t.Context(), true)
		same(t, got, `1`)
		if held := time.Since(began); held != time.Second {
			t.Errorf("held for %s, want 1s", held)
		}
		end(t, c)
	})
}

func TestASecondWaitingRequestEndsTheFirstAndOthersLeaveTheFramesToIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := echo(t)
		first, second := make(chan []json.RawMessage, 1), make(chan []json.RawMessage, 1)
		wait := func(answer chan []json.RawMessage) {
			got, _ := c.Take(t.Context(), true)
			answer <- got
		}
		go wait(first)
		synctest.Wait()
		go wait(second)
		synctest.Wait()
		same(t, <-first)
		got, _ := c.Take(t.Context(), false)
		same(t, got)
		c.Send([]byte(`1`), slow)
		same(t, <-second, `1`)
		end(t, c)
	})
}

func TestAChannelThatNobodyAsksCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, c := echo(t)
		c.Take(t.Context(), true) // a request in progress does not count as silence
		<-time.After(59 * time.Second)
		if all.Find(c.ID()) != c {
			t.Fatal("forgotten too early")
		}
		<-time.After(2 * time.Second)
		if _, closed := c.Take(t.Context(), true); closed == nil || closed.Code != quiet {
			t.Errorf("got %v, want the end with %d", closed, quiet)
		}
		<-time.After(11 * time.Second)
		if all.Find(c.ID()) != nil {
			t.Error("still known after its end")
		}
	})
}

func TestInvariant12AClientThatNeverFetchesIsClosedWithBoundedMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := echo(t)
		for range 10 {
			if !c.Send(make([]byte, 100), slow) {
				t.Fatal("closed below the bound")
			}
		}
		if c.Send([]byte(`1`), slow) {
			t.Error("a frame over the bound was kept")
		}
		got, closed := c.Take(t.Context(), true)
		same(t, got)
		if closed == nil || closed.Code != slow {
			t.Errorf("got %v, want the end with %d", closed, slow)
		}
	})
}

func TestARequestThatIsGoneTakesNothingWithIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, c := echo(t)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); c.Take(ctx, true) }()
		synctest.Wait()
		cancel()
		<-done
		c.Send([]byte(`1`), slow)
		got, _ := c.Take(t.Context(), true)
		same(t, got, `1`)
		end(t, c)
	})
}
