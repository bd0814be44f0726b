package backup_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"path/filepath"
	"slices"
	"testing"

	"yijian/session/record"
	"yijian/session/record/backup"
)

// FuzzRead takes what a file says once it is unpacked. Whatever that is, a restore is whole or nothing,
// and a record that took it can be read.
func FuzzRead(f *testing.F) {
	for _, lines := range []string{
		"", "{}", `{"yijian":1,"schema":1}`, `{"yijian":1,"schema":1}{"end":0}`, `{"yijian":1,"schema":9000}{"end":0}`,
		`{"yijian":1,"schema":1}{"table":"sites","columns":["id"],"values":[{"t":"x"}]}{"end":1}`,
		`{"yijian":1,"schema":1}{"table":"sites","columns":["id) VALUES (1); --"],"values":[{"t":"x"}]}{"end":1}`,
		`{"yijian":1,"schema":1}{"table":"sessions","columns":["id","part"],"values":[{"t":"x"},{"i":-1}]}{"end":1}`,
		`{"yijian":1,"schema":1}{"table":"settings","columns":["key","value"],"values":[{"t":"\u0000"},{"b":"AA=="}]}{"end":1}`,
		`{"yijian":1,"schema":1}{"table":"audit","columns":["id","at","who","what","site","target","reason"],"values":[{"t":"1"},{"i":1},{"t":""},{"t":""},{"t":""},{"t":""},{"t":""}]}{"end":1}`,
		`{"yijian":1,"schema":1}{"table":"segments","columns":["n","session_id","from_seq","to_seq","first_id","last_id","prev_id","events"],"values":[{"i":1},{"t":"x"},{"i":1},{"i":1},{"t":""},{"t":""},{"t":""},{"b":"/////w=="}]}{"end":1}`,
	} {
		f.Add([]byte(lines))
	}
	whole := open(f, filepath.Join(f.TempDir(), "whole.db"))
	fill(f, whole)
	zip, err := gzip.NewReader(bytes.NewReader(write(f, whole)))
	if err != nil {
		f.Fatal(err)
	}
	lines, err := io.ReadAll(zip)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(lines)
	db := open(f, filepath.Join(f.TempDir(), "x.db"))
	f.Fuzz(func(t *testing.T, lines []byte) {
		var file bytes.Buffer
		out := gzip.NewWriter(&file)
		_, _ = out.Write(lines)
		_ = out.Close()
		takesAllOrNothing(t, db, &file)
	})
}

// FuzzFile takes the file as it is.
func FuzzFile(f *testing.F) {
	whole := open(f, filepath.Join(f.TempDir(), "whole.db"))
	fill(f, whole)
	file := write(f, whole)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte{0x1f, 0x8b})
	db := open(f, filepath.Join(f.TempDir(), "x.db"))
	f.Fuzz(func(t *testing.T, file []byte) { takesAllOrNothing(t, db, bytes.NewReader(file)) })
}

func takesAllOrNothing(t *testing.T, db *record.DB, file io.Reader) {
	t.Helper()
	if _, err := backup.Read(t.Context(), file, db); err != nil {
		if empty, err := db.Empty(t.Context()); err != nil || !empty {
			t.Fatalf("a refused file left something (%v)", err)
		}
		return
	}
	if _, err := backup.Verify(t.Context(), db); err != nil {
		t.Errorf("what was restored cannot be read: %v", err)
	}
	for _, table := range slices.Backward(backup.Tables()) {
		if _, err := db.Exec(t.Context(), "DELETE FROM "+table); err != nil {
			t.Fatal(err)
		}
	}
}
