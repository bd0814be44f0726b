package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// script is one file of the widget, packed by the build or at start: it is the first thing that a phone on
// a bad network has to fetch, and the limit on its size (W25) is one on packed bytes.
type script struct {
	plain, packed       []byte
	plainTag, packedTag string
}

// newScripts reads all files of the widget: the two loaders, their types, and what is in widget/ for each
// language.
func newScripts(files fs.FS) (map[string]script, error) {
	names, err := fs.Glob(files, "widget/*/*.js")
	if err != nil {
		return nil, fmt.Errorf("looking for the widget's files: %w", err)
	}
	scripts := map[string]script{}
	for _, name := range append(names, "widget.js", "widget.mjs", "widget.d.mts") {
		if scripts["/"+name], err = newScript(files, name); err != nil {
			return nil, err
		}
	}
	return scripts, nil
}

// newScript reads a script; one that was not built is an empty one, which answers 404.
func newScript(files fs.FS, name string) (script, error) {
	plain, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return script{}, nil
	}
	if err != nil {
		return script{}, fmt.Errorf("reading %s: %w", name, err)
	}
	packed, err := fs.ReadFile(files, name+".gz")
	if errors.Is(err, fs.ErrNotExist) {
		packed, err = pack(plain)
	}
	if err != nil {
		return script{}, fmt.Errorf("packing %s: %w", name, err)
	}
	return script{plain: plain, packed: packed, plainTag: tag(plain), packedTag: tag(packed)}, nil
}

func pack(plain []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, werr := w.Write(plain)
	err = errors.Join(werr, w.Close())
	return packed.Bytes(), err
}

func tag(b []byte) string {
	sum := sha256.Sum256(b)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// script serves the widget's file of this path.
func (p pages) script(w http.ResponseWriter, r *http.Request) {
	p.scripts[r.URL.Path].ServeHTTP(w, r)
}

// ServeHTTP answers any page: a script is the same for everybody. Its cache is short so that a fix
// reaches pages that never change their script tag, and after it one that did not change costs
// nothing.
func (s script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if s.plain == nil {
		h.Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=300")
	// Without a charset, a page in GBK would read the Chinese labels wrong.
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Vary", "Accept-Encoding")
	body, etag := s.plain, s.plainTag
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body, etag = s.packed, s.packedTag
	}
	h.Set("ETag", etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// takesGzip reports whether the client names gzip and does not refuse it.
func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q := strings.ReplaceAll(quality, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.000")
		}
	}
	return false
}
