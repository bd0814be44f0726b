package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijian/session/record/pgtest"
)

// A visitor asks for all that is kept, and then to be forgotten: from the command line, beside a server
// whose Redis nobody else can reach, on either engine.
func TestOneVisitorIsExportedAndErasedFromTheCommandLineBesideARunningServer(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { t.Helper(); return filepath.Join(t.TempDir(), "x.db") },
		"postgres": func(t *testing.T) string { t.Helper(); return pgtest.Start(t).URL },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() {
				t.Skip("it starts a server")
			}
			exportedAndErased(t, target(t))
		})
	}
}

func exportedAndErased(t *testing.T, db string) {
	t.Helper()
	p := serves(t, "4096", guestFlags(t, "--db", db)...)
	var h house
	h.is(p)
	all := guests(t, &h, 2)
	eventually(t, "not everybody was greeted", func() bool { return sum(all, greeted) == 2 })
	everybodySays(t, all, "hello")
	ids := []string{all[0].holds(), all[1].holds()}
	command := func(want int, args ...string) string {
		t.Helper()
		code, out, errs := yijian(t, append(args, "--db", db)...)
		if code != want {
			t.Fatalf("%v: code %d, said %s%s", args, code, out, errs)
		}
		return out + errs
	}
	if all := command(0, "export", "--visitor", ids[0]); !strings.Contains(all, words("hello")) || !strings.Contains(all, "1 conversations") {
		t.Errorf("exported %s", all)
	}
	command(0, "user", "add", "ann", "--name", "Ann")
	key := strings.Fields(command(0, "user", "key", "ann", "--for", "test"))[0]
	command(0, "erase", "--visitor", ids[0], "--reason", "the visitor asked")
	eventually(t, "the server still has what was erased", func() bool {
		return p.transcript(t, ids[0], key) == http.StatusNotFound
	})
	// Its page is still open, and begins a new conversation.
	eventually(t, "the page goes on with what was erased", func() bool {
		return all[0].holds() != ids[0]
	})
	if p.transcript(t, ids[0], key) != http.StatusNotFound {
		t.Error("what was erased came back with its page")
	}
	if p.transcript(t, ids[1], key) != http.StatusOK {
		t.Error("another visitor's conversation is gone as well")
	}
	for says, args := range map[string][]string{
		"holds no conversation": {"export", "--visitor", ids[0]},
		"no id of":              {"erase", "--visitor", "' OR 1=1 --", "--reason", "x"},
		"leave --site":          {"export", "--visitor", ids[1], "--site", "demo"},
	} {
		if said := command(1, args...); !strings.Contains(said, says) {
			t.Errorf("%v: said %q", args, said)
		}
	}
	if said := command(2, "erase", "--visitor", ids[1]); !strings.Contains(said, "--reason") {
		t.Errorf("without a reason: said %q", said)
	}
}

// transcript asks the server for a conversation, and returns the status.
func (p process) transcript(t *testing.T, session, key string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.addr+"/v1/sessions/"+session+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := (&http.Client{Timeout: 10 * time.Second}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	return resp.StatusCode
}

// holds is the conversation that the guest's page holds.
func (g *guest) holds() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return string(g.session)
}

func TestWhatWasErasedIsNotImportedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, db := filepath.Join(dir, "past.csv"), filepath.Join(dir, "x.db")
	text := "conversation,at,from,text\n1,2026-03-01 09:00,visitor,我姓王\n2,2026-03-01 09:00,visitor,你好\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	command := func(args ...string) string {
		t.Helper()
		code, out, errs := yijian(t, append(args, "--db", db)...)
		if code != 0 {
			t.Fatalf("%v: code %d, said %s%s", args, code, out, errs)
		}
		return out + errs
	}
	command("import", file, "--site", "demo")
	_, after, _ := strings.Cut(command("export", "--text", "姓王"), `"id":"`)
	id, _, _ := strings.Cut(after, `"`)
	command("erase", "--visitor", id, "--reason", "the visitor asked")
	said := command("import", file, "--site", "demo")
	if !strings.Contains(said, "1 conversations were erased before") || !strings.Contains(said, "0 conversations imported, 1 were there already") {
		t.Errorf("said %q", said)
	}
	if left := command("export"); strings.Contains(left, "姓王") {
		t.Errorf("it is back: %s", left)
	}
}
