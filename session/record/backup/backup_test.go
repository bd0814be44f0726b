package backup_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/backup"
	"yijian/session/record/past"
	"yijian/session/record/pgtest"
	"yijian/session/record/search"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

func open(t testing.TB, target string) *record.DB {
	t.Helper()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

const table = `conversation,at,from,text,agent
1,2026-11-01 09:00:00,visitor,我要退款,
1,2026-11-01 09:00:05,bot,请问订单号？,
2,2026-11-02 09:00:00,visitor,a refund,
2,2026-11-02 09:01:00,agent,hello,ann
`

// fill puts something into every table that people fill.
func fill(t testing.TB, db *record.DB) []session.ID {
	t.Helper()
	if err := db.PutSites(t.Context(), record.Site{ID: "demo", NameZH: "小店"}); err != nil {
		t.Fatal(err)
	}
	all, _, err := past.Read(strings.NewReader(table), past.Options{Site: "demo", Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := past.Store(t.Context(), db, all, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if err := db.Audit(t.Context(), record.Entry{What: "test", At: time.UnixMilli(1)}); err != nil {
		t.Fatal(err)
	}
	if err := search.New(db, zerolog.Nop()).CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	return []session.ID{all[0].ID(), all[1].ID()}
}

func write(t testing.TB, db *record.DB) []byte {
	t.Helper()
	var file bytes.Buffer
	if _, err := backup.Write(t.Context(), &file, db); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestABackupOfEitherEngineIsRestoredOnEither(t *testing.T) {
	t.Parallel()
	for from, source := range backends {
		for to, target := range backends {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				old, fresh := open(t, source(t)), open(t, target(t))
				ids := fill(t, old)
				file := write(t, old)
				if _, err := backup.Read(t.Context(), bytes.NewReader(file), fresh); err != nil {
					t.Fatal(err)
				}
				for _, id := range ids {
					want, err := old.Events(t.Context(), id, 1, 100)
					if err != nil {
						t.Fatal(err)
					}
					got, err := fresh.Events(t.Context(), id, 1, 100)
					if diff := cmp.Diff(want, got); err != nil || diff != "" || len(want) == 0 {
						t.Errorf("error %v (-want +got):\n%s", err, diff)
					}
				}
				index := search.New(fresh, zerolog.Nop())
				if err := index.CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
				if page, err := index.Search(t.Context(), search.Query{Text: "退款"}); err != nil || len(page.Hits) != 1 {
					t.Errorf("found %d, %v", len(page.Hits), err)
				}
				verified, err := backup.Verify(t.Context(), fresh)
				if diff := cmp.Diff(backup.Verified{Sessions: 2, Events: 8}, verified); err != nil || diff != "" {
					t.Errorf("error %v (-want +got):\n%s", err, diff)
				}
			})
		}
	}
}

func TestARestoreIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			old := open(t, target(t))
			fill(t, old)
			file := write(t, old)
			fresh := open(t, target(t))
			for name, c := range map[string]struct {
				file []byte
				want error
			}{
				"nothing":   {nil, backup.ErrFile},
				"no backup": {[]byte("PK\x03\x04"), backup.ErrFile},
				"cut off":   {file[:len(file)-40], backup.ErrFile},
				"newer":     {zipped(t, `{"yijian":1,"schema":9000}`), record.ErrNewerSchema},
				"injection": {zipped(t, `{"yijian":1,"schema":1}`, `{"table":"sites","columns":["id) VALUES (1); --"],"values":[{"t":"x"}]}`), backup.ErrFile},
				"a table":   {zipped(t, `{"yijian":1,"schema":1}`, `{"table":"pg_user","columns":["id"],"values":[{"t":"x"}]}`), backup.ErrFile},
				"too short": {zipped(t, `{"yijian":1,"schema":1}`, `{"end":7}`), backup.ErrFile},
			} {
				if _, err := backup.Read(t.Context(), bytes.NewReader(c.file), fresh); !errors.Is(err, c.want) {
					t.Errorf("%s: got %v, want %v", name, err, c.want)
				}
			}
			if sites, err := fresh.Sites(t.Context()); err != nil || len(sites) > 0 {
				t.Errorf("a refused file left %d sites (%v)", len(sites), err)
			}
			if _, err := backup.Read(t.Context(), bytes.NewReader(file), old); !errors.Is(err, backup.ErrNotEmpty) {
				t.Errorf("into a full record: got %v", err)
			}
		})
	}
}

func zipped(t *testing.T, lines ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryTableIsBackedUpOrRebuilt(t *testing.T) {
	t.Parallel()
	db := open(t, backends["sqlite"](t))
	rows, err := db.Query(t.Context(), "SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !backup.Covers(name) && name != "schema_version" && !strings.HasPrefix(name, "sqlite_") {
			t.Errorf("table %s is neither backed up nor rebuilt", name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyFindsWhatIsBroken(t *testing.T) {
	t.Parallel()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for harm, says := range map[string]string{
				"UPDATE sessions SET seq = 9":                         "and says 9",
				"UPDATE segments SET events = events || events":       "its segments cannot be read",
				"UPDATE segments SET prev_id = 'x'":                   `event 1 follows "x"`,
				"UPDATE segments SET from_seq = 2, to_seq = to_seq+1": "event 2 stands where 1 should",
				"DELETE FROM segments":                                "it ends at event 0",
			} {
				db := open(t, target(t))
				fill(t, db)
				if _, err := db.Exec(t.Context(), harm); err != nil {
					t.Fatal(err)
				}
				v, err := backup.Verify(t.Context(), db)
				if err != nil || len(v.Faults) != 2 || !strings.Contains(v.Faults[0].String(), says) {
					t.Errorf("%s: got %v, %v, want %q", harm, v.Faults, err, says)
				}
			}
			db := open(t, target(t))
			fill(t, db)
			if _, err := db.Exec(t.Context(), "DELETE FROM messages"); err != nil {
				t.Fatal(err)
			}
			if v, err := backup.Verify(t.Context(), db); err != nil || v.Behind != 4 {
				t.Errorf("the index lacks %d, %v, want 4", v.Behind, err)
			}
		})
	}
}
