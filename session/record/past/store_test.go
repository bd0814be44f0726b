package past_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/session/record"
	"yijian/session/record/past"
	"yijian/session/record/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestImportingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	for name, target := range pgtest.Engines() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := record.Open(t.Context(), target(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			for _, step := range []struct {
				text string
				want past.Result
			}{
				{table, past.Result{Stored: 2, Events: 9}},
				{table, past.Result{Known: 2}},
				{strings.Replace(table, "订单号", "快递单号", 1), past.Result{Known: 1, Differs: []string{"7"}}},
				{table + "9,2026-11-01 09:09:00,visitor,new,,\n", past.Result{Stored: 1, Known: 2, Events: 2}},
			} {
				got, err := past.Store(t.Context(), db, read(t, step.text), func(int) {})
				if diff := cmp.Diff(step.want, got); err != nil || diff != "" {
					t.Errorf("error %v (-want +got):\n%s", err, diff)
				}
			}
			if err := past.Sites(t.Context(), db, read(t, table)); err == nil || err.Error() != `line 2: there is no site "demo"; add it to the settings and start the server once, or give --site` {
				t.Errorf("got %v", err)
			}
		})
	}
}
