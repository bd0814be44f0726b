package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recordCommands are those that open a record.
func recordCommands(t *testing.T) [][]string {
	t.Helper()
	dir := t.TempDir()
	past := filepath.Join(dir, "past.csv")
	if err := os.WriteFile(past, []byte("conversation,at,from,text\n1,2026-03-01 09:00,visitor,hi\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return [][]string{
		{"serve", "--listen", "127.0.0.1:0"},
		{"check"},
		{"import", past, "--site", "demo"},
		{"export", "--out", filepath.Join(dir, "out")},
		{"backtest"},
		{"erase", "--visitor", "x", "--reason", "x"},
		{"backup", "--out", filepath.Join(dir, "backup")},
		{"verify"},
		{"demo", "--visitors", "1"},
		{"user", "list"},
	}
}

func TestARecordOfANewerYijianIsRefusedByEveryCommandAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "x.db")
	if code, out, errs := yijian(t, "demo", "--visitors", "1", "--db", file); code != 0 {
		t.Fatalf("code %d, said %s%s", code, out, errs)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO schema_version (version_id, is_applied) VALUES (9000, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range recordCommands(t) {
		code, out, errs := yijian(t, append(args, "--db", file)...)
		if said := out + errs; code != 1 || !strings.Contains(said, "9000") || !strings.Contains(said, "newer") {
			t.Errorf("%v: code %d, said %q", args, code, said)
		}
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the record has changed (%v)", err)
	}
}

func TestARecordThatCannotBeReachedIsSaidSoByEveryCommandWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for _, args := range recordCommands(t) {
		code, out, errs := yijian(t, append(args, "--db", "postgres://yijian:s3cret@127.0.0.1:1/yijian?connect_timeout=1")...)
		if said := out + errs; code != 1 || !strings.Contains(said, "127.0.0.1:1") || strings.Contains(said, "s3cret") {
			t.Errorf("%v: code %d, said %q", args, code, said)
		}
	}
}
