package web

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// pages serves the built pages out of the binary. The HTML pages get a fresh nonce each time, in
// the policy header and in place of nonceMark.
type pages struct {
	files                fs.FS
	shop, desktop, rules []byte
	// scripts are the widget's, by their paths.
	scripts map[string]script
}

const nonceMark = "__NONCE__"

func newPages(files fs.FS) (pages, error) {
	notBuilt, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return pages{}, fmt.Errorf("the embedded pages: %w", err)
	}
	p := pages{files: files, shop: notBuilt, desktop: notBuilt, rules: notBuilt}
	if b, err := fs.ReadFile(files, "demo/index.html"); err == nil {
		p.shop = b
	}
	if b, err := fs.ReadFile(files, "console/index.html"); err == nil {
		p.desktop = b
	}
	if b, err := fs.ReadFile(files, "ops/index.html"); err == nil {
		p.rules = b
	}
	if p.scripts, err = newScripts(files); err != nil {
		return pages{}, err
	}
	return p, nil
}

func (p pages) demo(w http.ResponseWriter, _ *http.Request)    { page(w, p.shop, "'self'") }
func (p pages) console(w http.ResponseWriter, _ *http.Request) { page(w, p.desktop, "") }
func (p pages) ops(w http.ResponseWriter, _ *http.Request)     { page(w, p.rules, "") }

// page writes HTML under a policy that runs only scripts with this answer's nonce (S3).
func page(w http.ResponseWriter, html []byte, scripts string) {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'self'",
		"script-src 'nonce-" + nonce + "' 'strict-dynamic' " + scripts,
		"style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self' data:",
		"connect-src 'self'",
		"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
	}, "; "))
	_, _ = w.Write(bytes.ReplaceAll(html, []byte(nonceMark), []byte(nonce)))
}

// asset serves the pages' own files. Those of the consoles carry a hash in their names and never
// change.
func (p pages) asset(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	cache := "no-cache"
	if strings.HasPrefix(name, "console/assets/") || strings.HasPrefix(name, "ops/assets/") {
		cache = "public, max-age=31536000, immutable"
	}
	w.Header().Set("Cache-Control", cache)
	p.file(w, r, name)
}

func (p pages) file(w http.ResponseWriter, r *http.Request, name string) {
	if _, err := fs.Stat(p.files, name); errors.Is(err, fs.ErrNotExist) || strings.HasSuffix(name, "/") {
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
		return
	}
	if strings.HasSuffix(name, ".js") {
		// Without a charset, a page in GBK would read the Chinese labels wrong.
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	}
	http.ServeFileFS(w, r, p.files, name) //nolint:gosec // G703: the files are those embedded in the binary
}
