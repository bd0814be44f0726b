package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// yijian runs a command line the way main does.
func yijian(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs paper
	code = run(&env{ctx: t.Context(), stdout: &out, stderr: &errs}, args)
	return code, out.String(), errs.String()
}

// paper is a buffer that servers which a command starts may write to while the command itself does.
type paper struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.Write(b)
}

func (p *paper) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.String()
}

func TestAPortInUseIsSaidSoWithTheNextStep(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	code, _, stderr := yijian(t, "serve", "--listen", l.Addr().String(), "--db", t.TempDir()+"/x.db")
	if code != 1 || !strings.Contains(stderr, l.Addr().String()) || !strings.Contains(stderr, "--listen") {
		t.Errorf("code %d, said %q", code, stderr)
	}
}

func TestAnUnreachableRedisIsSaidSoWithoutItsPassword(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "check"} {
		args := []string{command, "--listen", "127.0.0.1:0", "--redis", "redis://:s3cret@127.0.0.1:1", "--db", t.TempDir() + "/x.db"}
		code, stdout, stderr := yijian(t, args...)
		said := stdout + stderr
		if code != 1 || !strings.Contains(said, "127.0.0.1:1") || strings.Contains(said, "s3cret") {
			t.Errorf("%s: code %d, said %q", command, code, said)
		}
	}
}

func TestThreeMistakesInTheSettingsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	code, _, stderr := yijian(t, "serve", "--listen", "nowhere", "--redis", "ftp://x", "--failed-turns", "9")
	for _, flag := range []string{"--listen", "--redis", "--failed-turns"} {
		if !strings.Contains(stderr, flag) {
			t.Errorf("%s is not named in:\n%s", flag, stderr)
		}
	}
	if code != 2 {
		t.Errorf("code %d, want 2", code)
	}
}

func TestABadKnowledgeFileStopsTheStartAndIsExplained(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "kb.yaml")
	for name, text := range map[string]string{"empty": "", "unknown key": "version: 1\nanswers: []\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, stderr := yijian(t, "serve", "--listen", "127.0.0.1:0", "--db", t.TempDir()+"/x.db", "--kb", file)
		if code != 1 || len(stderr) < 20 {
			t.Errorf("%s: code %d, said %q", name, code, stderr)
		}
	}
}

func TestKnowledgeIsImportedOnceAndNeverOverwritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	csv, out := filepath.Join(dir, "q.csv"), filepath.Join(dir, "kb.yaml")
	if err := os.WriteFile(csv, []byte("text,category\nwhere is my card?,card_arrival\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := yijian(t, "kb", "import", "--csv", csv, "--out", out); code != 0 {
		t.Fatalf("code %d: %s%s", code, stdout, stderr)
	}
	if code, _, stderr := yijian(t, "kb", "check", out); code != 0 {
		t.Errorf("what import wrote is refused: %s", stderr)
	}
	if code, _, stderr := yijian(t, "kb", "import", "--csv", csv, "--out", out); code != 1 || !strings.Contains(stderr, "already") {
		t.Errorf("a second import: code %d, said %q", code, stderr)
	}
}

func TestAccountsAreMadeAndListedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	db := t.TempDir() + "/x.db"
	serveOnce(t, db)
	if code, stdout, stderr := yijian(t, "user", "add", "ann", "--name", "Ann", "--db", db); code != 0 || !strings.Contains(stdout, "#sign-in=") {
		t.Fatalf("code %d: %s%s", code, stdout, stderr)
	}
	if _, stdout, _ := yijian(t, "user", "list", "--db", db); !strings.Contains(stdout, "ann") || !strings.Contains(stdout, "never signed in") {
		t.Errorf("list printed:\n%s", stdout)
	}
	if code, _, stderr := yijian(t, "user", "link", "nobody", "--db", db); code != 1 || !strings.Contains(stderr, "nobody") {
		t.Errorf("a login there is none of: code %d, said %q", code, stderr)
	}
}

// serveOnce starts a server and stops it as soon as its banner is out.
func serveOnce(t *testing.T, db string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := &untilBanner{stop: stop}
	var errs bytes.Buffer
	code := run(&env{ctx: ctx, stdout: out, stderr: &errs}, []string{"serve", "--listen", "127.0.0.1:0", "--db", db})
	if code != 0 || !strings.Contains(out.String(), "trial mode") {
		t.Fatalf("code %d, printed %q and %q", code, out.String(), errs.String())
	}
}

type untilBanner struct {
	said bytes.Buffer
	stop func()
}

func (b *untilBanner) String() string { return b.said.String() }

func (b *untilBanner) Write(p []byte) (int, error) {
	n, err := b.said.Write(p)
	if strings.Contains(b.said.String(), "Ctrl-C") {
		b.stop()
	}
	return n, err
}

func TestPastConversationsAreImportedFoundAndExported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, db := filepath.Join(dir, "past.csv"), filepath.Join(dir, "x.db")
	text := "conversation,at,from,text\n1,2026-03-01 09:00,visitor,我要退款\n1,2026-03-01 09:01,bot,好的\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 conversations imported, 0 were there already", "0 conversations imported, 1 were there already"} {
		if code, out, errs := yijian(t, "import", file, "--site", "demo", "--db", db); code != 0 || !strings.Contains(out, want) {
			t.Errorf("import: code %d, said %q %q, want %q", code, out, errs, want)
		}
	}
	code, out, errs := yijian(t, "export", "--db", db, "--text", "退款")
	if code != 0 || !strings.Contains(out, "我要退款") || !strings.Contains(errs, "1 conversations") {
		t.Errorf("export: code %d, said %q %q", code, out, errs)
	}
	out = filepath.Join(dir, "out.csv")
	for i, want := range []int{0, 1} {
		if code, _, errs := yijian(t, "export", "--db", db, "--format", "csv", "--out", out); code != want {
			t.Errorf("export %d: code %d, said %q", i, code, errs)
		}
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"an unknown site": {[]string{"import", file, "--site", "nowhere", "--db", db}, `line 2: there is no site "nowhere"`},
		"no site":         {[]string{"import", file, "--db", db}, "give --site"},
		"a bad zone":      {[]string{"import", file, "--zone", "Mars", "--db", db}, "no time zone"},
		"a bad column":    {[]string{"import", file, "--column", "x", "--db", db}, "theirs=ours"},
		"no such file":    {[]string{"import", file + "x", "--db", db}, "no such file"},
		"a bad date":      {[]string{"export", "--from", "soon", "--db", db}, "no date"},
	} {
		if code, out, errs := yijian(t, c.args...); code == 0 || !strings.Contains(errs, c.says) {
			t.Errorf("%s: code %d, said %q %q, want %q", name, code, out, errs, c.says)
		}
	}
}
