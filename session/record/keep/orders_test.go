package keep_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/keep"
)

// What the command line erased comes back from Redis, unless the nodes hear of it.
func TestWhatTheCommandLineErasedIsErasedByEveryNodeOnceAndAgainIfThatFailed(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, _ *keep.Keeper) {
		ids := []session.ID{session.NewID(), session.NewID(), session.NewID()}
		for i, who := range []string{record.CommandLine, "an admin", record.CommandLine} {
			err := db.Audit(t.Context(), record.Entry{At: time.Now(), Who: who, What: "sessions.erase", Site: "demo", Target: string(ids[i])})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, e := range []record.Entry{{What: "sessions.export", Target: string(ids[1])}, {What: "sessions.erase", Target: "3 sessions"}} {
			e.Who = record.CommandLine
			if err := db.Audit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		fails := true
		var erased []session.ID
		k := keep.New(keep.Options{Record: db, Now: time.Now, Log: zerolog.Nop(), Erase: func(_ context.Context, id session.ID) error {
			if id == ids[2] && fails {
				fails = false
				return errors.New("redis is away")
			}
			erased = append(erased, id)
			return nil
		}})
		look := k.Orders()
		if err := look(t.Context()); err == nil {
			t.Error("that Redis was away is not told")
		}
		for range 3 {
			if err := look(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if want := []session.ID{ids[0], ids[2]}; !slices.Equal(erased, want) {
			t.Errorf("erased %v, want %v", erased, want)
		}
	})
}
