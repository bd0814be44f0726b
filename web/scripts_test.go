package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func TestScriptIsServedPackedToAnyPage(t *testing.T) {
	t.Parallel()
	code := strings.Repeat("hello();\n", 200)
	s, err := newScript(fstest.MapFS{"widget.js": {Data: []byte(code)}}, "widget.js")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ accepts, coding string }{
		{"", ""},
		{"gzip, deflate, br", "gzip"},
		{"br, GZIP;q=0.5", "gzip"},
		{"gzip;q=0", ""},
		{"gzip; q=0.000", ""},
		{"x-gzip", ""},
	}
	for _, tt := range tests {
		w := get(s, map[string]string{"Accept-Encoding": tt.accepts})
		h := w.Header()
		if got := h.Get("Content-Encoding"); got != tt.coding {
			t.Errorf("Accept-Encoding %q: got %q, want %q", tt.accepts, got, tt.coding)
		}
		if got := unpacked(t, w, tt.coding); got != code {
			t.Errorf("Accept-Encoding %q: got %d other bytes", tt.accepts, len(got))
		}
		if h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("headers: %v", h)
		}
	}
	if packed := get(s, map[string]string{"Accept-Encoding": "gzip"}).Body.Len(); packed > len(code)/10 {
		t.Errorf("packed: %d bytes of %d", packed, len(code))
	}
}

func TestScriptThatDidNotChangeCostsNothing(t *testing.T) {
	t.Parallel()
	s, err := newScript(fstest.MapFS{"widget.js": {Data: []byte("hello()")}}, "widget.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, coding := range []string{"", "gzip"} {
		etag := get(s, map[string]string{"Accept-Encoding": coding}).Header().Get("ETag")
		again := get(s, map[string]string{"Accept-Encoding": coding, "If-None-Match": etag})
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%q: got %d and %d bytes, want 304 and none", coding, again.Code, again.Body.Len())
		}
	}
}

func TestScriptThatWasNotBuiltIsNotFound(t *testing.T) {
	t.Parallel()
	s, err := newScript(fstest.MapFS{}, "widget/en/way.js")
	if err != nil {
		t.Fatal(err)
	}
	if w := get(s, nil); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("got %d, %v", w.Code, w.Header())
	}
}

func get(s script, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/widget.js", nil)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func unpacked(t *testing.T, w *httptest.ResponseRecorder, coding string) string {
	t.Helper()
	var body io.Reader = w.Body
	if coding == "gzip" {
		r, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		body = r
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
