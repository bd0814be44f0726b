package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"yijian/router"
	"yijian/web/wire"
)

// yamlReader walks the tree of a settings file instead of decoding it into a struct, so that one
// reading finds everything that is wrong, each with its line.
type yamlReader struct {
	path string
	*loader
}

func (r yamlReader) read(data []byte) {
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		// Without the source: the lines around a mistake may hold a password.
		r.problem(r.path, "this is not YAML: %s; write one `key: value` a line", yaml.FormatError(err, false, false))
		return
	}
	if len(file.Docs) > 1 {
		r.problem(r.path, "there are %d documents in the file; write one, without ---", len(file.Docs))
		return
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return
	}
	for _, field := range r.fields(file.Docs[0].Body) {
		r.field(field)
	}
}

// field is one `key: value` of a mapping.
type field struct {
	key  string
	node ast.Node
	at   string // path:line
}

func (r yamlReader) field(f field) {
	switch f.key {
	case "sites":
		r.sites(f)
		return
	case "queues":
		r.queues(f)
		return
	}
	if _, ok := r.known[f.key]; !ok {
		r.problem(f.at, "there is no setting %q; %s", f.key, r.nearest(f.key, yamlName))
		return
	}
	if texts, ok := r.texts(f); ok {
		r.set(f.key, strings.Join(texts, ","), f.at)
	}
}

// fields returns what a mapping holds. A key that stands twice is a problem: which one counts is
// not something to remember.
func (r yamlReader) fields(node ast.Node) []field {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		r.problem(r.at(node), "this is not a mapping; write `key: value`, one a line")
		return nil
	}
	var all []field
	for it := mapping.MapRange(); it.Next(); {
		key := it.Key().GetToken().Value
		if slices.ContainsFunc(all, func(f field) bool { return f.key == key }) {
			r.problem(r.at(it.Key()), "%q stands here a second time; keep one of them", key)
			continue
		}
		all = append(all, field{key, it.Value(), r.at(it.Key())})
	}
	return all
}

// texts reads a scalar, or a list of them.
func (r yamlReader) texts(f field) ([]string, bool) {
	sequence, ok := f.node.(*ast.SequenceNode)
	if !ok {
		text, ok := r.text(f)
		return []string{text}, ok
	}
	var texts []string
	for _, node := range sequence.Values {
		text, ok := r.text(field{f.key, node, r.at(node)})
		if !ok {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}

func (r yamlReader) text(f field) (string, bool) {
	switch node := f.node.(type) {
	case *ast.NullNode:
		r.problem(f.at, "%q has no value; write one, or remove the line", f.key)
	case *ast.LiteralNode:
		return node.Value.Value, true
	case ast.ScalarNode:
		return node.GetToken().Value, true
	default:
		r.problem(f.at, "%q takes a plain value; write it after the colon", f.key)
	}
	return "", false
}

func (r yamlReader) sites(f field) {
	sequence, ok := f.node.(*ast.SequenceNode)
	if !ok || len(sequence.Values) == 0 {
		r.problem(f.at, "sites is a list; write `- id: shop` below it, with name, phone, hours and origins")
		return
	}
	r.cfg.From["sites"] = f.at
	seen := map[string]bool{}
	for _, node := range sequence.Values {
		site := r.site(node)
		if seen[site.ID] {
			r.problem(r.at(node), "two sites have the id %q; give each its own", site.ID)
		}
		seen[site.ID] = true
		r.cfg.Sites = append(r.cfg.Sites, site)
	}
}

func (r yamlReader) site(node ast.Node) Site {
	var site Site
	for _, f := range r.fields(node) {
		switch f.key {
		case "id":
			site.ID, _ = r.text(f)
		case "name":
			site.Name = r.name(f)
		case "phone":
			site.Phone, _ = r.text(f)
		case "hours":
			site.Hours, _ = r.text(f)
		case "open":
			site.Open, _ = r.texts(f)
		case "zone":
			site.Zone, _ = r.text(f)
		case "region":
			site.Region = r.region(f)
		case "origins":
			site.Origins = r.origins(f)
		case "first":
			site.First = r.first(f)
		case "privacy":
			site.Privacy, _ = r.text(f)
		case "keep_days":
			site.KeepDays = r.days(f)
		case "mask":
			site.Mask, _ = r.texts(f)
		case "idle_end":
			site.IdleEnd = r.time(f)
		case "idle_warning":
			site.IdleWarning = r.time(f)
		default:
			r.problem(f.at, "a site has no %q; it has id, name, phone, hours, open, zone, region, origins, first, privacy, keep_days, mask, idle_end and idle_warning", f.key)
		}
	}
	if err := wire.CheckID(site.ID); err != nil {
		r.problem(r.at(node), "the id %q of a site is not possible; write 1–64 of A–Z, a–z, 0–9, _ and -", site.ID)
	}
	if _, err := site.Rule(); err != nil {
		r.problem(r.at(node), "site %q: %s", site.ID, err)
	}
	_, err := site.Opening()
	r.opening(node, fmt.Sprintf("site %q", site.ID), err)
	if site.Name == (Name{}) {
		r.problem(r.at(node), "the site %q has no name; write name: {zh: …, en: …}", site.ID)
	}
	return site
}

// first is who comes first at a site.
func (r yamlReader) first(f field) string {
	text, ok := r.text(f)
	if ok && text != "human" && text != "bot" {
		r.problem(f.at, "%q cannot come first; write human, so that the bot stays silent until a visitor asks for it, or bot", text)
	}
	return text
}

// opening says everything that is wrong with the hours of a site or queue, one problem a line.
func (r yamlReader) opening(node ast.Node, of string, err error) {
	if err == nil {
		return
	}
	for line := range strings.Lines(err.Error()) {
		r.problem(r.at(node), "the hours of %s: %s", of, strings.TrimSuffix(line, "\n"))
	}
}

func (r yamlReader) region(f field) string {
	text, ok := r.text(f)
	if ok && !router.IsRegion(text) {
		r.problem(f.at, "there is no region %q; write the two letters of a country, such as CN or DE", text)
	}
	return text
}

// name takes one name for all languages, or one for each.
func (r yamlReader) name(f field) Name {
	if _, ok := f.node.(ast.MapNode); !ok {
		text, _ := r.text(f)
		return Name{ZH: text, EN: text}
	}
	var name Name
	for _, one := range r.fields(f.node) {
		switch one.key {
		case "zh":
			name.ZH, _ = r.text(one)
		case "en":
			name.EN, _ = r.text(one)
		default:
			r.problem(one.at, "a name has no %q; it has zh and en", one.key)
		}
	}
	if name.ZH == "" || name.EN == "" {
		r.problem(f.at, "the name is missing in one language; write name: {zh: …, en: …}")
	}
	return name
}

// time takes a length of time; its floor is not the reader's to know.
func (r yamlReader) time(f field) *time.Duration {
	text, ok := r.text(f)
	if !ok {
		return nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		r.problem(f.at, "%q is not a length of time; write one such as 20m, or 0", text)
		return nil
	}
	return &d
}

// days takes a number of days.
func (r yamlReader) days(f field) *int {
	text, ok := r.text(f)
	if !ok {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		r.problem(f.at, "%q is no number of days; write one such as 180, or 0 for ever", text)
		return nil
	}
	return &n
}

func (r yamlReader) origins(f field) []string {
	texts, _ := r.texts(f)
	var origins []string
	for _, text := range texts {
		origin, err := readOrigin(text)
		if err != nil {
			r.problem(f.at, "%s", err)
			continue
		}
		origins = append(origins, origin)
	}
	return origins
}

func (r yamlReader) at(node ast.Node) string {
	return fmt.Sprintf("%s:%d", r.path, node.GetToken().Position.Line)
}
