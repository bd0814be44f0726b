package record_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/session/record"
	"yijian/session/record/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

// onEach runs test once for every backend, on an address where nothing is yet.
func onEach(t *testing.T, test func(t *testing.T, target string)) {
	t.Helper()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, target(t))
		})
	}
}

func open(t testing.TB, target string) *record.DB {
	t.Helper()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

func TestRecordKeepsWhatItWasGivenAcrossAReopen(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		first := open(t, target)
		if _, err := first.Exec(t.Context(), "INSERT INTO settings (key, value) VALUES ($1, $2)",
			"greeting", "您好"); err != nil {
			t.Fatal(err)
		}
		var got string
		err := open(t, target).QueryRow(t.Context(),
			"SELECT value FROM settings WHERE key = $1", "greeting").Scan(&got)
		if err != nil || got != "您好" {
			t.Errorf("got %q, %v, want 您好", got, err)
		}
	})
}

func TestTwoNodesThatOpenOneNewRecordTogetherBothSucceed(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				db, err := record.Open(t.Context(), target)
				if err != nil {
					t.Error(err)
					return
				}
				_ = db.Close()
			})
		}
		group.Wait()
	})
}

func TestARecordOfANewerYijianIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		if _, err := db.Exec(t.Context(),
			"INSERT INTO schema_version (version_id, is_applied) VALUES (9000, $1)", true); err != nil {
			t.Fatal(err)
		}
		_, err := record.Open(t.Context(), target)
		if !errors.Is(err, record.ErrNewerSchema) || !strings.Contains(err.Error(), "9000") {
			t.Errorf("got %v, want ErrNewerSchema that names version 9000", err)
		}
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		boom := errors.New("boom")
		err := db.Tx(t.Context(), func(tx *sql.Tx) error {
			if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES ('a', 'b')"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("got %v, want boom", err)
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d settings left, want 0", n)
		}
	})
}

func TestManyWritersWaitForEachOther(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		if _, err := db.Exec(t.Context(), "INSERT INTO settings (key, value) VALUES ('n', '0')"); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				for range 20 {
					if err := increment(t.Context(), db); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		var got string
		if err := db.QueryRow(t.Context(), "SELECT value FROM settings WHERE key = 'n'").
			Scan(&got); err != nil || got != "160" {
			t.Errorf("got %s, %v, want 160", got, err)
		}
	})
}

func increment(ctx context.Context, db *record.DB) error {
	return db.Tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			"UPDATE settings SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE key = 'n'")
		return err
	})
}

func count(t *testing.T, db *record.DB) int {
	t.Helper()
	var n int
	if err := db.QueryRow(t.Context(), "SELECT count(*) FROM settings").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSitesAreStoredChangedAndListed(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		demo := record.Site{
			ID: "demo", NameZH: "示例商店", NameEN: "Demo shop", Phone: "400-000-0000",
			Hours: "9:00–21:00", Origins: []string{"http://localhost:8080"}, Langs: []string{"zh-CN", "en"},
		}
		other := record.Site{ID: "other", Origins: []string{}, Langs: []string{}}
		if err := db.PutSites(t.Context(), demo, other); err != nil {
			t.Fatal(err)
		}
		demo.Phone = "10086"
		if err := db.PutSites(t.Context(), demo); err != nil {
			t.Fatal(err)
		}
		got, err := db.Sites(t.Context())
		if diff := cmp.Diff(got, []record.Site{demo, other}); diff != "" || err != nil {
			t.Errorf("%v, got -, want +:\n%s", err, diff)
		}
		if one, err := db.Site(t.Context(), "demo"); err != nil || one.Phone != "10086" {
			t.Errorf("got %v, %v, want the changed demo site", one, err)
		}
		if _, err := db.Site(t.Context(), "nowhere"); !errors.Is(err, record.ErrNoSite) {
			t.Errorf("got %v, want ErrNoSite", err)
		}
		if err := db.PutSites(t.Context(), record.Site{ID: "{x}"}); err == nil {
			t.Error("a site id with braces was stored")
		}
	})
}

func TestSQLiteFilesAreReadableByTheirOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "folder with ? and %")
	db := open(t, filepath.Join(dir, "yijian.db"))
	if err := db.PutSites(t.Context(), record.Site{ID: "demo"}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		t.Fatalf("got %v, %v, want the files of the record", files, err)
	}
	for _, file := range files {
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != fs.FileMode(0o600) {
			t.Errorf("%s has mode %o, want 600", file.Name(), mode)
		}
	}
}

func TestSQLiteTakesARelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	open(t, "data/yijian.db")
	if _, err := os.Stat("data/yijian.db"); err != nil {
		t.Error(err)
	}
}

func TestSQLiteReadersCannotWrite(t *testing.T) {
	t.Parallel()
	db := open(t, backends["sqlite"](t))
	var key string
	err := db.QueryRow(t.Context(),
		"INSERT INTO settings (key, value) VALUES ('a', 'b') RETURNING key").Scan(&key)
	if err == nil {
		t.Error("a write went through a reading connection")
	}
}

func TestAddressesThatCannotWorkAreExplained(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, target, want string }{
		{"empty", "", "give a file name"},
		{"another database", "mysql://root@localhost/x", "postgres:// URL"},
		{"not an address", "postgres://user:secret@[::1/x", "postgres://user:password@host"},
		{"nobody listens", "postgres://user:secret@127.0.0.1:1/x", "check that the database is running"},
		{"below a file", "/dev/null/x.db", "create the folder"},
		{"a folder", "/", "choose another file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := record.Open(t.Context(), c.target)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want it to say %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
}

func TestRedactHidesThePasswordOnly(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"data/yijian.db":                           "data/yijian.db",
		"postgres://yj@db:5432/yj":                 "postgres://yj@db:5432/yj",
		"postgres://yj:hunter2@db/yj":              "postgres://yj:xxxxx@db/yj",
		"postgresql:///yj?password=hunter2&port=1": "postgresql:///yj?password=xxxxx&port=1",
		"postgres://yj:hunter2@[::1/yj":            "postgres://…",
	} {
		if got := record.Redact(target); got != want {
			t.Errorf("Redact(%q) = %q, want %q", target, got, want)
		}
	}
}
