package history_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

func TestAKeptHistoryIsReadBackWhole(t *testing.T) {
	t.Parallel()
	const id = session.ID("0190c0de-0000-7000-8000-000000000001")
	want := history.History{
		Durability: history.Safe,
		Start:      time.UnixMilli(1).UTC(),
		Journal:    history.NewJournal(time.Now()),
		Logs: map[session.ID]history.Log{id: {
			Session: id,
			State:   session.State{Seq: 1, Tail: "v:1", Epoch: 1, Owner: session.Bot, Created: time.UnixMilli(5).UTC()},
			Events:  []history.Stored{{Seq: 1, ID: "v:1", At: 7, Kind: session.KindMessage, From: session.FromVisitor, Hash: 1 << 63}},
		}},
		Samples: []history.DeskSample{{At: 3, Site: "demo", Seats: []history.Seat{{Agent: "mei", Capacity: 2, Holds: []session.ID{id}}}}},
		Final:   []history.DeskSample{{At: 9, Site: "demo", Tickets: []history.Ticket{{Session: id, State: "held", Arrived: 4, Epoch: 2, Agent: "mei"}}}},
		Resumes: []history.Resume{{Session: id, Client: "v1", Conn: 2, OK: true, Seq: 1}},
		Faults:  []history.Fault{{At: 1, What: history.RedisFailover, Target: "7001"}, {At: 2, What: history.RedisForgot}},
		Archives: []history.Archive{
			{At: 2, Session: id, IDs: []string{"v:1"}, Owner: session.Waiting, Epoch: 2, Arrived: 4},
		},
	}
	want.Journal.Add(history.Entry{At: 1, Client: "v1", Role: session.FromVisitor, Conn: 1, What: history.Connected})
	want.Journal.Add(history.Entry{At: 2, Client: "v1", Role: session.FromVisitor, Conn: 1, What: history.Sent, ID: "1", Hash: history.Hash("你好")})

	dir := t.TempDir() + "/kept"
	if err := want.Save(dir); err != nil {
		t.Fatal(err)
	}
	got, err := history.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(slices.Collect(want.Journal.Entries()), slices.Collect(got.Journal.Entries())); diff != "" {
		t.Errorf("journal (-want +got):\n%s", diff)
	}
	want.Journal, got.Journal = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if got.Failovers() != 1 || got.Forgets() != 1 {
		t.Errorf("got %d failovers, %d times that redis forgot, want 1 of each", got.Failovers(), got.Forgets())
	}
}

func TestAJournalTakesEntriesFromManyGoroutinesInTheOrderOfTheirTimes(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 3000
	j := history.NewJournal(time.Now())
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				j.Add(history.Entry{Client: "v", What: history.Queue})
			}
		})
	}
	wg.Wait()
	all := slices.Collect(j.Entries())
	if len(all) != writers*each || j.Len() != len(all) {
		t.Fatalf("got %d entries, Len %d, want %d", len(all), j.Len(), writers*each)
	}
	if !slices.IsSortedFunc(all, func(a, b history.Entry) int { return int(a.At - b.At) }) {
		t.Error("the times go backwards")
	}
}

func TestABrokenLineIsNamed(t *testing.T) {
	t.Parallel()
	err := history.Decode(strings.NewReader("{\"us\":1}\n{\"us\":"), func(history.Entry) {})
	if err == nil || !strings.Contains(err.Error(), "value 2") {
		t.Errorf("got %v, want an error that names value 2", err)
	}
}

func TestAnEventSurvivesTheLogOfAHistory(t *testing.T) {
	t.Parallel()
	e := session.Event{
		Seq: 2, ID: "m:1", Prev: "v:1", At: time.UnixMilli(8).UTC(), Kind: session.KindMove, From: session.FromVisitor, By: "mei",
		Body: session.Body{To: session.Waiting, Agent: "mei", Reason: "button", Queue: "general", Arrived: 8000, Epoch: 9},
	}
	if diff := cmp.Diff(e, history.StoredOf(e).Event()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzDecodeJournal(f *testing.F) {
	f.Add([]byte(`{"us":1,"client":"v1","role":"visitor","conn":1,"what":"connected"}` + "\n"))
	f.Add([]byte(`{"us":2,"client":"mei","role":"agent","conn":3,"what":"event","seq":4,"id":"v:1","kind":"message","ai":true}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		read := func(b []byte) (out []history.Entry, err error) {
			err = history.Decode(bytes.NewReader(b), func(e history.Entry) { out = append(out, e) })
			return out, err
		}
		first, err := read(raw)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := history.Encode(&again, slices.Values(first)); err != nil {
			t.Fatal(err)
		}
		second, err := read(again.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("read, written and read again (-first +second):\n%s", diff)
		}
	})
}

func FuzzDecodeLog(f *testing.F) {
	f.Add([]byte(`{"session":"x","state":{"Seq":1,"Owner":"bot"},"events":[{"seq":1,"id":"v:1","at":1,"kind":"message","from":"visitor"}]}`))
	f.Fuzz(func(_ *testing.T, raw []byte) {
		logs := map[session.ID]history.Log{}
		if err := history.Decode(bytes.NewReader(raw), func(l history.Log) { logs[l.Session] = l }); err != nil {
			return
		}
		for l := range maps.Values(logs) {
			for _, e := range l.Events {
				_ = session.Fold(l.State, e.Event())
			}
		}
	})
}
