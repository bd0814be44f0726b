package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"yijian/session/rdb/rdbtest"
)

func TestEverySiteHasAPageThatIsAllChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	tests := []struct{ path, accepts, location, has string }{
		{"/chat/demo", "", "", `data-site="demo" data-lang="zh-CN" data-page="full"`},
		{"/chat/demo?lang=en", "", "", `<html lang="en">`},
		{"/chat/demo?ask=human", "", "/chat/demo#yijian-human", ""},
		{"/c/demo", "", "/chat/demo", ""},
		{"/h/demo?lang=en-GB", "", "/chat/demo?lang=en#yijian-human", ""},
		{"/chat/demo/qr", "", "", "/c/demo</p>"},
		{"/chat/demo/qr?ask=human", "", "", "/h/demo</p>"},
	}
	for _, tt := range tests {
		status, header, body := w.page(t, tt.path)
		want := http.StatusOK
		if tt.location != "" {
			want = http.StatusSeeOther
		}
		if status != want || header.Get("Location") != tt.location || !strings.Contains(body, tt.has) {
			t.Errorf("%s: got %d to %q, want %d to %q with %q in it\n%s",
				tt.path, status, header.Get("Location"), want, tt.location, tt.has, body)
		}
		if tt.location == "" && strings.Contains(body, "__NONCE__") {
			t.Errorf("%s: a nonce was not put in", tt.path)
		}
	}
}

func TestNoPageForASiteThatIsNotThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	for _, path := range []string{"/chat/nobody", "/c/nobody", "/h/nobody", "/chat/nobody/qr", "/chat/%3Cscript%3E"} {
		if status, _, body := w.page(t, path); status != http.StatusNotFound || strings.Contains(body, "<script") {
			t.Errorf("%s: got %d, want 404 and no markup of the caller's\n%s", path, status, body)
		}
	}
}

// page fetches a page without following where it leads.
func (w *world) page(t *testing.T, path string) (int, http.Header, string) {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(w.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}
