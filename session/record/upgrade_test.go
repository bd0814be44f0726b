package record_test

import (
	"net/url"
	"strings"
	"testing"

	"yijian/session/record"
	"yijian/session/record/pgtest"
)

// rows are what a record of each schema version has in it that an upgrade must keep: one statement for
// each table, from the version on in which the table came.
var rows = []struct {
	since int64
	table string
	put   string
}{
	{1, "accounts", `INSERT INTO accounts (id, name, login, role, sites, langs, capacity, created_at) VALUES ('a', '小王', 'wang', 'agent', '["demo"]', '["zh-CN"]', 3, 1)`},
	{1, "account_sessions", `INSERT INTO account_sessions (hash, account_id, created_at, seen_at, expires_at) VALUES ('h', 'a', 1, 1, 2)`},
	{1, "api_keys", `INSERT INTO api_keys (id, hash, account_id, name, created_at) VALUES ('k', 'h', 'a', 'test', 1)`},
	{2, "settings", `INSERT INTO settings (key, value) VALUES ('x', 'y')`},
	{2, "sites", `INSERT INTO sites (id, name_zh, name_en, phone, hours, origins, langs) VALUES ('demo', '店', 'shop', '', '', '[]', '[]')`},
	{5, "sessions", `INSERT INTO sessions (id, part, site, lang, owner, agent, queue, reason, arrived, epoch, seq, tail, opened_at, last_at, state, state_seq)
		VALUES ('s', 1, 'demo', 'zh-CN', 'bot', '', '', '', 0, 1, 1, 'v:1', 1, 1, '{}', 1)`},
	{5, "segments", `INSERT INTO segments (n, session_id, from_seq, to_seq, first_id, last_id, prev_id, events) VALUES (1, 's', 1, 1, 'v:1', 'v:1', '', 'j')`},
	{6, "session_agents", `INSERT INTO session_agents (session_id, agent) VALUES ('s', 'a')`},
	{7, "audit", `INSERT INTO audit (id, at, who, what, site, target, reason) VALUES ('1', 1, 'a', 'x', '', '', '')`},
}

func TestARecordOfEveryEarlierSchemaIsUpgradedWithAllItsRows(t *testing.T) {
	t.Parallel()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newest, err := open(t, target(t)).Schema(t.Context())
			if err != nil || newest < 7 {
				t.Fatalf("the newest schema is %d, %v", newest, err)
			}
			for version := int64(1); version < newest; version++ {
				upgrade(t, target(t), version)
			}
		})
	}
}

// upgrade fills a record of an earlier version, opens it as this one does, and counts what is there.
func upgrade(t *testing.T, target string, version int64) {
	t.Helper()
	old, err := record.OpenAt(t.Context(), target, version)
	if err != nil {
		t.Fatalf("version %d: %v", version, err)
	}
	for _, row := range rows {
		if row.since > version {
			continue
		}
		if _, err := old.Exec(t.Context(), row.put); err != nil {
			t.Fatalf("version %d, %s: %v", version, row.table, err)
		}
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, target)
	for _, row := range rows {
		var n int
		if err := db.QueryRow(t.Context(), "SELECT count(*) FROM "+row.table).Scan(&n); err != nil {
			t.Errorf("version %d, %s: %v", version, row.table, err)
		}
		if row.since <= version && n != 1 {
			t.Errorf("version %d: %d rows in %s, want 1", version, n, row.table)
		}
	}
}

func TestAWrongPasswordIsSaidSoWithoutSayingIt(t *testing.T) {
	t.Parallel()
	target := pgtest.URL(t)
	if _, err := open(t, target).Exec(t.Context(), "CREATE ROLE locked LOGIN SUPERUSER PASSWORD 'r1ght'"); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		password, database string
		says               string
	}{
		"right":       {"r1ght", at.Path, ""},
		"wrong":       {"s3cret", at.Path, "correct the user or the password"},
		"no database": {"r1ght", "/nowhere", "create the database first"},
	} {
		own := *at
		own.User, own.Path = url.UserPassword("locked", c.password), c.database
		db, err := record.Open(t.Context(), own.String())
		if err == nil {
			_ = db.Close()
		}
		switch {
		case c.says == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), c.password)):
			t.Errorf("%s: got %v, want %q and no password", name, err, c.says)
		}
	}
}
