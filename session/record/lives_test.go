package record_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
	"yijian/session/record"
)

// These are about an archiver that is late: it has read a log, Redis loses its memory, and what it read
// reaches the record when the conversation has begun again, or came back, under the same id.

// read is what an archiver that is held up has of a session.
func (h *house) read(id session.ID) record.Segment {
	h.Helper()
	logs, err := h.log.Backlogs(h.Context(), []session.ID{id}, 100)
	if err != nil || len(logs[0].Events) == 0 {
		h.Fatalf("nothing to archive: %v", err)
	}
	return record.Segment{Session: id, Events: logs[0].Events, State: logs[0].State}
}

// writes lets it go on, as far as the one transaction that it was held up before.
func (h *house) writes(s record.Segment) record.Outcome {
	h.Helper()
	outcomes, err := h.db.WriteSegments(h.Context(), []record.Segment{s})
	if err != nil {
		h.Fatal(err)
	}
	return outcomes[0]
}

func (h *house) beginAgain(id session.ID) {
	h.Helper()
	if _, err := h.log.CreateAgain(h.Context(), session.Birth{ID: id, Site: "demo", Lang: "en"}); err != nil {
		h.Fatal(err)
	}
}

func (h *house) state(id session.ID) session.State {
	h.Helper()
	s, err := h.log.State(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	return s
}

func TestInvariant6WhatALateArchiverReadDoesNotMeetAConversationThatBeganAgain(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "before"))
		h.append(id, toLine("m:1"))
		late := h.read(id)
		h.flush()
		h.now += 3000
		h.beginAgain(id)
		h.append(id, says(2, "after"))
		h.append(id, toLine("m:2"))
		arrived := h.state(id).Arrived
		if got := h.writes(late); got != record.Apart {
			h.Errorf("the record took what a former life said: %d", got)
		}
		h.flush() // before the archiver came by again
		if s, err := h.log.State(h.Context(), id); !errors.Is(err, session.ErrGone) {
			h.Errorf("came back as %d, which nobody has seen since the first loss; arrived %d, not %d", s.Seq, s.Arrived, arrived)
		}
	})
}

func TestInvariant1WhatALateArchiverReadDoesNotMeetAConversationThatCameBack(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "archived"))
		h.later()
		h.append(id, says(2, "lost"))
		late := h.read(id)
		h.flush()
		h.append(id, says(3, "after")) // restores it first
		if got := h.writes(late); got != record.Apart {
			h.Errorf("the record took what a former life said: %d", got)
		}
		h.later()
		want := h.events(id)
		h.flush()
		if diff := cmp.Diff(h.events(id), want); diff != "" || len(want) != 2 {
			h.Errorf("%d events, want 2; the second loss changed them: %s", len(want), diff)
		}
	})
}

func TestAConversationDoesNotBeginAgainThatALateArchiverWroteAfterAll(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, toLine("m:1"))
		arrived, late := h.state(id).Arrived, h.read(id)
		h.flush()
		if got := h.writes(late); got != record.Stored {
			h.Fatalf("got %d, want it stored", got)
		}
		h.beginAgain(id)
		if got := h.state(id); got.Arrived != arrived || got.Seq != 1 {
			h.Errorf("arrived at %d with %d events, want %d with 1", got.Arrived, got.Seq, arrived)
		}
	})
}

// Two nodes may bring one session back at once; the record then knows the life of the one that lost.
func TestTheRecordTakesUpTheLifeThatIsInRedis(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "archived"))
		h.later()
		h.flush()
		h.append(id, says(2, "after"))
		if ok, err := h.db.Live(h.Context(), session.Life{ID: id, Name: "loser"}); err != nil || !ok {
			h.Fatal(ok, err)
		}
		for range 3 {
			h.later()
		}
		if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" || len(h.archived(id)) != 2 {
			h.Errorf("archive and log differ: %s", diff)
		}
	})
}

func TestALateMarkSaysNothingOfALifeThatFollowed(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "hello"))
		former := h.state(id)
		h.flush()
		h.beginAgain(id)
		h.append(id, says(1, "hello")) // said again, under its old number
		mark := session.Mark{ID: id, Life: former.Life, At: session.Position{Since: 1, Tail: "v:1"}}
		if _, err := h.log.Archived(h.Context(), []session.Mark{mark}); err != nil {
			h.Fatal(err)
		}
		h.later()
		h.later()
		if got := len(h.archived(id)); got != 1 {
			h.Errorf("the record has %d events, want 1", got)
		}
	})
}

// What a fork brought back into the log is in the record at every moment, so a loss right after takes nothing.
func TestInvariant1AForkIsMendedInOneStepOfTheRecord(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "one"))
		h.later()
		dump := h.dump(id)
		h.append(id, says(2, "two"))
		h.later()
		h.setBack(dump)
		h.append(id, says(3, "meanwhile"))
		h.later()
		h.flush()
		var got []string
		for _, e := range h.events(id) {
			got = append(got, e.ID)
		}
		if diff := cmp.Diff(got, []string{"v:1", "v:3", "v:2"}); diff != "" {
			h.Error(diff)
		}
	})
}

// The page of what was erased is still open somewhere, and would say it all again.
func TestWhatWasErasedDoesNotBeginAgain(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "my name is Wang"))
		erased := record.Entry{At: time.Now(), Who: record.CommandLine, What: "sessions.erase", Site: "demo", Target: string(id)}
		if err := errors.Join(h.db.Audit(h.Context(), erased), h.log.Erase(h.Context(), id), h.db.Erase(h.Context(), id)); err != nil {
			h.Fatal(err)
		}
		made, err := h.log.CreateAgain(h.Context(), session.Birth{ID: id, Site: "demo", Lang: "en"})
		if made || !errors.Is(err, session.ErrErased) {
			h.Errorf("began again: %v, %v", made, err)
		}
		lost := session.NewID()
		if made, err := h.log.CreateAgain(h.Context(), session.Birth{ID: lost, Site: "demo", Lang: "en"}); !made || err != nil {
			h.Errorf("what was lost does not begin again: %v, %v", made, err)
		}
		// 2001: no site keeps a conversation that long without a record of it.
		const old = session.ID("00e38b5f-6800-7000-8000-000000000000")
		if _, err := h.log.CreateAgain(h.Context(), session.Birth{ID: old, Site: "demo", Lang: "en"}); !errors.Is(err, session.ErrErased) {
			h.Errorf("what is past its time begins again: %v", err)
		}
	})
}
