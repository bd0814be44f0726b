package record_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// Invariant 1, while the disk of the record is full: SQLite is given no further page, which is the error
// that a full disk is.
func TestWhileTheDiskIsFullNobodyWhoWritesNoticesAndAfterwardsTheArchiveCatchesUp(t *testing.T) {
	t.Parallel()
	for name, redis := range rdbtest.Servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, redis(t), backends["sqlite"](t))
			id := h.begin()
			h.append(id, says(1, "before"))
			h.later()
			if _, err := h.db.Exec(t.Context(), "PRAGMA max_page_count = 1"); err != nil { // no more than it has
				t.Fatal(err)
			}
			ids := []session.ID{id}
			for n := 2; n < 14; n++ {
				ids = append(ids, h.begin())
				for _, id := range ids[:min(n, 8)] {
					h.append(id, says(n, strings.Repeat("long words ", 40)))
				}
			}
			h.now += 1001
			if err := h.archiver.RunOnce(t.Context()); err == nil || !strings.Contains(err.Error(), "full") {
				t.Errorf("archiving on a full disk: %v", err)
			}
			if since, cause := h.archiver.Down(); cause == nil || since.IsZero() {
				t.Errorf("down since %v: %v", since, cause)
			}
			h.append(id, says(1000, "still here"))
			if _, err := h.db.Exec(t.Context(), "PRAGMA max_page_count = 1073741823"); err != nil {
				t.Fatal(err)
			}
			h.now += 16_000 // what was claimed is due again
			if err := h.archiver.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, cause := h.archiver.Down(); cause != nil {
				t.Errorf("still down: %v", cause)
			}
			for range 3 {
				h.later()
			}
			for _, id := range ids {
				if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" {
					t.Fatalf("archive and log differ: %s", diff)
				}
			}
		})
	}
}
