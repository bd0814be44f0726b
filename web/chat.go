package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"rsc.io/qr"

	"yijian/web/problem"
	"yijian/web/wire"
)

//go:embed chat.html
var chatHTML string

//go:embed qr.html
var qrHTML string

var (
	chatPage = template.Must(template.New("chat").Parse(chatHTML))
	qrPage   = template.Must(template.New("qr").Parse(qrHTML))
)

// leaf is what both pages of a site say: the one that is all chat, and the sheet with its QR code.
type leaf struct {
	wire.Site
	leafWords
	// Lang is the page's, Widget the language of the widget nearest to it.
	Lang, Widget string
	// Dial is the phone without what cannot be dialled.
	Dial string
}

type leafWords struct{ Loading, Call, Scan, ScanHuman, Plain, Human string }

var (
	leafZH = leafWords{
		Loading: "正在打开聊天…", Call: "打电话", Scan: "扫一扫，找客服", ScanHuman: "扫一扫，直接找真人客服",
		Plain: "打印：扫码打开聊天", Human: "打印：扫码直接找真人",
	}
	leafEN = leafWords{
		Loading: "Opening the chat…", Call: "Call", Scan: "Scan for help", ScanHuman: "Scan to talk to a person",
		Plain: "Print: scan to open the chat", Human: "Print: scan to reach a person",
	}
)

// chat is the page that is all chat, for App WebViews, WeChat and links in messages. ?ask=human asks for
// a person at once: as a fragment, which the page takes away, so that a reload is not a second request.
func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	site, ok := s.leaf(w, r)
	if !ok {
		return
	}
	if r.URL.Query().Get("ask") == "human" {
		toChat(w, r, site, true)
		return
	}
	write(w, chatPage, site)
}

// short is a link that can be read out or typed from paper: /c/<site> opens the chat, /h/<site> asks for
// a person too.
func (s *Server) short(human bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if site, ok := s.leaf(w, r); ok {
			toChat(w, r, site, human)
		}
	}
}

func toChat(w http.ResponseWriter, r *http.Request, site leaf, human bool) {
	to := "/chat/" + site.ID
	if r.URL.Query().Has("lang") {
		to += "?lang=" + site.Lang
	}
	if human {
		to += "#yijian-human"
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// sheet is a page to print, with the short link as a QR code.
func (s *Server) sheet(w http.ResponseWriter, r *http.Request) {
	site, ok := s.leaf(w, r)
	if !ok {
		return
	}
	sheet := struct {
		leaf
		Link, Path, Other, OtherWords string
		Size                          int
	}{leaf: site, Other: "?ask=human", OtherWords: site.Human}
	scheme, kind := "http", "c"
	if s.auth.Secure(r) {
		scheme = "https"
	}
	if r.URL.Query().Get("ask") == "human" {
		kind, sheet.Scan, sheet.Other, sheet.OtherWords = "h", site.ScanHuman, "?", site.Plain
	}
	sheet.Link = scheme + "://" + r.Host + "/" + kind + "/" + site.ID
	code, err := qr.Encode(sheet.Link, qr.Q)
	if err != nil {
		problem.Write(w, r, fmt.Errorf("drawing the code of %s: %w", sheet.Link, err))
		return
	}
	sheet.Path, sheet.Size = squares(code)
	write(w, qrPage, sheet)
}

// margin is the quiet zone around a code, in squares, without which a camera does not find it.
const margin = 4

// squares draws the dark squares of a code as one SVG path, row by row.
func squares(code *qr.Code) (path string, size int) {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+margin, y+margin, x-from, x-from)
			}
		}
	}
	return b.String(), code.Size + 2*margin
}

// leaf finds the site of the path, in the language of ?lang= or of the browser.
func (s *Server) leaf(w http.ResponseWriter, r *http.Request) (leaf, bool) {
	site := s.sites[r.PathValue("site")]
	if site == nil {
		problem.Write(w, r, problem.New(problem.NotFound, "There is no such chat.",
			"Ask whoever gave you this link for a new one."))
		return leaf{}, false
	}
	lang := r.URL.Query().Get("lang")
	if lang == "" {
		lang = firstOf(r.Header.Get("Accept-Language"), site.Langs)
	}
	l := leaf{Lang: "zh-CN", Widget: "zh-CN", leafWords: leafZH}
	if strings.HasPrefix(strings.ToLower(lang), "en") {
		l = leaf{Lang: "en", Widget: "en", leafWords: leafEN}
	}
	l.Site = site.forVisitor(l.Lang)
	l.Dial = strings.Map(func(c rune) rune {
		if strings.ContainsRune("+0123456789", c) {
			return c
		}
		return -1
	}, l.Phone)
	return l, true
}

// firstOf is the first language that a browser names and a site serves; else the site's own.
func firstOf(accepted string, served []string) string {
	for tag := range strings.SplitSeq(accepted, ",") {
		tag, _, _ = strings.Cut(strings.TrimSpace(tag), ";")
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		for _, lang := range served {
			own, _, _ := strings.Cut(strings.ToLower(lang), "-")
			if primary != "" && primary == own {
				return lang
			}
		}
	}
	if len(served) > 0 {
		return served[0]
	}
	return ""
}

func write(w http.ResponseWriter, t *template.Template, data any) {
	var html bytes.Buffer
	if err := t.Execute(&html, data); err != nil {
		panic(err) // the templates are ours, and their values are strings
	}
	page(w, html.Bytes(), "'self'")
}
